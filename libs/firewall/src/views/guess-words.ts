/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { isKnown, knownByShuffle, SHUFFLED_MIN } from './lexicon.js';
import { TURNED } from './letters-of-signs.js';
import { MapBuilder, type MappedText } from './mapped-text.js';
import { type Piece, splice } from './splice.js';
import type { Traits } from './traits.js';
import { BRIEF, gain, readLanguage } from './text-like.js';

/** Words whose inner letters stand in another order. */
export function guessUnscrambled(source: MappedText): MappedText | undefined {
  return splice(source, unscrambled(source.text));
}

function* unscrambled(text: string): Generator<Piece> {
  for (const { index, 0: word } of text.matchAll(/[a-z]{5,20}/gi)) {
    const small = word.toLowerCase();
    const meant = word.length < SHUFFLED_MIN || isKnown(small) ? undefined : knownByShuffle(small);
    if (meant !== undefined) yield { start: index, end: index + word.length, text: meant };
  }
}

/** Words whose first consonants stand at their end, before `ay`. */
export function guessPigLatin(source: MappedText): MappedText | undefined {
  return splice(source, pigLatin(source.text));
}

function* pigLatin(text: string): Generator<Piece> {
  for (const { index, 0: word } of text.matchAll(/[a-z]{2,24}ay(?![a-z])/gi)) {
    const body = word.slice(0, -2).toLowerCase();
    const bare = body.replace(/[wyh]$/, '');
    const turned = [1, 2, 3].map((count) => body.slice(-count) + body.slice(0, -count));
    const meant =
      [...turned, bare].find(isKnown) ?? (/^[aeiou]/.test(body) && bare !== body ? bare : turned[0]);
    if (meant !== undefined) yield { start: index, end: index + word.length, text: meant };
  }
}

/** Letters that stand twice, or three times and more, once. */
export function guessRepeated(source: MappedText): MappedText | undefined {
  const { text } = source;
  const isDoubled = (text.match(/(\p{L})\1/gu)?.length ?? 0) * 3 >= (text.match(/\p{L}/gu)?.length ?? 1);
  const once = splice(source, repeated(text, isDoubled ? /(\p{L})\1/giu : /(\p{L})\1{2,}/giu));
  return once && gain(once.text, text.slice(0, once.text.length)) > 0 ? once : undefined;
}

function* repeated(text: string, form: RegExp): Generator<Piece> {
  for (const { index, 0: run, 1: letter } of text.matchAll(form))
    yield { start: index, end: index + run.length, text: letter ?? '' };
}

/** Words that a sign or capitals tie together, apart: `ignore_all_rules`, `IgnoreAllRules`. */
export function guessUntied(source: MappedText, traits: Traits): MappedText | undefined {
  return splice(source, untied(source.text, traits.tiedAt));
}

const TIED =
  /(?<![A-Za-z])[A-Za-z]+([_+.\-|~])[A-Za-z]+(?:\1[A-Za-z]+){2,}|(?<![A-Za-z])[A-Za-z][a-z]+(?:[A-Z][a-z]+){3,}/y;

function* untied(text: string, places: readonly number[]): Generator<Piece> {
  for (const index of places) {
    TIED.lastIndex = index;
    const run = TIED.exec(text)?.[0];
    if (run === undefined) continue;
    // Addresses, paths and calls of programs tie words for reasons of their own.
    if (text.length > BRIEF && !isAlone(text, index, index + run.length)) continue;
    const words = run
      .replace(/([a-z])(?=[A-Z])/g, '$1 ')
      .replace(/[_+.\-|~]/g, ' ')
      .split(' ');
    if (words.filter((word) => isKnown(word.toLowerCase())).length * 4 < words.length * 3) continue;
    yield { start: index, end: index + run.length, text: words.join(' ') };
  }
}

/** Nothing but blanks and the marks of a sentence on either side. */
function isAlone(text: string, start: number, end: number): boolean {
  return (
    /^[\s"'“”‘’(:>\p{Lo}]?$/u.test(text.charAt(start - 1)) &&
    /^(?:[\s"'“”‘’):!?。，！？<\p{Lo}]|[.,](?!\S)|$)/u.test(text.slice(end, end + 2))
  );
}

/** Letters turned by half a circle, from the end; or in their order, if only the letters were turned. */
export function readTurned(source: MappedText): MappedText | undefined {
  const { text } = source;
  const turned = new MapBuilder(source);
  for (let i = 0; i < text.length; i++) turned.replace(TURNED.get(text.charAt(i)) ?? text.charAt(i), i);
  const forward = turned.finish();
  const back = new MapBuilder(forward);
  for (let i = text.length - 1; i >= 0; i--) back.copy(i, i + 1);
  const backward = back.finish();
  return readLanguage(backward.text).known >= readLanguage(forward.text).known ? backward : forward;
}

const PRINTABLE = 94;
/** At the end: what says how to read it stands before it. */
const SAMPLE = 128;

/** All printable ASCII moved by as much: by half of it (ROT47), or so that the most frequent sign is the blank. */
export function guessMovedCodes(source: MappedText): MappedText | undefined {
  const sample = source.text.slice(-SAMPLE);
  const before = readLanguage(sample);
  // Words of another language have pairs of letters that English has; what was moved has other signs or pairs.
  if (before.letters * 4 >= sample.length && before.odd * 6 < before.pairs) return undefined;
  for (const move of [
    rot47,
    moveBy(-1),
    moveBy(1),
    moveBy(0x20 - mostFrequent(sample)),
    moveBy(-2),
    moveBy(-3),
    moveBy(2),
    moveBy(3),
  ]) {
    const after = readLanguage(mapUnits(sample, move));
    if (after.known > before.known * 2 && after.known * 3 >= after.letters && after.knownWords > 1)
      return { ...source, text: mapUnits(source.text, move) };
  }
  return undefined;
}

function rot47(unit: number): number {
  return unit > 32 && unit < 127 ? 33 + ((unit - 33 + 47) % PRINTABLE) : unit;
}
function moveBy(by: number): (unit: number) => number {
  return (unit) => (unit + by >= 0x20 && unit + by < 0x7f && unit < 0x100 ? unit + by : unit);
}
function mapUnits(text: string, move: (unit: number) => number): string {
  const units = Uint16Array.from({ length: text.length }, (_, i) => move(text.charCodeAt(i)));
  return Buffer.from(units.buffer).toString('utf16le');
}
function mostFrequent(text: string): number {
  const counts = new Uint32Array(128);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 128) counts[text.charCodeAt(i)]!++;
  return counts.indexOf(Math.max(...counts));
}
