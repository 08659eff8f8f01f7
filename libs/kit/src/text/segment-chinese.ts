import { CHINESE_STOP_WORDS } from './stop-words.js';
import { CHINESE_WORDS } from './chinese-words.js';

/** Slots of the table of words; a power of two, about twice their number. */
const SLOTS = 1 << 17;
const LEVEL_ZERO = 40;
const LEVEL = 0x7f;
const STOP = 0x80;
/** Four times the logarithm of the sum of all frequencies, in the unit of the levels: what a further word costs. */
const WORD_COST = 71;

interface Words {
  /** Both characters of a word as one number; 0 where the slot is free. */
  readonly keys: Uint32Array;
  /** Level of the frequency (1 + level, so that 0 says "no word"), and the bit of stop words. */
  readonly levels: Uint8Array;
  readonly single: Uint8Array;
}

let words: Words | undefined;

const slotOf = (key: number): number => (Math.imul(key, 0x9e3779b1) >>> 15) & (SLOTS - 1);

/** Built from the generated list at the first Chinese text: about 10 ms and 1 MB. */
function load(): Words {
  const made: Words = {
    keys: new Uint32Array(SLOTS),
    levels: new Uint8Array(SLOTS),
    single: new Uint8Array(0x10000),
  };
  for (const group of CHINESE_WORDS.split(' ')) {
    const first = group.charCodeAt(0);
    made.single[first] = group.charCodeAt(1) - LEVEL_ZERO;
    for (let i = 2; i + 1 < group.length; i += 2)
      insert(made, first * 0x10000 + group.charCodeAt(i), group.charCodeAt(i + 1) - LEVEL_ZERO + 1);
  }
  for (const word of CHINESE_STOP_WORDS) {
    const first = word.charCodeAt(0);
    if (word.length === 1) made.single[first] = (made.single[first] ?? 0) | STOP;
    else {
      const key = first * 0x10000 + word.charCodeAt(1);
      insert(made, key, find(made, key) | STOP);
    }
  }
  return made;
}

function insert(into: Words, key: number, level: number): void {
  let slot = slotOf(key);
  while (into.keys[slot] !== 0 && into.keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1);
  into.keys[slot] = key;
  into.levels[slot] = level;
}

function find({ keys, levels }: Words, key: number): number {
  for (let slot = slotOf(key); keys[slot] !== 0; slot = (slot + 1) & (SLOTS - 1))
    if (keys[slot] === key) return levels[slot] ?? 0;
  return 0;
}

/** How usual a word of two characters (simplified) is: a logarithm of its frequency, 1 to 52; 0 = no word of the dictionary. */
export function wordLevel(first: number, second: number): number {
  return find((words ??= load()), first * 0x10000 + second) & LEVEL;
}

/** Runs up to this length share one set of buffers. */
const BUFFER_UNITS = 4_096;
const buffers = { best: new Int32Array(BUFFER_UNITS + 2), pairs: new Uint8Array(BUFFER_UNITS + 2) };

/**
 * Adds the terms of a run of Chinese (simplified), Japanese or Korean characters: the two-character words of the most
 * probable cut, without stop words; characters that belong to no word of the dictionary (names, kana, hangul) in
 * overlapping pairs, or alone if they stand alone; Han and kana apart. Longer words are deliberately not in the dictionary: 会议 finds
 * 会议室, and questions and documents are cut alike whatever stands beside the word.
 */
export function addEastAsianTerms(run: string, terms: string[]): void {
  const length = run.length;
  const { single } = (words ??= load());
  const { best, pairs } = length <= BUFFER_UNITS ? buffers : newBuffers(length);
  best[length] = 0;
  best[length + 1] = -0x40000000;
  for (let i = length - 1, next = 0; i >= 0; i--) {
    const unit = run.charCodeAt(i);
    const pair = i + 1 < length ? find(words, unit * 0x10000 + next) : 0;
    const alone = (best[i + 1] ?? 0) + ((single[unit] ?? 0) & LEVEL) - WORD_COST;
    const together = pair === 0 ? -0x40000000 : (best[i + 2] ?? 0) + (pair & LEVEL) - 1 - WORD_COST;
    best[i] = Math.max(alone, together);
    pairs[i] = together > alone ? pair : 0;
    next = unit;
  }
  emit(run, pairs, single, terms);
}

function newBuffers(length: number): typeof buffers {
  return { best: new Int32Array(length + 2), pairs: new Uint8Array(length + 2) };
}

function emit(run: string, pairs: Uint8Array, single: Uint8Array, terms: string[]): void {
  let loose = -1;
  for (let i = 0; i < run.length;) {
    const pair = pairs[i] ?? 0;
    const unit = run.charCodeAt(i);
    const stop = ((pair || single[unit]) ?? 0) & STOP;
    if (pair === 0 && !stop) {
      if (loose >= 0 && isKana(unit) !== isKana(run.charCodeAt(i - 1))) {
        addLoose(run.slice(loose, i), terms);
        loose = i;
      } else if (loose < 0) loose = i;
      i++;
      continue;
    }
    if (loose >= 0) addLoose(run.slice(loose, i), terms);
    loose = -1;
    if (!stop) terms.push(run.slice(i, i + 2));
    i += pair === 0 ? 1 : 2;
  }
  if (loose >= 0) addLoose(run.slice(loose), terms);
}

/** Hiragana, katakana; what follows a Japanese word is mostly its ending or a particle and must not join it. */
const isKana = (unit: number): boolean => unit >= 0x3040 && unit <= 0x30ff;

/** Overlapping pairs of the characters of a run; a lone character is a term, but not lone hiragana (particles). */
function addLoose(run: string, terms: string[]): void {
  if (run.length <= 2 && (run.length === 1 || (run.codePointAt(0) ?? 0) > 0xffff)) {
    if (run.charCodeAt(0) < 0x3040 || run.charCodeAt(0) > 0x309f) terms.push(run);
    return;
  }
  let before = '';
  for (const character of run) {
    if (before) terms.push(before + character);
    before = character;
  }
}
