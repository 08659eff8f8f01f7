import type { Block } from '../parsed-document.js';
import { joinLines, type Line } from './read-pdf-lines.js';

/** Letters this much larger than the body's make a heading. */
const HEADING_SCALE = 1.15;
const HEADING_CHARACTERS_MAX = 120;
const ITEM = /^(?:[•●▪■◦‣·–—-]|\(?\d{1,3}[.)]|[（(]?[一二三四五六七八九十]{1,3}[）)、])\s*\S/;

/** The size in which most of the text is set. */
export function bodySize(lines: readonly Line[]): number {
  const weights = new Map<number, number>();
  for (const line of lines) {
    const size = Math.round(line.size * 2) / 2;
    weights.set(size, (weights.get(size) ?? 0) + line.text.length);
  }
  return [...weights].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}

/** Paragraphs, items and headings of one page, told apart by size, distance and indentation. */
export function blocksOfPage(lines: readonly Line[], page: number, body: number): Block[] {
  const blocks: Block[] = [];
  const step = usualStep(lines, body);
  let open: { text: string; last: Line; heading: boolean; item: boolean } | null = null;
  const close = (): void => {
    if (open) blocks.push(blockOf(open, page, body));
    open = null;
  };
  for (const line of lines) {
    if (isPageNumber(line, page)) continue;
    const heading = line.size >= body * HEADING_SCALE && line.text.length <= HEADING_CHARACTERS_MAX;
    if (open && continues(open, line, heading, step)) {
      open.text = joinLines(open.text, line.text);
      open.last = line;
    } else {
      close();
      open = { text: line.text, last: line, heading, item: ITEM.test(line.text) };
    }
  }
  close();
  return blocks;
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

function continues(
  open: { last: Line; heading: boolean },
  line: Line,
  heading: boolean,
  step: number,
): boolean {
  if (heading !== open.heading || ITEM.test(line.text)) return false;
  const distance = open.last.y - line.y;
  if (heading) return distance > 0 && distance < line.size * 1.8 && Math.abs(open.last.size - line.size) < 1;
  // Upwards is the next column: a paragraph goes on there unless it has ended.
  if (distance < -step) return !/[.!?。！？:：]$/.test(open.last.text);
  return distance <= step * 1.35;
}

function isPageNumber(line: Line, page: number): boolean {
  return (
    line.text.length <= 12 && new RegExp(`^(?:page\\s*)?[-–—]?\\s*${page}\\s*[-–—]?$`, 'i').test(line.text)
  );
}

function blockOf(
  open: { text: string; last: Line; heading: boolean; item: boolean },
  page: number,
  body: number,
): Block {
  if (!open.heading) return { kind: open.item ? 'item' : 'paragraph', text: open.text, page };
  const scale = open.last.size / body;
  return { kind: 'heading', level: scale >= 1.8 ? 1 : scale >= 1.35 ? 2 : 3, text: open.text, page };
}
