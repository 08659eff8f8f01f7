/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { unitsOf } from '@lorekeep/kit/matching';
import { hashOn, NO_UNITS } from './concepts.js';
import { HAN, isApostrophe, kindOf, WORD } from './read-tokens.js';

/** A set of numbers of so many bits, in the order in which they came. */
export class Once {
  private readonly stamps: Uint32Array;
  private readonly list: Uint16Array;
  private stamp = 0;
  private count = 0;

  constructor(bits: number) {
    this.stamps = new Uint32Array(1 << bits);
    this.list = new Uint16Array(1 << bits);
  }

  /** Until the next `clear`. */
  get numbers(): Uint16Array {
    return this.list.subarray(0, this.count);
  }

  clear(): void {
    this.stamp = (this.stamp + 1) >>> 0;
    this.count = 0;
  }

  /** Bits above those of the set are cut off. */
  add(number: number): void {
    const { stamps } = this;
    const at = number & (stamps.length - 1);
    if (stamps[at] === this.stamp) return;
    stamps[at] = this.stamp;
    this.list[this.count++] = at;
  }
}

/** Letters beside each other that are looked at together: of words, with where those begin and end, and of Chinese. */
const [SHORTEST, LONGEST, LONGEST_HAN] = [3, 5, 3];
const EDGE = 0x5f;

/**
 * Shorter pieces of the words in a part of a text: forms, kin and misspellings of a word share them, where the word
 * itself was never seen. Linear.
 */
export function readLetters(text: string, start: number, end: number, letters: Once): void {
  const units = unitsOf(text);
  for (let at = start; at < end;) {
    const kind = kindOf(units[at]!);
    const from = at++;
    if (kind !== WORD && kind !== HAN) continue;
    at = endOf(units, from, end, kind);
    if (kind === WORD) readWord(units, from, at, letters);
    else readHan(units, from, at, letters);
  }
}

function endOf(units: Uint16Array, from: number, end: number, kind: number): number {
  let at = from + 1;
  for (; at < end; at++) {
    const unit = units[at]!;
    if (kindOf(unit) === kind) continue;
    const joins = kind === WORD && isApostrophe(unit) && at + 1 < end && kindOf(units[at + 1]!) === WORD;
    if (!joins) break;
  }
  return at;
}

function readWord(units: Uint16Array, start: number, end: number, letters: Once): void {
  for (let from = start - 1; from + SHORTEST <= end + 1; from++) {
    const to = Math.min(end + 1, from + LONGEST);
    let hash = NO_UNITS;
    for (let at = from; at < to; at++) {
      hash = hashOn(hash, at < start || at >= end ? EDGE : units[at]!);
      if (at - from + 1 >= SHORTEST) letters.add(mixed(hash));
    }
  }
}

function readHan(units: Uint16Array, start: number, end: number, letters: Once): void {
  for (let from = start; from < end; from++) {
    const to = Math.min(end, from + LONGEST_HAN);
    let hash = NO_UNITS;
    for (let at = from; at < to; at++) letters.add(mixed((hash = hashOn(hash, units[at]!))));
  }
}

/** The last units of a hash as it is stand in its lowest bits alone. */
function mixed(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return (spread ^ (spread >>> 13)) >>> 8;
}
