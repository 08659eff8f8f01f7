import MarkdownIt, { type Token } from 'markdown-it';
import { HiddenTexts } from '../hidden-text.js';
import type { Block, ParsedDocument } from '../parsed-document.js';
import { cleanLine, cleanText } from './clean-text.js';
import { decodeText } from './decode-text.js';
import { parseDom } from './dom.js';
import { dropHidden } from './drop-hidden.js';

const FRONT_MATTER = /^---[\t ]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[\t ]*(?:\n|$)/;
/** Tags of site generators (Liquid, Hugo); left in, they break the links that they stand in. */
const SITE_TAG = /\{%[^%\n]{0,500}%\}|\{\{<[^>\n]{0,500}>\}\}/g;
/** Site generators show titles as HTML; `List<String>` is none. */
const TITLE_TAG = /<\/?(?:em|strong|b|i|u|code|span|small|sup|sub|br)(?:\s[^<>]{0,200})?\/?>/gi;
const HEADING_ANCHOR = /\s*\{#[\w.:-]+\}\s*$/;

const FOOTNOTE_MARK = /\[\^[\w.-]{1,50}\]:?/g;

/** Deeper nesting than people write is cut off; the library's own bound loses text too early. */
const READER = new MarkdownIt({ html: true, linkify: false, typographer: false, maxNesting: 200 } as object);
READER.disable(['normalize', 'replacements', 'smartquotes', 'linkify', 'text_join'], true);

/** CommonMark with GitHub's tables: headings, paragraphs, lists, code and tables as blocks. */
export function parseMarkdown(content: Uint8Array): ParsedDocument {
  const text = cleanText(decodeText(content));
  const front = FRONT_MATTER.exec(text);
  const body = withoutSiteTags(front ? text.slice(front[0].length) : text);
  const hidden = new HiddenTexts();
  for (const line of (front?.[1] ?? '').split('\n')) hidden.add('properties', line);
  const blocks = new TokenReader(READER.parse(body, {}), hidden).read();
  const heading = blocks.find((block) => block.kind === 'heading' && block.level === 1);
  return {
    title: titleIn(front?.[1]) ?? (heading?.kind === 'heading' ? heading.text : null),
    pages: null,
    blocks,
    hidden: hidden.all,
  };
}

function titleIn(frontMatter: string | undefined): string | null {
  const line = /^title:[\t ]*(.+)$/m.exec(frontMatter ?? '')?.[1]?.trim();
  return line ? cleanLine(line.replace(/^(["'])(.*)\1$/, '$2').replace(TITLE_TAG, '')) || null : null;
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

interface OpenList {
  readonly ordered: boolean;
  number: number;
}

/** Goes once through the library's flat list of tokens. */
class TokenReader {
  private readonly blocks: Block[] = [];
  private readonly lists: OpenList[] = [];
  /** What stands before the next paragraph, if it is the first of an item. */
  private mark = '';

  constructor(
    private readonly tokens: readonly Token[],
    private readonly hidden: HiddenTexts,
  ) {}

  read(): Block[] {
    for (let at = 0; at < this.tokens.length; at++) {
      const token = this.tokens[at];
      if (!token) break;
      if (token.type === 'heading_open') this.heading(token, this.tokens[++at]);
      else if (token.type === 'table_open') at = this.table(at);
      else this.one(token);
    }
    return this.blocks;
  }

  private one(token: Token): void {
    switch (token.type) {
      case 'inline':
        this.noteInline(token);
        return this.add('paragraph', inline(token));
      case 'fence':
      case 'code_block':
        return this.add('code', token.content);
      case 'html_block':
        return this.htmlBlock(token.content);
      case 'bullet_list_open':
      case 'ordered_list_open':
        this.mark = '';
        this.lists.push({
          ordered: token.type === 'ordered_list_open',
          number: Number(token.attrGet('start') ?? 1),
        });
        return;
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.lists.pop();
        return;
      case 'list_item_open': {
        const list = this.lists.at(-1);
        if (list) this.mark = '  '.repeat(this.lists.length - 1) + (list.ordered ? `${list.number++}.` : '-');
        return;
      }
      case 'list_item_close':
        this.mark = '';
        return;
      default:
        return;
    }
  }

  /** Read as a page is, so that what a page would hide is hidden here. */
  private htmlBlock(html: string): void {
    // Only the part of a page that stands in one block: tags that end further down hide nothing here.
    const shown = /<!--|style\s*=|hidden|<(?:template|noscript|font)\b/i.test(html)
      ? withoutHidden(html, this.hidden)
      : html;
    this.add('paragraph', withoutTags(shown));
  }

  /** Titles of links and pictures, and comments within a line. */
  private noteInline(token: Token): void {
    for (const child of token.children ?? []) {
      if (child.type === 'html_inline' && child.content.startsWith('<!--'))
        this.hidden.add('comment', child.content.slice(4, -3));
      else if (child.type === 'image') {
        this.hidden.add('alternative', inline(child));
        this.hidden.add('alternative', textOfAttribute(child.attrGet('title')));
      } else if (child.type === 'link_open')
        this.hidden.add('alternative', textOfAttribute(child.attrGet('title')));
    }
  }

  private heading(open: Token, content: Token | undefined): void {
    const text = content ? cleanLine(inline(content).replace(HEADING_ANCHOR, '')) : '';
    if (text !== '')
      this.blocks.push({ kind: 'heading', level: Number(open.tag.slice(1)), text, page: null });
  }

  /** From the opening of a table to its end, whose place is returned. */
  private table(from: number): number {
    const rows: string[][] = [];
    let at = from;
    for (; at < this.tokens.length && this.tokens[at]?.type !== 'table_close'; at++) {
      const token = this.tokens[at];
      if (token?.type === 'tr_open') rows.push([]);
      else if (token?.type === 'inline') rows.at(-1)?.push(cleanLine(inline(token)));
    }
    this.blocks.push({ kind: 'table', rows, head: true, page: null });
    return at;
  }

  private add(kind: 'paragraph' | 'code', text: string): void {
    const mark = kind === 'paragraph' ? this.mark : '';
    this.mark = '';
    const trimmed = trim(text);
    if (trimmed === '') return;
    if (mark === '') this.blocks.push({ kind, text: trimmed, page: null });
    else this.blocks.push({ kind: 'item', text: `${mark} ${trimmed}`, page: null });
  }
}

/** Blanks before line breaks, empty lines before and all blanks after are dropped. */
const trim = (text: string): string =>
  (text.includes(' \n') || text.includes('\t\n') ? text.replace(/[\t ]+\n/g, '\n') : text)
    .replace(/^\n+/, '')
    .trimEnd();

/** Text of a paragraph; the marks of emphasis, links and inline HTML are dropped. */
function inline(token: Token): string {
  let text = '';
  for (const child of token.children ?? []) {
    if (child.type === 'text')
      text += child.content.includes('[^') ? child.content.replace(FOOTNOTE_MARK, '') : child.content;
    else if (child.type === 'code_inline' || child.type === 'text_special') text += child.content;
    else if (child.type === 'softbreak') text += ' ';
    else if (child.type === 'hardbreak') text += '\n';
    else if (child.type === 'image') text += inline(child);
    else if (child.type === 'html_inline' && /^<br\s*\/?>$/i.test(child.content)) text += '\n';
  }
  return text;
}

const textOfAttribute = (value: string | number | null): string => String(value ?? '');

function withoutHidden(html: string, hidden: HiddenTexts): string {
  const document = parseDom(html);
  dropHidden(document, hidden);
  return document.body.innerHTML;
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
