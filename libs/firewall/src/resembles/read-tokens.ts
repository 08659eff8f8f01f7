/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { unitsOf } from '@lorekeep/kit/matching';
import {
  conceptTables,
  type ConceptTable,
  hashOn,
  NO_UNITS,
  STEM_MIN,
  type ConceptTables,
} from './concepts.js';

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
  /** Concepts in order, each with the token that stands for it. */
  concepts = new Uint8Array(1024);
  conceptAt = new Int32Array(1024);
  conceptCount = 0;
  /** The token after each sentence, its weight in letters, and where in the text it begins and ends. */
  readonly sentences: number[] = [];
  readonly sizes: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  push(kind: number, hash: number, kin: number): void {
    const at = this.count++;
    this.kinds[at] = kind;
    this.hashes[at] = hash;
    this.kins[at] = kin;
  }

  /** Makes room for a text of so many units: none has more tokens. */
  clear(units: number): void {
    this.count = 0;
    this.conceptCount = 0;
    this.sentences.length = 0;
    this.sizes.length = 0;
    this.starts.length = 0;
    this.ends.length = 0;
    if (units <= this.kinds.length) return;
    const room = 2 ** Math.ceil(Math.log2(units));
    this.kinds = new Uint8Array(room);
    this.hashes = new Int32Array(room);
    this.kins = new Int32Array(room);
  }

  /** The tokens since the last sentence are one. */
  endSentence(size: number, start: number, end: number): void {
    this.sentences.push(this.count);
    this.sizes.push(size);
    this.starts.push(start);
    this.ends.push(end);
  }

  /** What the token that comes next stands for, if it is anything. */
  note(table: ConceptTable, hash: number): void {
    const slot = table.slotOf(hash);
    for (let place = 0; ; place++) {
      const concept = table.conceptAt(slot, place);
      if (concept < 0) return;
      if (this.conceptCount === this.concepts.length) {
        this.concepts = widerBytes(this.concepts);
        this.conceptAt = wider(this.conceptAt);
      }
      this.concepts[this.conceptCount] = concept;
      this.conceptAt[this.conceptCount++] = this.count;
    }
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

/** What a unit is to a reader of tokens; letters of other alphabets count as those of words. */
const BLANK = 3;
const LINE_END = 4;
const ASCII = 128;
const KINDS = Uint8Array.from({ length: ASCII }, (_, unit) => {
  if (unit === 0x0a) return LINE_END;
  if (unit <= 0x20) return BLANK;
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) ? WORD : SIGN;
});

export function kindOf(unit: number): number {
  if (unit < ASCII) return KINDS[unit]!;
  if (unit >= 0x3400 && unit <= 0x9fff) return HAN;
  return (unit >= 0xc0 && unit < 0x2000) || (unit > 0x9fff && unit < 0xd800) ? WORD : SIGN;
}

export const isApostrophe = (unit: number): boolean => unit === 0x27 || unit === 0x2019;
const APOSTROPHE = 0x27;
const SENTENCE_ENDS = new Uint8Array(0x10000);
for (const sign of '.!?。;；\n') SENTENCE_ENDS[sign.charCodeAt(0)] = 1;

let tables: ConceptTables | undefined;

/** Reads canonical text into `tokens`. Time is linear in its length. */
export function readTokens(text: string, tokens: Tokens): void {
  const { length } = text;
  tokens.clear(length);
  tables ??= conceptTables();
  const units = unitsOf(text);
  let [size, from, start, end] = [0, 0, 0, 0];
  for (let at = 0; at < length;) {
    const unit = units[at]!;
    const kind = kindOf(unit);
    const before = at++;
    if (kind < BLANK) {
      if (tokens.count === from) start = before;
      if (kind === WORD) at = readWord(units, before, length, tokens, tables);
      else if (kind === SIGN) readSign(unit, tokens, tables);
      else {
        at = readHan(units, before, length, tokens, tables);
        size += (HAN_WEIGHT - 1) * (at - before);
      }
      end = at;
    }
    size += at - before;
    if ((SENTENCE_ENDS[unit] === 0 && size <= SENTENCE_MAX) || tokens.count === from) continue;
    tokens.endSentence(size, start, end);
    from = tokens.count;
    size = 0;
  }
  if (tokens.count > from) tokens.endSentence(size, start, end);
}

function readSign(unit: number, tokens: Tokens, { words }: ConceptTables): void {
  const hash = hashOn(NO_UNITS, unit);
  if (words.mayHold(hash)) tokens.note(words, hash);
  tokens.push(SIGN, hash, 0);
}

function readWord(
  units: Uint16Array,
  start: number,
  length: number,
  tokens: Tokens,
  { words, stems, beginnings }: ConceptTables,
): number {
  const stemAt = start + STEM_MIN - 1;
  let hash = NO_UNITS;
  let kin = 0;
  let at = start;
  let mayHoldStem = false;
  for (; at < length; at++) {
    const unit = units[at]!;
    if (kindOf(unit) === WORD) hash = hashOn(hash, unit);
    else if (isApostrophe(unit) && at + 1 < length && kindOf(units[at + 1]!) === WORD)
      hash = hashOn(hash, APOSTROPHE);
    else break;
    if (at < stemAt) continue;
    if (at === stemAt) mayHoldStem = beginnings.mayHold(hash);
    else if (at === start + KIN - 1) kin = hash;
    if (mayHoldStem && stems.mayHold(hash)) tokens.note(stems, hash);
  }
  if (words.mayHold(hash)) tokens.note(words, hash);
  tokens.push(WORD, hash, at - start > KIN ? kin : 0);
  return at;
}

/** One character, or all of a word that stands for something. */
function readHan(
  units: Uint16Array,
  start: number,
  length: number,
  tokens: Tokens,
  { han, hanFrom }: ConceptTables,
): number {
  const last = Math.min(length, start + hanFrom[units[start]!]!);
  let hash = NO_UNITS;
  let longest: number | undefined;
  let end = start + 1;
  for (let at = start; at < last; at++) {
    hash = hashOn(hash, units[at]!);
    if (!han.mayHold(hash) || han.conceptAt(han.slotOf(hash), 0) < 0) continue;
    longest = hash;
    end = at + 1;
  }
  if (longest !== undefined) tokens.note(han, longest);
  for (let at = start; at < end; at++) tokens.push(HAN, hashOn(NO_UNITS, units[at]!), 0);
  return end;
}
