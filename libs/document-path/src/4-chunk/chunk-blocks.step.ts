import { dominantLanguage, sentences } from '@lorekeep/kit/text';
import type { Block } from '../2-parse/parsed-document.js';
import { tableLines } from './table-lines.js';

/**
 * Size of a passage, in weighted characters: one for a Latin letter, 2.4 for an East Asian character, so that the same
 * bound means about 1,200 characters of English and 500 of Chinese.
 */
export const WEIGHT_MAX = 1_200;
/** From here on a passage is full enough to end where a paragraph does. */
const WEIGHT_TARGET = 900;
const EAST_ASIAN_EXTRA = 1.4;
const EAST_ASIAN = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;
const HEADING_SEPARATOR = ' › ';
const HEADING_MAX = 300;

export interface Passage {
  /** Path of headings, `Leave › Annual leave`. */
  readonly heading: string;
  readonly page: number | null;
  readonly content: string;
  readonly language: 'en' | 'zh';
}

export const weightOf = (text: string): number =>
  text.length + EAST_ASIAN_EXTRA * (text.match(EAST_ASIAN)?.length ?? 0);

/**
 * Step 4: passages of about WEIGHT_TARGET … WEIGHT_MAX, in order. A passage never spans a heading or a page; it ends
 * between paragraphs where that is possible, else between sentences; a table stays whole where it fits, and every part
 * of a longer one repeats the head. `title` is left out of the heading paths: it is searched with every passage anyway.
 */
export function chunkBlocks(blocks: readonly Block[], title: string): Passage[] {
  const open = new OpenPassage();
  const path: { level: number; text: string }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      open.close();
      while ((path.at(-1)?.level ?? 0) >= block.level) path.pop();
      path.push({ level: block.level, text: block.text });
      open.heading = pathText(path, title);
      continue;
    }
    if (block.page !== open.page) open.close();
    open.page = block.page;
    if (block.kind === 'table') addTable(open, block.rows, block.head);
    else addText(open, block.text, block.kind === 'item' ? '\n' : '\n\n');
  }
  open.close();
  return open.passages.length > 0 ? open.passages : headingsOnly(blocks, title);
}

function pathText(path: readonly { text: string }[], title: string): string {
  const texts = path.map(({ text }) => text).filter((text) => text !== title);
  const joined = texts.join(HEADING_SEPARATOR);
  return joined.length <= HEADING_MAX
    ? joined
    : `…${joined.slice(1 - HEADING_MAX).replace(/^[\uDC00-\uDFFF]/, '')}`;
}

/** A page of titles is all that there is: better found than lost. */
function headingsOnly(blocks: readonly Block[], title: string): Passage[] {
  const open = new OpenPassage();
  for (const block of blocks) {
    if (block.kind !== 'heading') continue;
    if (block.page !== open.page) open.close();
    open.page = block.page;
    addText(open, block.text, '\n');
  }
  open.close();
  return open.passages.length > 0 || title === '' ? open.passages : [];
}

/** What goes before a part: a new paragraph, a new line, or the same line. */
type Gap = '\n\n' | '\n' | ' ';

class OpenPassage {
  readonly passages: Passage[] = [];
  heading = '';
  page: number | null = null;
  private parts: { text: string; before: Gap }[] = [];
  private weight = 0;

  get full(): boolean {
    return this.weight >= WEIGHT_TARGET;
  }

  fits(weight: number): boolean {
    return this.weight + weight <= WEIGHT_MAX;
  }

  add(text: string, weight: number, before: Gap): void {
    this.parts.push({ text, before });
    this.weight += weight + 1;
  }

  close(): void {
    const content = this.parts
      .map(({ text, before }, at) => (at === 0 ? text : before + text))
      .join('')
      .trim();
    this.parts = [];
    this.weight = 0;
    if (content === '') return;
    this.passages.push({
      heading: this.heading,
      page: this.page,
      content,
      language: dominantLanguage(content),
    });
  }
}

function addText(open: OpenPassage, text: string, before: Gap): void {
  const weight = weightOf(text);
  if (open.full || !open.fits(weight)) open.close();
  if (weight <= WEIGHT_MAX) return open.add(text, weight, before);
  for (const piece of splitLong(text)) {
    const pieceWeight = weightOf(piece);
    if (!open.fits(pieceWeight)) open.close();
    open.add(piece, pieceWeight, ' ');
  }
}

function addTable(open: OpenPassage, rows: readonly (readonly string[])[], head: boolean): void {
  const { header, body } = tableLines(rows, head);
  const whole = [...header, ...body].join('\n');
  const weight = weightOf(whole);
  if (open.full || !open.fits(weight)) open.close();
  if (weight <= WEIGHT_MAX) return open.add(whole, weight, '\n\n');
  // A head that fills the passage by itself is not worth repeating.
  const repeated = weightOf(header.join('\n')) <= WEIGHT_MAX / 3 ? header : [];
  let part: string[] = [...(repeated.length > 0 ? repeated : header.flatMap(splitLong))];
  const flush = (): void => {
    open.close();
    for (const piece of part) {
      const pieceWeight = weightOf(piece);
      if (!open.fits(pieceWeight)) open.close();
      open.add(piece, pieceWeight, '\n');
    }
    open.close();
    part = [...repeated];
  };
  for (const line of body.flatMap(splitLong)) {
    if (part.length > repeated.length && weightOf([...part, line].join('\n')) > WEIGHT_MAX) flush();
    part.push(line);
  }
  if (part.length > repeated.length) flush();
}

/** Sentences packed up to the bound; a sentence beyond it is cut at a blank, or anywhere. */
function splitLong(text: string): string[] {
  if (weightOf(text) <= WEIGHT_MAX) return [text];
  const pieces: string[] = [];
  let current = '';
  for (const { start, end } of sentences(text)) {
    for (const part of hardCut(text.slice(start, end))) {
      const joined = current === '' ? part : `${current} ${part}`;
      if (weightOf(joined) <= WEIGHT_TARGET) current = joined;
      else {
        if (current !== '') pieces.push(current);
        current = part;
      }
    }
  }
  if (current !== '') pieces.push(current);
  return pieces;
}

function hardCut(sentence: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < sentence.length;) {
    const length = lengthOfCut(sentence.slice(from, from + WEIGHT_TARGET + 1));
    parts.push(sentence.slice(from, from + length).trim());
    from += length;
  }
  return parts.filter((part) => part !== '');
}

/** How much of the text fits, back to a blank if one is near. The text is never longer than what could fit and one more. */
function lengthOfCut(text: string): number {
  let at = 0;
  for (let weight = 0; at < text.length; at++) {
    weight += weightOf(text.charAt(at));
    if (weight > WEIGHT_TARGET) break;
  }
  if (at === text.length) return at;
  const blank = text.lastIndexOf(' ', at);
  if (blank > at / 2) return blank;
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}
