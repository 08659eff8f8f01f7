/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { CUES, FREQUENT, HAN_PAIRS, LETTER_NAMES, OF_PROGRAMS, OF_TALK } from './lexicon-words.js';

/** What a word is by its hash: known as it stands, or known once it is read otherwise. */
export const KNOWN = 1;
export const KNOWN_REVERSED = 2;
export const KNOWN_ROT13 = 4;
export const KNOWN_ATBASH = 8;
export const KNOWN_LEET = 16;
export const KNOWN_SHUFFLED = 32;
export const CUE = 64;
/** Names of letters: alfa, bravo. */
export const SPELLING = 128;
/** Shorter words reversed or shifted are often words again. */
const SHIFTED_MIN = 3;
/** Letters of the shortest word that is recognised with its inner letters shuffled. */
export const SHUFFLED_MIN = 5;

const A = 0x61;
/** Few words share a slot: one that does is taken for what it is not. */
const TABLE_MASK = 2 ** 18 - 1;
const PAIRS = 2 ** 16;

/** Letters that look alike when signs stand for letters: `i`, `l`, `1` are one. */
const LEET_SIGNS: Readonly<Record<string, string>> = {
  '0': 'o', '1': 'i', '2': 'z', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g',
  '@': 'a', '$': 's', '!': 'i', '|': 'i', '+': 't', '€': 'e', '£': 'i', '¥': 'y', '¢': 'c', l: 'i',
}; // prettier-ignore

/** Letter `0..25` of a unit under the skeleton of leet, plus one; 0 for units that stand for no letter. */
export const LEET_LETTER = new Uint8Array(0x10000);
/** Letter `1..26` of a unit; 0 for others. */
export const LETTER = new Uint8Array(0x10000);
for (let i = 0; i < 26; i++) {
  LETTER[A + i] = LETTER[A - 32 + i] = i + 1;
  LEET_LETTER[A + i] = LEET_LETTER[A - 32 + i] = i + 1;
}
for (const [sign, letter] of Object.entries(LEET_SIGNS)) {
  LEET_LETTER[sign.charCodeAt(0)] = letter.charCodeAt(0) - A + 1;
  if (sign === 'l') LEET_LETTER[sign.charCodeAt(0) - 32] = letter.charCodeAt(0) - A + 1;
}

/** One step of the hash of a word. */
export function hashStep(hash: number, letter: number): number {
  return (Math.imul(hash, 0x01000193) ^ letter) >>> 0;
}
/** A hash spreads its upper bits over the table. */
export function slotOf(hash: number): number {
  return (hash ^ (hash >>> 14)) & TABLE_MASK;
}
/** Letters weigh the same wherever they stand: of words whose inner letters may be shuffled. */
export const LETTER_WEIGHT = Uint32Array.from({ length: 27 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 8);
export function shuffledSlot(first: number, last: number, length: number, sum: number): number {
  return slotOf(hashStep(hashStep(hashStep(sum >>> 0, first), last), length));
}

/** Flags by slot; a slot may be shared, so a flag is a hint: `isKnown` is certain. */
export const FLAGS = new Uint8Array(TABLE_MASK + 1);
/** 1 for each pair of letters (27 * first + second, letters from 1) that stands in a known word. */
export const PLAUSIBLE = new Uint8Array(27 * 27);

const words = new Set<string>();
const skeletons = new Map<string, string>();
const shuffles = new Map<string, string>();

export function isKnown(word: string): boolean {
  return words.has(word);
}
/** The known word that a token with signs for letters is written for. */
export function knownByLeet(token: string): string | undefined {
  return skeletons.get(skeletonOf(token));
}
/** The known word that is this one with its inner letters shuffled. */
export function knownByShuffle(word: string): string | undefined {
  return shuffles.get(shuffleKey(word));
}

function skeletonOf(token: string): string {
  let skeleton = '';
  for (let i = 0; i < token.length; i++) {
    const letter = LEET_LETTER[token.charCodeAt(i)]!;
    if (letter > 0) skeleton += String.fromCharCode(A - 1 + letter);
  }
  return skeleton;
}

function shuffleKey(word: string): string {
  const inner = word.slice(1, -1).split('').sort().join('');
  return word.charAt(0) + inner + word.slice(-1);
}

function flag(word: string, bit: number, letters: Uint8Array = LETTER): void {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = hashStep(hash, letters[word.charCodeAt(i)]!);
  FLAGS[slotOf(hash)]! |= bit;
}

function mapLetters(word: string, to: (letter: number) => number): string {
  let mapped = '';
  for (let i = 0; i < word.length; i++) mapped += String.fromCharCode(A + to(word.charCodeAt(i) - A));
  return mapped;
}

function learn(word: string): void {
  if (words.has(word)) return;
  words.add(word);
  flag(word, KNOWN);
  for (let i = 0; i + 1 < word.length; i++)
    PLAUSIBLE[27 * LETTER[word.charCodeAt(i)]! + LETTER[word.charCodeAt(i + 1)]!] = 1;
  if (word.length < SHIFTED_MIN) return;
  flag(word.split('').reverse().join(''), KNOWN_REVERSED);
  flag(
    mapLetters(word, (letter) => (letter + 13) % 26),
    KNOWN_ROT13,
  );
  flag(
    mapLetters(word, (letter) => 25 - letter),
    KNOWN_ATBASH,
  );
  flag(word, KNOWN_LEET, LEET_LETTER);
  if (!skeletons.has(skeletonOf(word))) skeletons.set(skeletonOf(word), word);
  if (word.length >= SHUFFLED_MIN) {
    shuffles.set(shuffleKey(word), word);
    let sum = 0;
    for (let i = 0; i < word.length; i++) sum += LETTER_WEIGHT[LETTER[word.charCodeAt(i)]!]!;
    const [first, last] = [LETTER[word.charCodeAt(0)]!, LETTER[word.charCodeAt(word.length - 1)]!];
    FLAGS[shuffledSlot(first, last, word.length, sum)]! |= KNOWN_SHUFFLED;
  }
}

/** Words of talk with an assistant about what it is told. */
const talk = new Set(OF_TALK.split(' '));
export function isTalk(word: string): boolean {
  return talk.has(word);
}

for (const list of [OF_TALK, OF_PROGRAMS, FREQUENT]) for (const word of list.split(' ')) learn(word);
for (const word of CUES.split(' ')) if (/^[a-z]+$/.test(word)) flag(word, CUE);

for (const word of LETTER_NAMES.split(' ')) flag(word, SPELLING);

/** 1 in the slot of a frequent pair of Han characters, 2 in that of one turned round. */
export const HAN_PAIR = new Uint8Array(PAIRS);
export function pairSlot(first: number, second: number): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 16;
}
for (const pair of HAN_PAIRS.split(' ')) {
  for (let i = 0; i + 1 < pair.length; i++) {
    HAN_PAIR[pairSlot(pair.charCodeAt(i), pair.charCodeAt(i + 1))]! |= 1;
    HAN_PAIR[pairSlot(pair.charCodeAt(i + 1), pair.charCodeAt(i))]! |= 2;
  }
}
