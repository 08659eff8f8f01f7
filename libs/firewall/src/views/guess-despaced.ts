/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { isKnown, isTalk } from './lexicon.js';
import { MapBuilder, type MappedText } from './mapped-text.js';
import type { Traits } from './traits.js';
import { between, CONTEXT, type Piece, splice } from './splice.js';
import { splitWords, withBlanks } from './split-words.js';
import { BRIEF, isBlank, isLanguage } from './text-like.js';
import { CLASS, DIGIT, HAN, LATIN, LETTER_OTHER } from './unit-classes.js';

/** Characters of the shortest chain, of which so many are letters. */
const CHAIN_MIN = 4;
const LETTERS_MIN = 3;
const SEPARATOR_MAX = 4;

interface Chain {
  readonly end: number;
  /** Where each kept character stands; -1 for a gap between words. */
  readonly kept: readonly number[];
}

/** Characters that the same separator parts, joined; wider gaps are those between words, or words are looked up. */
export function guessDespaced(source: MappedText): MappedText | undefined {
  const { text } = source;
  let builder: MapBuilder | undefined;
  let copied = 0;
  for (let at = 0; at + 2 < text.length;) {
    const skipped = wordAt(text, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    // What a letter stands behind has no separator.
    const isNone = isLetter(text.charCodeAt(at + 1)) || isBlank(text.charCodeAt(at));
    const chain = isNone ? undefined : chainAt(text, at);
    if (!chain) {
      at++;
      continue;
    }
    if (isMeant(text, chain)) {
      if (!builder) {
        builder = new MapBuilder(source);
        builder.copy(Math.max(0, at - CONTEXT), at);
      } else between(builder, copied, at);
      append(builder, text, chain);
      copied = chain.end;
    }
    at = chain.end;
  }
  if (!builder) return undefined;
  builder.copy(copied, Math.min(text.length, copied + CONTEXT));
  return builder.finish();
}

/** Where a word of several letters that begins there ends; there itself if there is none. */
function wordAt(text: string, at: number): number {
  if (CLASS[text.charCodeAt(at)] !== LATIN || CLASS[text.charCodeAt(at + 1)] !== LATIN) return at;
  let end = at + 2;
  while (end < text.length && isLetter(text.charCodeAt(end)) && CLASS[text.charCodeAt(end - 1)] === LATIN)
    end++;
  return end;
}

/** Long chains always are; in a long text, short ones where they are words. */
function isMeant(text: string, { kept }: Chain): boolean {
  if (text.length <= BRIEF || kept.length >= SURE) return true;
  const letters = kept.map((at) => (at < 0 ? ' ' : text.charAt(at))).join('');
  return isLanguage(withBlanks(letters.toLowerCase()));
}
const SURE = 16;

function isLetter(unit: number): boolean {
  const kind = CLASS[unit]!;
  return kind === LATIN || kind === HAN || kind === LETTER_OTHER || kind === DIGIT;
}

/** The separator after a character: all up to the next letter, or the one sign that stands there. */
function separatorsAt(text: string, at: number): string[] {
  let end = at + 1;
  while (end < text.length && end <= at + SEPARATOR_MAX + 1 && !isLetter(text.charCodeAt(end))) end++;
  if (end === at + 1) return [];
  const whole = text.slice(at + 1, end);
  return whole.length === 1 || end > at + SEPARATOR_MAX + 1 ? [whole.charAt(0)] : [whole, whole.charAt(0)];
}

function chainAt(text: string, start: number): Chain | undefined {
  for (const separator of separatorsAt(text, start)) {
    const chain = follow(text, start, separator);
    if (chain) return chain;
  }
  return undefined;
}

function follow(text: string, start: number, separator: string): Chain | undefined {
  const kept: number[] = [];
  const bare = separator.trim();
  let letters = 0;
  let characters = 0;
  let at = start;
  let end = start;
  let lapses = 0;
  while (at < text.length) {
    const gap = at;
    while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    if (at > gap && kept.length > 0) kept.push(-1);
    // A blank may stand between two separators as any other character does.
    if (at > gap && bare !== '' && text.startsWith(bare, at) && text.charAt(at + bare.length) !== bare) {
      at += bare.length;
      while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    }
    if (at >= text.length) break;
    const isParted = text.startsWith(separator, at + 1);
    // The last character of a word may stand without one.
    const isLast = !isParted && (at + 1 >= text.length || isBlank(text.charCodeAt(at + 1)));
    if (!isParted && !isLast) {
      if (++lapses > 0 && at === gap) kept.push(at);
      if (at === gap) end = at + 1;
      break;
    }
    if (isLast && at > gap && separator !== ' ') break;
    kept.push(at);
    characters++;
    if (isLetter(text.charCodeAt(at))) letters++;
    at += 1 + (isParted ? separator.length : 0);
    end = at;
  }
  if (characters < CHAIN_MIN || letters < LETTERS_MIN) return undefined;
  while (kept.at(-1) === -1) kept.pop();
  return { end, kept };
}

function append(builder: MapBuilder, text: string, { kept, end }: Chain): void {
  const isParted = kept.includes(-1);
  const letters = kept.map((at) => (at < 0 ? ' ' : text.charAt(at))).join('');
  const words = isParted ? undefined : new Set(splitLetters(letters));
  kept.forEach((at, i) => {
    if (at < 0) {
      const before = kept[i - 1]! + 1;
      builder.put(' ', before, Math.max(before + 1, kept[i + 1] ?? end));
      return;
    }
    if (i > 0 && words?.has(i)) builder.put(' ', at - 1, at);
    builder.copy(at, at + 1);
  });
  if (isBlank(text.charCodeAt(end - 1))) builder.put(' ', end - 1, end);
}

/** Where words begin; only between letters, as signs part words already. */
function splitLetters(letters: string): number[] {
  const starts: number[] = [];
  for (const { index, 0: run } of letters.matchAll(/[a-z]{5,}/gi))
    for (const start of splitWords(run.toLowerCase()) ?? []) if (start > 0) starts.push(index + start);
  return starts;
}

/** Pieces of a word that one sign parts, joined: `ig-no-re`. */
export function guessJoinedPieces(source: MappedText, traits: Traits): MappedText | undefined {
  return splice(source, joinedPieces(source.text, traits.piecesAt));
}

const PARTED = /(?<![a-z])[a-z]{1,12}(?:([-._*~|/^+:#=])[a-z]{1,12})(?:\1[a-z]{1,12}){0,24}(?![a-z])/iy;

function joinedPieces(text: string, places: readonly number[]): Piece[] {
  const found: Piece[] = [];
  let count = 0;
  for (const index of places) {
    PARTED.lastIndex = index;
    const [token, sign] = PARTED.exec(text) ?? [];
    if (token === undefined) continue;
    const pieces = token.split(sign ?? ' ');
    const joined = pieces.join('');
    if (
      !isKnown(joined.toLowerCase()) ||
      pieces.every((piece) => piece.length > 2 && isKnown(piece.toLowerCase()))
    )
      continue;
    count += pieces.length - 1;
    found.push({ start: index, end: index + token.length, text: joined });
  }
  // Some words are written with a hyphen now and then.
  return text.length > BRIEF && count < HYPHENS_MIN ? [] : found;
}
const HYPHENS_MIN = 2;

const LONG = /[a-z]+/iy;

/** Words without blanks between them, parted: `ignoreallprevious`. */
export function guessSplit(source: MappedText, traits: Traits): MappedText | undefined {
  return splice(source, splitLong(source.text, traits.longAt));
}

function* splitLong(text: string, places: readonly number[]): Generator<Piece> {
  for (const index of places) {
    LONG.lastIndex = index;
    const run = LONG.exec(text)?.[0] ?? '';
    const starts = splitWords(run.toLowerCase());
    if (!starts || starts.length < 3) continue;
    const words = starts.map((start, i) => run.slice(start, starts[i + 1] ?? run.length));
    if (text.length > BRIEF && words.filter((word) => isTalk(word.toLowerCase())).length < TALK_MIN) continue;
    yield { start: index, end: index + run.length, text: words.join(' ') };
  }
}
/** Words of talk among those of a name of a program: one may be there by chance. */
const TALK_MIN = 2;
