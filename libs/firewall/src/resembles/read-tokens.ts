import { conceptTables, hashOn, NO_UNITS, STEM_MIN, type ConceptTables } from './concepts.js';

/** What a token is: `word` holds letters and digits, `han` one Chinese character, `sign` anything else that is seen. */
export const WORD = 0;
export const HAN = 1;
export const SIGN = 2;

/** Units of a word whose hash stands for its kin. */
const KIN = 5;
/** Units of a sentence after which it is cut: a Chinese character counts like three letters. */
export const SENTENCE_MAX = 350;
const HAN_WEIGHT = 3;

/** A text as words, characters and signs, with what they stand for. Filled anew by each reading. */
export class Tokens {
  count = 0;
  kinds = new Uint8Array(1024);
  hashes = new Int32Array(1024);
  /** Hash of the first five units; 0 of words that are not longer. */
  kins = new Int32Array(1024);
  starts = new Int32Array(1024);
  ends = new Int32Array(1024);
  /** Concepts in order, each with the token that stands for it. */
  concepts = new Uint8Array(1024);
  conceptAt = new Int32Array(1024);
  conceptCount = 0;
  /** The token after each sentence, and its weight in letters. */
  readonly sentences: number[] = [];
  readonly sizes: number[] = [];

  push(kind: number, hash: number, kin: number, start: number, end: number): void {
    if (this.count === this.kinds.length) this.grow();
    const at = this.count++;
    this.kinds[at] = kind;
    this.hashes[at] = hash;
    this.kins[at] = kin;
    this.starts[at] = start;
    this.ends[at] = end;
  }

  clear(): void {
    this.count = 0;
    this.conceptCount = 0;
    this.sentences.length = 0;
    this.sizes.length = 0;
  }

  /** What the token that comes next stands for. */
  note(concepts: readonly number[]): void {
    if (concepts.length === 0) return;
    for (const concept of concepts) {
      if (this.conceptCount === this.concepts.length) {
        this.concepts = widerBytes(this.concepts);
        this.conceptAt = wider(this.conceptAt);
      }
      this.concepts[this.conceptCount] = concept;
      this.conceptAt[this.conceptCount++] = this.count;
    }
  }

  private grow(): void {
    this.kinds = widerBytes(this.kinds);
    this.hashes = wider(this.hashes);
    this.kins = wider(this.kins);
    this.starts = wider(this.starts);
    this.ends = wider(this.ends);
  }
}

function wider(old: Int32Array): Int32Array<ArrayBuffer> {
  const list = new Int32Array(2 * old.length);
  list.set(old);
  return list;
}

function widerBytes(old: Uint8Array): Uint8Array<ArrayBuffer> {
  const list = new Uint8Array(2 * old.length);
  list.set(old);
  return list;
}

const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff;
/** Letters of other alphabets count as those of words. */
const isWord = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x30 && unit <= 0x39) ||
  (unit >= 0xc0 && unit < 0x2000) ||
  (unit > 0x9fff && unit < 0xd800);
const isApostrophe = (unit: number): boolean => unit === 0x27 || unit === 0x2019;
const APOSTROPHE = 0x27;
const SENTENCE_ENDS = new Uint8Array(0x10000);
for (const sign of '.!?。;；\n') SENTENCE_ENDS[sign.charCodeAt(0)] = 1;

let tables: ConceptTables | undefined;

/** Reads canonical text into `tokens`. Time is linear in its length. */
export function readTokens(text: string, tokens: Tokens): void {
  tokens.clear();
  tables ??= conceptTables();
  let size = 0;
  let from = 0;
  for (let at = 0; at < text.length;) {
    const unit = text.charCodeAt(at);
    const before = at;
    if (unit <= 0x20 && unit !== 0x0a) at++;
    else if (isHan(unit)) at = readHan(text, at, tokens, tables);
    else if (isWord(unit)) at = readWord(text, at, tokens, tables);
    else {
      if (unit !== 0x0a) readSign(unit, at, tokens, tables);
      at++;
    }
    size += isHan(unit) ? HAN_WEIGHT * (at - before) : at - before;
    if ((SENTENCE_ENDS[unit] === 1 || size > SENTENCE_MAX) && tokens.count > from) {
      tokens.sentences.push(tokens.count);
      tokens.sizes.push(size);
      [from, size] = [tokens.count, 0];
    }
  }
  if (tokens.count > from) {
    tokens.sentences.push(tokens.count);
    tokens.sizes.push(size);
  }
}

function readSign(unit: number, at: number, tokens: Tokens, { words }: ConceptTables): void {
  const hash = hashOn(NO_UNITS, unit);
  tokens.note(words.of(hash));
  tokens.push(SIGN, hash, 0, at, at + 1);
}

function readWord(text: string, start: number, tokens: Tokens, { words, stems }: ConceptTables): number {
  let hash = NO_UNITS;
  let kin = 0;
  let at = start;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isWord(unit)) hash = hashOn(hash, unit);
    else if (isApostrophe(unit) && at + 1 < text.length && isWord(text.charCodeAt(at + 1)))
      hash = hashOn(hash, APOSTROPHE);
    else break;
    const length = at + 1 - start;
    if (length === KIN) kin = hash;
    if (length >= STEM_MIN) tokens.note(stems.of(hash));
  }
  tokens.note(words.of(hash));
  tokens.push(WORD, hash, at - start > KIN ? kin : 0, start, at);
  return at;
}

/** One character, or all of a word that stands for something. */
function readHan(text: string, start: number, tokens: Tokens, { han, hanFrom }: ConceptTables): number {
  const most = hanFrom[text.charCodeAt(start)] ?? 0;
  let hash = NO_UNITS;
  let found: readonly number[] = [];
  let end = start + 1;
  for (let at = start; at < start + most && at < text.length; at++) {
    hash = hashOn(hash, text.charCodeAt(at));
    const concepts = han.of(hash);
    if (concepts.length > 0) [found, end] = [concepts, at + 1];
  }
  tokens.note(found);
  for (let at = start; at < end; at++) tokens.push(HAN, hashOn(NO_UNITS, text.charCodeAt(at)), 0, at, at + 1);
  return end;
}
