/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { isUtf8 } from 'node:buffer';
import { textOfHanBytes } from './han-bytes.js';
import { HAN_PAIR, isKnown, LETTER, pairSlot, PLAUSIBLE } from './lexicon.js';
import { BLANK, CLASS, HAN, LATIN, LETTER_OTHER, LINE_END, RARE } from './unit-classes.js';

/** Shorter decodes are text by accident; from here on bytes that are all printable are no accident. */
const SHORT = 4;
const SURE = 12;
/** In a text so short a guess is made on the least sign; a longer one must show that it came out as language. */
export const BRIEF = 512;
/** What is read to judge a long text. */
const SAMPLE = 2_048;

/** Whether bytes that something was decoded to are a text; the text if they are. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length < SHORT) return undefined;
  const isPlain = isUtf8(bytes) && !bytes.includes(0);
  const text = isPlain
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    : (wide(bytes) ?? textOfHanBytes(bytes));
  if (text === undefined || !isPrintable(text)) return undefined;
  return text.length >= SURE || isLanguage(text) ? text : undefined;
}

/** UTF-16 of mostly Latin text, as PowerShell takes it; bytes in the other order too. */
function wide(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0 || bytes.length < 2 * SHORT) return undefined;
  let [even, odd] = [0, 0];
  for (let i = 0; i < bytes.length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  if (Math.max(even, odd) * 4 < bytes.length) return undefined;
  const buffer = Buffer.from(bytes);
  return (odd > even ? buffer : buffer.swap16()).toString('utf16le');
}

/** No controls but blanks, nothing that no font has, and some letters or signs of a path or a program. */
export function isPrintable(text: string): boolean {
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) return false;
    if ((unit >= 0x7f && unit < 0xa0) || unit >= 0xfff9) return false;
    const kind = CLASS[unit]!;
    if (kind === LATIN || kind === HAN || kind === LETTER_OTHER) seen++;
  }
  return seen * 4 >= text.length;
}

/** Words or Chinese: what a guess must give to be more than noise. */
export function isLanguage(text: string): boolean {
  const { letters, known, odd, pairs, han, hanPairs } = readLanguage(text.slice(0, SAMPLE));
  if (hanPairs > 0 && han >= 2) return hanPairs * 12 >= han;
  if (letters < SHORT) return false;
  if (known * 2 >= letters) return true;
  return known * 5 >= letters && odd * 8 <= pairs;
}

/** Letters in known words (of two letters at least), pairs of letters that no known word has, pairs of Han. */
export interface Language {
  readonly letters: number;
  readonly known: number;
  readonly knownWords: number;
  readonly pairs: number;
  readonly odd: number;
  readonly han: number;
  readonly hanPairs: number;
}

export function readLanguage(text: string): Language {
  const small = text.toLowerCase();
  let letters = 0;
  let known = 0;
  let knownWords = 0;
  let pairs = 0;
  let odd = 0;
  let han = 0;
  let hanPairs = 0;
  let start = -1;
  for (let i = 0; i <= small.length; i++) {
    const unit = i < small.length ? small.charCodeAt(i) : 0x20;
    const kind = CLASS[unit]!;
    if (kind === LATIN) {
      letters++;
      if (start < 0) start = i;
      else {
        pairs++;
        odd += 1 - PLAUSIBLE[27 * LETTER[small.charCodeAt(i - 1)]! + LETTER[unit]!]!;
      }
      continue;
    }
    if (start >= 0 && i - start > 1 && isKnown(small.slice(start, i))) {
      known += i - start;
      knownWords++;
    }
    start = -1;
    if (kind !== HAN) continue;
    han++;
    if (i > 0 && (HAN_PAIR[pairSlot(small.charCodeAt(i - 1), unit)]! & 1) !== 0) hanPairs++;
  }
  return { letters, known, knownWords, pairs, odd, han, hanPairs };
}

/** How much more a text reads as language than another: known letters and pairs of Han. */
export function gain(after: string, before: string): number {
  const [a, b] = [readLanguage(after), readLanguage(before)];
  return a.known - b.known + 4 * (a.hanPairs - b.hanPairs) - (a.odd - b.odd);
}

/** Whether two characters are a frequent pair of Chinese. */
export function isHanPair(first: number, second: number): boolean {
  return CLASS[first] === HAN && CLASS[second] === HAN && (HAN_PAIR[pairSlot(first, second)]! & 1) !== 0;
}

export function isBlank(unit: number): boolean {
  const kind = CLASS[unit]!;
  return kind === BLANK || kind === LINE_END;
}
export function isRare(unit: number): boolean {
  return CLASS[unit] === RARE;
}
