import type { Block } from '../parsed-document.js';
import { arrangeLines } from './arrange-lines.js';
import { joinLines, type Line } from './read-pdf-lines.js';

/** What is usual in a document, against which its headings stand out. */
export interface BodyText {
  readonly size: number;
  readonly font: string;
  /** Words with a hyphen of their own. */
  readonly hyphenated: ReadonlySet<string>;
}

/** Letters this much larger than the body's make a heading. */
const HEADING_SCALE = 1.15;
const HEADING_CHARACTERS_MAX = 120;
const NUMBERED =
  /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[A-Z]\.\d{1,2}|第[一二三四五六七八九十百\d]{1,4}[章节條条])\s+\p{L}/u;
const NUMBERED_CHARACTERS_MAX = 80;
const ITEM = /^(?:[•●▪■◦○‣·–—-]|\(?\d{1,3}[.)]|[（(]?[一二三四五六七八九十]{1,3}[）)、])\s*\S/;

/** The size and the font in which most of the text is set. */
export function bodyText(lines: readonly Line[], hyphenated: ReadonlySet<string>): BodyText {
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  for (const { size, font, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    sizes.set(rounded, (sizes.get(rounded) ?? 0) + text.length);
    if (font !== '') fonts.set(font, (fonts.get(font) ?? 0) + text.length);
  }
  return { size: commonest(sizes) ?? 0, font: commonest(fonts) ?? '', hyphenated };
}

function commonest<Key>(weights: ReadonlyMap<Key, number>): Key | undefined {
  let best: [Key, number] | undefined;
  for (const entry of weights) if (!best || entry[1] > best[1]) best = entry;
  return best?.[0];
}

interface OpenBlock {
  text: string;
  last: Line;
  readonly level: number;
  readonly item: boolean;
}

/** Paragraphs, items, headings and tables of one page, told apart by size, font, distance and indentation. */
export function blocksOfPage(lines: readonly Line[], page: number, body: BodyText): Block[] {
  const blocks: Block[] = [];
  const step = usualStep(lines, body.size);
  let open: OpenBlock | null = null;
  const close = (): void => {
    if (open) blocks.push(blockOf(open, page));
    open = null;
  };
  for (const found of arrangeLines(lines.filter((line) => !isPageNumber(line, page)))) {
    if (found.kind === 'table') {
      close();
      blocks.push({ kind: 'table', rows: found.rows, head: true, page });
      continue;
    }
    const { line } = found;
    const level = headingLevel(line, body);
    if (open && continues(open, line, level, step)) {
      open.text = joinLines(open.text, line.text, body.hyphenated);
      open.last = line;
    } else {
      close();
      open = { text: line.text, last: line, level, item: ITEM.test(line.text) };
    }
  }
  close();
  return blocks;
}

/** 0: no heading. Larger letters, or a number before it in a font that the body does not have. */
function headingLevel({ text, size, font }: Line, body: BodyText): number {
  if (text.length > HEADING_CHARACTERS_MAX || !/\p{L}/u.test(text)) return 0;
  const scale = size / Math.max(body.size, 1);
  if (scale >= HEADING_SCALE) return scale >= 1.8 ? 1 : scale >= 1.35 ? 2 : 3;
  const apart = font !== '' && body.font !== '' && font !== body.font && scale >= 0.98;
  return apart && text.length <= NUMBERED_CHARACTERS_MAX && NUMBERED.test(text) && !/[.;,。；，]$/.test(text)
    ? 3
    : 0;
}

/** The distance between lines of a paragraph: the commonest one. */
function usualStep(lines: readonly Line[], body: number): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < lines.length; i++) {
    const step = Math.round((lines[i - 1]?.y ?? 0) - (lines[i]?.y ?? 0));
    if (step > 0 && step < body * 3) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [body * 1.3, 0])[0];
}

function continues(open: OpenBlock, line: Line, level: number, step: number): boolean {
  if (level !== open.level || ITEM.test(line.text)) return false;
  // What runs up the margin belongs to nothing else.
  if ((line.size === 0) !== (open.last.size === 0)) return false;
  const distance = open.last.y - line.y;
  if (level > 0) {
    return (
      !NUMBERED.test(line.text) &&
      distance > 0 &&
      distance < line.size * 1.8 &&
      Math.abs(open.last.size - line.size) < 1
    );
  }
  // Upwards is the next column: a paragraph goes on there unless it has ended.
  if (distance < -step) return !/[.!?。！？:：]$/.test(open.last.text);
  return distance <= step * 1.35;
}

function isPageNumber(line: Line, page: number): boolean {
  return (
    line.text.length <= 12 && new RegExp(`^(?:page\\s*)?[-–—]?\\s*${page}\\s*[-–—]?$`, 'i').test(line.text)
  );
}

function blockOf(open: OpenBlock, page: number): Block {
  if (open.level > 0) return { kind: 'heading', level: open.level, text: open.text, page };
  return { kind: open.item ? 'item' : 'paragraph', text: open.text, page };
}
