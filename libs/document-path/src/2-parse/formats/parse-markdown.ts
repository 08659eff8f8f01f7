import type { List, ListItem, Nodes, Parents, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Block, ParsedDocument } from '../parsed-document.js';
import { cleanLine, cleanText } from './clean-text.js';
import { decodeText } from './decode-text.js';

const FRONT_MATTER = /^---[\t ]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[\t ]*(?:\n|$)/;
/** Tags of site generators (Liquid, Hugo); left in, they break the links that they stand in. */
const SITE_TAG = /\{%[^%\n]{0,500}%\}|\{\{<[^>\n]{0,500}>\}\}/g;
const HEADING_ANCHOR = /\s*\{#[\w.:-]+\}\s*$/;

/** CommonMark with GitHub's tables: headings, paragraphs, lists, code and tables as blocks. */
export function parseMarkdown(content: Uint8Array): ParsedDocument {
  const text = cleanText(decodeText(content));
  const front = FRONT_MATTER.exec(text);
  const body = withoutSiteTags(front ? text.slice(front[0].length) : text);
  const tree = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const blocks: Block[] = [];
  for (const node of tree.children) addBlocks(node, blocks);
  const heading = blocks.find((block) => block.kind === 'heading' && block.level === 1);
  return {
    title: titleIn(front?.[1]) ?? (heading?.kind === 'heading' ? heading.text : null),
    pages: null,
    blocks,
  };
}

function titleIn(frontMatter: string | undefined): string | null {
  const line = /^title:[\t ]*(.+)$/m.exec(frontMatter ?? '')?.[1]?.trim();
  return line ? cleanLine(line.replace(/^(["'])(.*)\1$/, '$2')) || null : null;
}

function withoutSiteTags(text: string): string {
  let fenced = false;
  return text
    .split('\n')
    .map((line) => {
      if (/^\s{0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
      return fenced ? line : line.replace(SITE_TAG, '');
    })
    .join('\n');
}

function addBlocks(node: Nodes, blocks: Block[]): void {
  switch (node.type) {
    case 'heading': {
      const text = cleanLine(inline(node).replace(HEADING_ANCHOR, ''));
      if (text !== '') blocks.push({ kind: 'heading', level: node.depth, text, page: null });
      return;
    }
    case 'paragraph':
      return addText('paragraph', inline(node), blocks);
    case 'code':
      return addText('code', node.value, blocks);
    case 'html':
      return addText('paragraph', withoutTags(node.value), blocks);
    case 'list':
      return addList(node, 0, blocks);
    case 'table':
      return addTable(node, blocks);
    case 'blockquote':
    case 'footnoteDefinition':
      for (const child of node.children) addBlocks(child, blocks);
      return;
    default:
      return;
  }
}

function addText(kind: 'paragraph' | 'item' | 'code', text: string, blocks: Block[]): void {
  const trimmed = text.replace(/[\t ]+\n/g, '\n').replace(/^\n+|\s+$/g, '');
  if (trimmed !== '') blocks.push({ kind, text: trimmed, page: null });
}

function addList(list: List, depth: number, blocks: Block[]): void {
  list.children.forEach((item, index) => {
    const mark = list.ordered ? `${(list.start ?? 1) + index}.` : '-';
    addItem(item, `${'  '.repeat(depth)}${mark}`, depth, blocks);
  });
}

function addItem(item: ListItem, mark: string, depth: number, blocks: Block[]): void {
  let marked = false;
  for (const child of item.children) {
    if (child.type === 'list') addList(child, depth + 1, blocks);
    else if (child.type === 'paragraph' && !marked) addText('item', `${mark} ${inline(child)}`, blocks);
    else addBlocks(child, blocks);
    marked = true;
  }
}

function addTable(table: Table, blocks: Block[]): void {
  const rows = table.children.map((row) => row.children.map((cell) => cleanLine(inline(cell))));
  blocks.push({ kind: 'table', rows, head: true, page: null });
}

/** Text of a node and all below it; the marks of emphasis, links and inline HTML are dropped. */
function inline(node: Nodes): string {
  switch (node.type) {
    case 'text':
      // A line break in the source of a paragraph is a blank.
      return node.value.replace(/\n/g, ' ');
    case 'inlineCode':
      return node.value;
    case 'break':
      return '\n';
    case 'image':
    case 'imageReference':
      return node.alt ?? '';
    case 'html':
      return /^<br\s*\/?>$/i.test(node.value) ? '\n' : '';
    default:
      return 'children' in node ? (node as Parents).children.map(inline).join('') : '';
  }
}

function withoutTags(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[\t ]+/g, ' ')
    .trim();
}
