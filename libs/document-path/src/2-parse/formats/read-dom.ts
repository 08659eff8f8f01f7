import type { Block } from '../parsed-document.js';
import { cleanLine, cleanText } from './clean-text.js';
import { isElement, TEXT, type DomElement, type DomNode } from './dom.js';

const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM HEADER HTML LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL H1 H2 H3 H4 H5 H6 HR'.split(
    ' ',
  ),
);

/** Blocks of an element in reading order: headings, paragraphs, items, code, tables. */
export function readDom(root: DomElement): Block[] {
  const blocks: Block[] = [];
  readChildren(root, blocks, '');
  return blocks;
}

/** Inline content gathers into one paragraph until a block begins. */
function readChildren(parent: DomElement, blocks: Block[], mark: string): void {
  let line = '';
  let marked = mark;
  const flush = (): void => {
    const text = foldBlanks(line);
    if (text !== '') {
      blocks.push({
        kind: marked ? 'item' : 'paragraph',
        text: marked ? `${marked} ${text}` : text,
        page: null,
      });
      marked = '';
    }
    line = '';
  };
  for (const child of parent.childNodes) {
    if (isElement(child) && (BLOCKS.has(child.tagName) || holdsBlock(child))) {
      flush();
      readBlock(child, blocks, marked);
    } else line += inlineText(child);
  }
  flush();
}

function readBlock(element: DomElement, blocks: Block[], mark: string): void {
  const heading = /^H([1-6])$/.exec(element.tagName);
  if (heading) {
    const text = cleanLine(element.textContent ?? '');
    if (text !== '') blocks.push({ kind: 'heading', level: Number(heading[1]), text, page: null });
  } else if (element.tagName === 'PRE') {
    const text = cleanText(element.textContent ?? '').replace(/^\n+|\s+$/g, '');
    if (text !== '') blocks.push({ kind: 'code', text, page: null });
  } else if (element.tagName === 'TABLE') readTable(element, blocks);
  else if (element.tagName === 'UL' || element.tagName === 'OL') readList(element, blocks);
  else if (element.tagName === 'DT') readChildren(element, blocks, '-');
  else readChildren(element, blocks, mark);
}

function readList(list: DomElement, blocks: Block[]): void {
  let number = Number(list.getAttribute('start') ?? 1) || 1;
  for (const child of list.childNodes) {
    if (!isElement(child)) continue;
    if (child.tagName === 'LI') readChildren(child, blocks, list.tagName === 'OL' ? `${number++}.` : '-');
    else readBlock(child, blocks, '');
  }
}

/** A table of one column, or around other tables, only lays out: its cells are read as text. */
function readTable(table: DomElement, blocks: Block[]): void {
  const rows = table.querySelector('table') ? [] : [...table.querySelectorAll('tr')];
  const cells = rows.map((row) => [...row.childNodes].filter(isElement).filter(isCell));
  const texts = dropEmpty(gridOf(cells));
  if (texts.length < 2 || widthOf(texts) < 2) {
    const caption = table.querySelector('caption');
    if (rows.length === 0) readChildren(table, blocks, '');
    else
      for (const node of caption ? [caption, ...cells.flat()] : cells.flat()) readChildren(node, blocks, '');
    return;
  }
  const caption = cleanLine(table.querySelector('caption')?.textContent ?? '');
  if (caption !== '') blocks.push({ kind: 'paragraph', text: caption, page: null });
  blocks.push({ kind: 'table', rows: texts, head: true, page: null });
}

const SPAN_MAX = 50;

/** Texts by column: a cell over several rows counts for each of them, one over several columns stands in the first. */
function gridOf(rows: readonly (readonly DomElement[])[]): string[][] {
  const grid: string[][] = rows.map(() => []);
  rows.forEach((cells, at) => {
    let column = 0;
    for (const cell of cells) {
      while (grid[at]?.[column] !== undefined) column++;
      const text = cleanLine(spaced(cell));
      const [down, right] = [spanOf(cell, 'rowspan'), spanOf(cell, 'colspan')];
      for (let row = at; row < Math.min(at + down, grid.length); row++)
        for (let to = column; to < column + right; to++) (grid[row] ??= [])[to] = to === column ? text : '';
      column += right;
    }
  });
  return grid.map((row) => Array.from(row, (text: string | undefined) => text ?? ''));
}

const spanOf = (cell: DomElement, name: string): number =>
  Math.min(Math.max(Number(cell.getAttribute(name) ?? 1) || 1, 1), SPAN_MAX);

const isCell = (element: DomElement): boolean => element.tagName === 'TD' || element.tagName === 'TH';

const widthOf = (rows: readonly (readonly string[])[]): number =>
  rows.reduce((most, row) => Math.max(most, row.length), 0);

/** Without rows and columns that hold nothing, which pages made for print are full of. */
function dropEmpty(rows: readonly (readonly string[])[]): string[][] {
  const filled = rows.filter((row) => row.some((cell) => cell !== ''));
  const width = widthOf(filled);
  const used = Array.from({ length: width }, (_, column) => filled.some((row) => (row[column] ?? '') !== ''));
  return filled.map((row) => row.filter((_, column) => used[column]));
}

/** The text of a cell; blocks and line breaks within become blanks. */
function spaced(node: DomNode): string {
  if (node.nodeType === TEXT) return node.textContent ?? '';
  if (!isElement(node)) return '';
  const text = [...node.childNodes].map(spaced).join('');
  return BLOCKS.has(node.tagName) || node.tagName === 'BR' ? ` ${text} ` : text;
}

function inlineText(node: DomNode): string {
  if (node.nodeType === TEXT) return (node.textContent ?? '').replace(/\s+/g, ' ');
  if (!isElement(node)) return '';
  if (node.tagName === 'BR') return '\n';
  if (node.tagName === 'IMG') return node.getAttribute('alt') ?? '';
  return [...node.childNodes].map(inlineText).join('');
}

function holdsBlock(element: DomElement): boolean {
  for (const child of element.childNodes) {
    if (isElement(child) && (BLOCKS.has(child.tagName) || holdsBlock(child))) return true;
  }
  return false;
}

const foldBlanks = (text: string): string =>
  cleanText(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
