/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { CONCEPTS } from './concepts.js';
import { Once, readLetters } from './read-letters.js';
import { HAN, readTokens, Tokens, WORD } from './read-tokens.js';

/** Sentences are read together up to this many letters (`SENTENCE_MAX`); the last one begins the next window too. */
export const WINDOW_MAX = 350;
/** Each concept is paired with so many that follow it. */
const PAIRED = 7;

/** Hashes of sequences of words are cut to so many bits: each stands for a weight. */
export const GRAM_BITS = 16;
export const CONCEPT_WEIGHTS = CONCEPTS.length + CONCEPTS.length ** 2;

/** A pair of different concepts, the first before the other. */
export function pairOf(one: number, other: number): number {
  return CONCEPTS.length + one * CONCEPTS.length + other;
}

/** A piece of a text that is judged as one, as numbers of weights. */
export interface Window {
  /** Of the text, UTF-16 units. */
  start: number;
  end: number;
  /** Those of the window are from `gramsFrom` to `gramsTo`. */
  grams: Uint16Array;
  gramsFrom: number;
  gramsTo: number;
  /** Each number once, as many as `conceptCount`. */
  readonly concepts: Uint16Array;
  conceptCount: number;
}

/** Of a token: itself, its kin, with the next, with the one after. */
const GRAMS_OF_TOKEN = 4;

const tokens = new Tokens();
const window: Window = {
  start: 0,
  end: 0,
  grams: new Uint16Array(GRAMS_OF_TOKEN * 1024),
  gramsFrom: 0,
  gramsTo: 0,
  concepts: new Uint16Array(CONCEPT_WEIGHTS),
  conceptCount: 0,
};
/** Where the grams of each token begin. */
let gramsOf = new Int32Array(1024);
const seen = new Uint32Array(CONCEPT_WEIGHTS);
let stamp = 0;
/** Of the windows of the text that was read last: first token, token after the last, and the same in units of the text. */
const shown: Record<'from' | 'to' | 'start' | 'end', number[]> = { from: [], to: [], start: [], end: [] };

/**
 * Shows the windows of a canonical text, one after the other, to `see`, which must not keep what it is given. Linear in
 * the length of the text.
 */
export function readWindows(text: string, see: (window: Window) => void, most = WINDOW_MAX): void {
  readTokens(text, tokens);
  readGrams();
  const { sentences, sizes } = tokens;
  for (const list of Object.values(shown)) list.length = 0;
  let concept = 0;
  for (let first = 0; first < sentences.length;) {
    let last = first;
    let size = sizes[first] ?? 0;
    while (last + 1 < sentences.length && size + (sizes[last + 1] ?? 0) <= most) size += sizes[++last] ?? 0;
    const from = first === 0 ? 0 : (sentences[first - 1] ?? 0);
    const to = sentences[last] ?? 0;
    while (concept < tokens.conceptCount && (tokens.conceptAt[concept] ?? 0) < from) concept++;
    readConcepts(concept, to);
    window.gramsFrom = gramsOf[from] ?? 0;
    window.gramsTo = gramsOf[to] ?? 0;
    window.start = tokens.starts[first] ?? 0;
    window.end = tokens.ends[last] ?? 0;
    shown.from.push(from);
    shown.to.push(to);
    shown.start.push(window.start);
    shown.end.push(window.end);
    see(window);
    if (last === sentences.length - 1) return;
    first = Math.max(first + 1, last);
  }
}

/** Tokens alone, two beside each other, and with one between them; the last ones of a window reach beyond it. */
function readGrams(): void {
  const { kinds, hashes, kins, count: tokenCount } = tokens;
  if (window.grams.length < GRAMS_OF_TOKEN * tokenCount)
    window.grams = new Uint16Array(2 * GRAMS_OF_TOKEN * tokenCount);
  if (gramsOf.length <= tokenCount) gramsOf = new Int32Array(2 * tokenCount);
  const { grams } = window;
  let count = 0;
  let [hash, next] = [hashes[0] ?? 0, tokenCount > 1 ? hashes[1]! : 0];
  for (let at = 0; at < tokenCount; at++) {
    gramsOf[at] = count;
    const kind = kinds[at]!;
    const afterNext = at + 2 < tokenCount ? hashes[at + 2]! : 0;
    grams[count++] = gramOf(ALONE, hash, 0);
    if (kind === WORD) {
      const kin = kins[at]!;
      if (kin !== 0) grams[count++] = gramOf(KIN, kin, 0);
      if (next !== 0) grams[count++] = gramOf(BESIDE, hash, next);
      if (afterNext !== 0) grams[count++] = gramOf(APART, hash, afterNext);
    } else if (kind === HAN && next !== 0 && kinds[at + 1] === HAN) {
      grams[count++] = gramOf(BESIDE, hash, next);
      if (afterNext !== 0 && kinds[at + 2] === HAN) grams[count++] = gramOf(hash, next, afterNext);
    }
    hash = next;
    next = afterNext;
  }
  gramsOf[tokenCount] = count;
}

const [ALONE, BESIDE, KIN, APART] = [0x3c6ef372, 0x1b873593, 0x78dde6e4, 0x52dce729];

function gramOf(one: number, two: number, three: number): number {
  let hash = Math.imul(one, 0x9e3779b1) + Math.imul(two, 0x85ebca6b) + Math.imul(three, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return (hash ^ (hash >>> 13)) >>> (32 - GRAM_BITS);
}

function readConcepts(first: number, to: number): void {
  const { concepts, conceptAt, conceptCount } = tokens;
  stamp = (stamp + 1) >>> 0;
  let last = first;
  while (last < conceptCount && (conceptAt[last] ?? 0) < to) last++;
  const { concepts: own } = window;
  let count = 0;
  for (let i = first; i < last; i++) {
    const one = concepts[i] ?? 0;
    if (seen[one] !== stamp) {
      seen[one] = stamp;
      own[count++] = one;
    }
    const until = Math.min(last, i + PAIRED + 1);
    const row = CONCEPTS.length + one * CONCEPTS.length;
    for (let j = i + 1; j < until; j++) {
      const other = concepts[j] ?? 0;
      const pair = row + other;
      if (other === one || seen[pair] === stamp) continue;
      seen[pair] = stamp;
      own[count++] = pair;
    }
  }
  window.conceptCount = count;
}

/** Numbers of what stands around a window are cut to so many bits. */
export const AROUND_BITS = 16;

/** What stands around a window, as numbers of weights; each once, however often and in what order it stands there. */
export interface Around {
  /** Sequences of words, pairs of concepts, and letters of words. */
  readonly parts: readonly Uint16Array[];
}

const gramsOnce = new Once(AROUND_BITS);
const lettersOnce = new Once(AROUND_BITS);
const pairs = new Uint16Array(CONCEPT_WEIGHTS);

/**
 * A window of the text that was read last with `reach` windows on either side, until the next is read. Concepts are paired
 * wherever they stand, as a part that is assigned and what is asked of it stand in sentences apart.
 */
export function readAround(text: string, at: number, reach: number): Around {
  const first = Math.max(0, at - reach);
  const last = Math.min(shown.from.length - 1, at + reach);
  const [from, to] = [shown.from[first] ?? 0, shown.to[last] ?? 0];
  gramsOnce.clear();
  const gramsTo = gramsOf[to] ?? 0;
  for (let i = gramsOf[from] ?? 0; i < gramsTo; i++) gramsOnce.add(window.grams[i]!);
  lettersOnce.clear();
  readLetters(text, shown.start[first] ?? 0, shown.end[last] ?? 0, lettersOnce);
  return { parts: [gramsOnce.numbers, pairs.subarray(0, readPairs(from, to)), lettersOnce.numbers] };
}

/** Concepts between two tokens, and each with each; how many numbers these are. */
function readPairs(from: number, to: number): number {
  const { concepts, conceptAt, conceptCount } = tokens;
  const named = new Uint8Array(CONCEPTS.length);
  for (let i = 0; i < conceptCount; i++) {
    const token = conceptAt[i]!;
    if (token >= to) break;
    if (token >= from) named[concepts[i]!] = 1;
  }
  let count = 0;
  for (let one = 0; one < named.length; one++) {
    if (named[one] === 0) continue;
    pairs[count++] = one;
    for (let other = one + 1; other < named.length; other++)
      if (named[other] !== 0) pairs[count++] = pairOf(one, other);
  }
  return count;
}
