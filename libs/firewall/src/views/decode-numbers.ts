import { textOfBits } from './decode-hex.js';
import type { Decoded } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { withBlanks } from './split-words.js';
import { isLanguage, textOfBytes } from './text-like.js';

/** One number with what programs write before it; longer ones are no characters. */
const NUMBER = /(?:0[xbo]|u\+|&#x?|\\x?|[#%x])?([0-9a-f]{1,16})(?![0-9a-z])/iy;
/** What parts two numbers of one row. */
const GAP = /[^0-9a-z]{1,6}(?:(?:n?char|chrw?|unichr)[^0-9a-z]{1,3})?/iy;
const ROW_MIN = 4;
/** Even, as a square takes two numbers a letter. */
const PROBE = 64;
const LAST_CODE_POINT = 0x10ffff;
/** The square of Polybius leaves out the J; that of prisoners' knocks the K. */
const SQUARES = ['abcdefghiklmnopqrstuvwxyz', 'abcdefghijlmnopqrstuvwxyz'];

interface Row {
  readonly start: number;
  readonly end: number;
  readonly numbers: readonly string[];
  /** What stands between; one fewer. */
  readonly gaps: readonly string[];
}

/** Rows of numbers that are codes of characters, places in the alphabet, or bits. */
export function decodeNumbers({ text }: Visible): Decoded[] {
  const found: Decoded[] = [];
  for (const row of rowsIn(text)) {
    const read = meaningOf(row);
    if (read) found.push({ start: row.start, end: row.end, ...read });
  }
  return found;
}

function rowsIn(text: string): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < text.length;) {
    at = nextNumber(text, at);
    if (at < 0) break;
    const row = rowFrom(text, at);
    at = Math.max(at + 1, row.end);
    if (row.numbers.length >= ROW_MIN) rows.push(row);
  }
  return rows;
}

const BEGINS = /(?<![0-9a-z])(?:0[xbo]|u\+|&#x?|\\x?)?[0-9a-f]{1,16}(?![0-9a-z])/gi;
function nextNumber(text: string, from: number): number {
  BEGINS.lastIndex = from;
  return BEGINS.exec(text)?.index ?? -1;
}

function rowFrom(text: string, start: number): Row {
  const numbers: string[] = [];
  const gaps: string[] = [];
  let end = start;
  for (let at = start, gap = ''; ;) {
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text);
    if (!number) break;
    if (numbers.length > 0) gaps.push(gap);
    numbers.push(number[1] ?? '');
    end = at + number[0].length;
    GAP.lastIndex = end;
    gap = GAP.exec(text)?.[0] ?? '';
    if (gap === '') break;
    at = end + gap.length;
    // The sign before a number belongs to it, not to the gap.
    const sign = /(?:&#|[#%\\])$/.exec(gap)?.[0] ?? '';
    if (sign.length < gap.length) at -= sign.length;
  }
  return { start, end, numbers, gaps };
}

function meaningOf({ numbers, gaps }: Row): { text: string; kind: Decoded['kind'] } | undefined {
  const isDecimal = numbers.every((number) => /^\d+$/.test(number));
  if (numbers.every((number) => /^[01]{4,16}$/.test(number))) {
    const text =
      textOfBits(numbers.join('')) ??
      places(
        numbers.map((bits) => Number.parseInt(bits, 2)),
        gaps,
      );
    return text === undefined ? undefined : { text, kind: 'binary' };
  }
  if (isDecimal) {
    const values = numbers.map(Number);
    const text = codes(values) ?? octal(numbers) ?? spelled(values, numbers, gaps);
    if (text !== undefined) return { text, kind: 'numbers' };
  }
  if (!numbers.every((number) => number.length % 2 === 0)) return undefined;
  const isWide = numbers.every((number) => number.length === 4);
  const text =
    textOfBytes(Buffer.from(numbers.join(''), 'hex')) ??
    (isWide ? codes(numbers.map((hex) => Number.parseInt(hex, 16))) : undefined);
  return text === undefined ? undefined : { text, kind: 'hex' };
}

/** Codes of characters; bytes of UTF-8 where none is above 255. */
function codes(values: readonly number[]): string | undefined {
  if (values.some((value) => value < 9 || value > LAST_CODE_POINT)) return undefined;
  if (values.every((value) => value < 256)) {
    const text = textOfBytes(Uint8Array.from(values));
    return text !== undefined && isLanguage(text) ? text : undefined;
  }
  const text = values.map((value) => String.fromCodePoint(value)).join('');
  return isLanguage(text) ? text : undefined;
}

function octal(numbers: readonly string[]): string | undefined {
  return numbers.every((number) => /^[0-3]?[0-7]{2}$/.test(number))
    ? codes(numbers.map((number) => Number.parseInt(number, 8)))
    : undefined;
}

/** Letters by number; of a long row the beginning must be language first. */
function spelled(
  values: readonly number[],
  numbers: readonly string[],
  gaps: readonly string[],
): string | undefined {
  if (
    values.length > PROBE &&
    spelled(values.slice(0, PROBE), numbers.slice(0, PROBE), gaps.slice(0, PROBE - 1)) === undefined
  )
    return undefined;
  return places(values, gaps) ?? square(numbers, gaps);
}

/** Places in the alphabet, from 1 or from 0; what parts numbers least often parts words. */
function places(values: readonly number[], gaps: readonly string[]): string | undefined {
  if (values.some((value) => value > 26)) return undefined;
  const isWord = wordGaps(gaps);
  for (const first of [1, 0]) {
    let text = '';
    values.forEach((value, i) => {
      if (i > 0 && isWord(gaps[i - 1] ?? '')) text += ' ';
      text += value < first || value - first > 25 ? ' ' : String.fromCharCode(97 + value - first);
    });
    text = withBlanks(text);
    if (isLanguage(text)) return text;
  }
  return undefined;
}

/** Rows and columns of a square of 25 letters. */
function square(numbers: readonly string[], gaps: readonly string[]): string | undefined {
  const isPairs = numbers.every((number) => /^[1-5]{2}$/.test(number));
  if (!isPairs && (numbers.length % 2 !== 0 || !numbers.every((number) => /^[1-5]$/.test(number))))
    return undefined;
  const pairs = isPairs
    ? [...numbers]
    : numbers.flatMap((row, i) => (i % 2 === 0 ? [row + (numbers[i + 1] ?? '')] : []));
  const between = isPairs ? gaps : gaps.filter((_, i) => i % 2 === 1);
  const isWord = wordGaps(between);
  for (const letters of SQUARES) {
    let text = '';
    pairs.forEach((pair, i) => {
      if (i > 0 && isWord(between[i - 1] ?? '')) text += ' ';
      text += letters.charAt(5 * (Number(pair.charAt(0)) - 1) + Number(pair.charAt(1)) - 1);
    });
    text = withBlanks(text);
    if (isLanguage(text)) return text;
  }
  return undefined;
}

function wordGaps(gaps: readonly string[]): (gap: string) => boolean {
  const counts = new Map<string, number>();
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  const usual = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  return (gap) => gap !== usual;
}
