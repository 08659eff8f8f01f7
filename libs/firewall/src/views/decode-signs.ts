/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { textOfBits } from './decode-hex.js';
import type { Decoded } from './find-runs.js';
import type { Visible } from './fold-visible.js';
import { BRAILLE, MORSE } from './letters-of-signs.js';
import type { Traits } from './traits.js';
import { withBlanks } from './split-words.js';
import { isLanguage } from './text-like.js';

const MORSE_RUN = /[.\-_·•∙●–—−➖]{1,7}(?:[ \n/|,]{1,5}[.\-_·•∙●–—−➖]{1,7}){5,}/g;
const BRAILLE_RUN = /[\u2800-\u28ff](?:\s?[\u2800-\u28ff]){3,}/g;
const SPELLED_RUN =
  /(?:(?<![a-z])(?:alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiske?y|x-?ray|yankee|zulu)(?![a-z])[^a-z]{0,4}){4,}/gi;
const REGIONAL_RUN = /\ud83c[\udde6-\uddff](?:\s{0,3}\ud83c[\udde6-\uddff]){3,}/g;
const REGIONAL_A = 0x1f1e6;
const FRAMED_RUN = /(?:[([{][a-z0-9][)\]}]\s{0,3}){4,}/gi;
/** Two signs that are all there is, in so many of them, are digits. */
const BITS_MIN = 24;
/** What stands between digits of any kind. */
const PARTING = ' \n,;|';
const PROBE = 32;
const PROBE_KINDS = 12;

export function decodeSigns({ text, units, isAscii }: Visible, traits: Traits): Decoded[] {
  const found: Decoded[] = [];
  if (traits.rare > 0) {
    each(found, text, BRAILLE_RUN, 'braille', (run) => byMap(run, BRAILLE));
    each(found, text, REGIONAL_RUN, 'symbols', regional);
    found.push(...offsets(text));
  }
  if (traits.spelling.peak > 2) each(found, text, SPELLED_RUN, 'spelled', spelled);
  const marks = traits.ascii[0x2d]! + traits.ascii[0x2e]! + traits.ascii[0x5f]!;
  if (marks > 12 || (!isAscii && /[·•∙●–—−➖]{2}/.test(text)))
    if (mayHoldMorse(units)) each(found, text, MORSE_RUN, 'morse', morse);
  if ((traits.ascii[0x28]! > 3 || traits.ascii[0x5b]! > 3) && mayHoldFramed(text))
    each(found, text, FRAMED_RUN, 'symbols', framed);
  if (traits.words * 8 <= text.length && !isOfMany(units)) found.push(...twoSigns(text));
  return found;
}

function each(
  found: Decoded[],
  text: string,
  form: RegExp,
  kind: Decoded['kind'],
  read: (run: string) => string | undefined,
): void {
  for (const { index, 0: run } of text.matchAll(form)) {
    const letters = read(run);
    const meant = letters === undefined ? undefined : withBlanks(letters);
    if (meant !== undefined && isLanguage(meant))
      found.push({ start: index, end: index + run.length, text: meant, kind });
  }
}

/** Whether one sign alone stands in brackets anywhere. */
function mayHoldFramed(text: string): boolean {
  return [...'([{'].some((open) => {
    let at = text.indexOf(open);
    while (at >= 0 && !')]}'.includes(text.charAt(at + 2))) at = text.indexOf(open, at + 1);
    return at >= 0 && at + 2 < text.length;
  });
}

const MORSE_SIGN = 1;
const MORSE_PARTING = 2;
const MORSE_UNITS = new Uint8Array(0x10000);
for (const sign of '.-_·•∙●–—−➖') MORSE_UNITS[sign.charCodeAt(0)] = MORSE_SIGN;
for (const sign of ' \n/|,') MORSE_UNITS[sign.charCodeAt(0)] = MORSE_PARTING;
/** Pieces of the shortest run, and units of the longest piece and gap. */
const MORSE_PIECES = 6;
const MORSE_PIECE = 7;
const MORSE_GAP = 5;
/** Units of the shortest run: one of them stands at one of the places that are as far apart. */
const MORSE_LEAST = 2 * MORSE_PIECES - 1;

/** Whether so many pieces follow each other as MORSE_RUN asks for; most texts have no two. */
function mayHoldMorse(units: Uint16Array): boolean {
  const { length } = units;
  for (let at = MORSE_LEAST - 1; at < length; at += MORSE_LEAST) {
    if (MORSE_UNITS[units[at]!] === 0) continue;
    let start = at;
    while (start > 0 && MORSE_UNITS[units[start - 1]!] !== 0) start--;
    while (at < length && MORSE_UNITS[units[at]!] !== 0) at++;
    if (at - start >= MORSE_LEAST && isMorse(units, start, at)) return true;
  }
  return false;
}

/** The same of signs and what parts them alone. */
function isMorse(units: Uint16Array, from: number, to: number): boolean {
  let pieces = 0;
  for (let at = from; at < to;) {
    const start = at;
    while (at < to && MORSE_UNITS[units[at]!] === MORSE_SIGN) at++;
    if (at > start && ++pieces >= MORSE_PIECES) return true;
    // Of a longer piece the end may be the first of a run.
    if (at - start > MORSE_PIECE) pieces = 1;
    const gap = at;
    while (at < to && MORSE_UNITS[units[at]!] === MORSE_PARTING) at++;
    if (at - gap > MORSE_GAP) pieces = 0;
  }
  return false;
}

function byMap(run: string, letters: ReadonlyMap<string, string>): string {
  let text = '';
  for (const sign of run) text += letters.get(sign) ?? (/\s/.test(sign) ? ' ' : '');
  return text;
}

function regional(run: string): string {
  let text = '';
  for (const sign of run.replace(/\s{2,}/g, '_')) {
    const letter = (sign.codePointAt(0) ?? 0) - REGIONAL_A;
    if (letter >= 0) text += String.fromCharCode(97 + letter);
    else if (sign === '_') text += ' ';
  }
  return text;
}

function framed(run: string): string {
  return run
    .replace(/\s{2,}|(?<=[)\]}])\s(?=[([{][^)\]}]*[)\]}]\s?[([{])/g, (gap) => (gap.length > 1 ? ' ' : ''))
    .replace(/[([{}\])]/g, '');
}

function spelled(run: string): string {
  const gaps = run.split(/[a-z]+(?:-ray)?/i).slice(1, -1);
  const words = run.match(/[a-z]+(?:-ray)?/gi) ?? [];
  const usual = gaps.filter((gap) => gap === gaps[0]).length * 2 >= gaps.length ? gaps[0] : ' ';
  return words
    .map((word, i) => (i > 0 && gaps[i - 1] !== usual ? ' ' : '') + word.charAt(0).toLowerCase())
    .join('');
}

function morse(run: string): string | undefined {
  const plain = run.replace(/[·•∙●]/g, '.').replace(/[_–—−➖]/g, '-');
  let text = '';
  let known = 0;
  let signs = 0;
  for (const [gap, sign] of plain.matchAll(/[^.-]+|([.-]+)/g)) {
    if (sign === undefined) {
      if (/[/|\n]|\s{2,}/.test(gap)) text += ' ';
      continue;
    }
    signs++;
    const letter = MORSE.get(sign);
    if (letter !== undefined) known++;
    text += letter ?? '';
  }
  return known * 10 >= signs * 9 ? text.replace(/\s+/g, ' ') : undefined;
}

/** Whether so many kinds of signs stand in the middle that no two of them can be more than half of the text. */
function isOfMany(units: Uint16Array): boolean {
  const middle = units.length >> 1;
  const kinds: number[] = [];
  for (let i = Math.max(0, middle - PROBE); i < Math.min(units.length, middle + PROBE); i++) {
    const unit = units[i]!;
    // Halves of pairs: two of them are one sign.
    if ((unit & 0xf800) === 0xd800 || kinds.includes(unit)) continue;
    if (kinds.push(unit) > PROBE_KINDS) return true;
  }
  return false;
}

/** Two signs, whichever they are, as digits of bytes. */
function twoSigns(text: string): Decoded[] {
  // What is more than half of a text stands in its middle, or everywhere.
  const middle = text.length >> 1;
  if (new Set(text.slice(Math.max(0, middle - PROBE), middle + PROBE)).size > PROBE_KINDS) return [];
  const counts = new Map<string, number>();
  let total = 0;
  for (const sign of text) {
    if (PARTING.includes(sign)) continue;
    total++;
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
    if (counts.size > 64) return [];
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!first || !second || first[1] + second[1] < BITS_MIN || (first[1] + second[1]) * 10 < total * 6)
    return [];
  const signs = [first[0], second[0]];
  const start = Math.min(...signs.map((sign) => text.indexOf(sign)));
  const end = Math.max(...signs.map((sign) => text.lastIndexOf(sign) + sign.length));
  for (const one of signs) {
    let bits = '';
    for (const sign of text.slice(start, end)) if (signs.includes(sign)) bits += sign === one ? '1' : '0';
    const read = textOfBits(bits);
    if (read !== undefined) return [{ start, end, text: read, kind: 'binary' }];
  }
  return [];
}

const OFFSET_RUN =
  /(?:[\u2400-\u243f\u1680-\u16ff\ue000-\uf8ff]|[\ud800-\udbff][\udc00-\udfff])(?:\s?(?:[\u2400-\u243f\u1680-\u16ff\ue000-\uf8ff]|[\ud800-\udbff][\udc00-\udfff])){7,}/g;
/** Byte `0` of some that are in use: emoji by bytes, and blocks that are only moved. */
const OFFSETS = [0x1f3f7, 0xe000, 0xf000, 0x2400, 0xf0000, 0x100000, 0x10000, 0x1f300, 0x1f400, 0x1f600];

/** Characters of one block, in the order of ASCII; where it begins is known, or the most frequent is the blank. */
function offsets(text: string): Decoded[] {
  const found: Decoded[] = [];
  for (const { index, 0: run } of text.matchAll(OFFSET_RUN)) {
    const points = [...run].filter((sign) => sign.trim() !== '').map((sign) => sign.codePointAt(0)!);
    for (const offset of [...OFFSETS, mostFrequent(points) - 0x20]) {
      if (!points.every((point) => point - offset >= 0x09 && point - offset < 0x100)) continue;
      const read = Buffer.from(points.map((point) => point - offset)).toString('utf8');
      if (!isLanguage(read)) continue;
      found.push({ start: index, end: index + run.length, text: read, kind: 'symbols' });
      break;
    }
  }
  return found;
}

function mostFrequent(points: readonly number[]): number {
  const counts = new Map<number, number>();
  let best = points[0] ?? 0;
  for (const point of points) {
    counts.set(point, (counts.get(point) ?? 0) + 1);
    if (counts.get(point)! > (counts.get(best) ?? 0)) best = point;
  }
  return best;
}
