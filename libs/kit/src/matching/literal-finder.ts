/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { PAIR_SHIFT, PAIRED, slotOf, type FinderTables } from './finder-tables.js';
import { BASE_SHIFT, CODE_SHIFT, NO_CODE } from './literal-layout.js';
import type { MatchList } from './match-list.js';

/** The arrays of a longer text are not kept. */
const KEPT_UNITS = 2 ** 20;
const FIRST_UNITS = 4_096;
/** Zeros behind the units of a text, for those who look ahead. */
const AHEAD = 8;
// Constants of this module: the engine looks imported ones up at each use.
const BASE = BASE_SHIFT;
const CODE = CODE_SHIFT;
const MASK = NO_CODE;
const FREQUENT_SHIFT = PAIR_SHIFT;
const FREQUENT = PAIRED;

/** The units and codes of the text at hand: of all texts, one after the other. */
class Room {
  readonly units: Uint16Array;
  readonly bytes: Buffer;
  /** Followed by two zeros. */
  readonly codes: Uint16Array;
  /** Where a literal may begin. */
  readonly places: Int32Array;

  constructor(readonly length: number) {
    this.units = new Uint16Array(length + AHEAD);
    this.bytes = Buffer.from(this.units.buffer);
    this.codes = new Uint16Array(length + 2);
    this.places = new Int32Array(length + 1);
  }
}
let kept = new Room(FIRST_UNITS);

function roomFor(length: number): Room {
  if (length <= kept.length) return kept;
  const room = new Room(Math.ceil(length * 1.25));
  if (length <= KEPT_UNITS) kept = room;
  return room;
}

/**
 * Finds literals in texts as they stand there: no folding, no borders, none that may go on in a text to come. That makes
 * it several times as fast as `Matcher`, and its tables a quarter as large. Each place costs at most as many steps as
 * the longest literal has units.
 */
export class LiteralFinder {
  /** A match has the index of its literal. */
  constructor(private readonly tables: FinderTables) {}

  /**
   * Adds all overlapping matches to the list, in the order in which they begin; the shorter first.
   * @returns the units of the text and eight zeros, valid until the next text is scanned
   */
  scan(text: string, list: MatchList): Uint16Array {
    const room = roomFor(text.length);
    this.encode(text, room);
    const count = this.findPlaces(room, text.length);
    const { cells, own, pairs, alone, longest } = this.tables;
    const { codes, places } = room;
    let data: Int32Array = list.data;
    let end = 3 * list.count;
    let most = data.length - 3 * longest;
    for (let k = 0; k < count; k++) {
      const i = places[k]!;
      const first = codes[i]!;
      const second = codes[i + 1]!;
      if (end > most) {
        data = larger(list, end);
        most = data.length - 3 * longest;
      }
      const single = alone[first]!;
      if (single !== 0) {
        data[end] = single - 1;
        data[end + 1] = i;
        data[end + 2] = i + 1;
        end += 3;
      }
      let state =
        (first | second) < FREQUENT ? pairs[(first << FREQUENT_SHIFT) | second]! : this.pairOf(first, second);
      if (state === 0) continue;
      let cell = cells[state]!;
      for (let at = i + 2; ; at++) {
        if ((cell & 1) !== 0) {
          data[end] = own[state]!;
          data[end + 1] = i;
          data[end + 2] = at;
          end += 3;
        }
        // Behind the last unit stands a zero, which leads nowhere.
        const code = codes[at]!;
        state = (cell >>> BASE) + code;
        cell = cells[state]!;
        if (((cell >>> CODE) & MASK) !== code) break;
      }
    }
    list.count = end / 3;
    return room.units;
  }

  /** Puts down where a literal may begin, by its first three codes; without a branch that depends on them. */
  private findPlaces({ codes, places }: Room, length: number): number {
    const { thirds, sieve, alone } = this.tables;
    let count = 0;
    let first = codes[0]!;
    let second = codes[1]!;
    for (let i = 0; i < length; i++) {
      const third = codes[i + 2]!;
      places[count] = i;
      if ((first | second) < FREQUENT)
        count += (thirds[(first << FREQUENT_SHIFT) | second]! >>> (third & 31)) & 1;
      else {
        const slot = slotOf(first, second);
        count += alone[first] !== 0 ? 1 : (sieve[slot >>> 5]! >>> (slot & 31)) & 1;
      }
      first = second;
      second = third;
    }
    return count;
  }

  private encode(text: string, { bytes, units, codes }: Room): void {
    const { codeOf } = this.tables;
    const { length } = text;
    bytes.write(text, 'utf16le');
    units.fill(0, length, length + AHEAD);
    for (let i = 0; i < length; i++) codes[i] = codeOf[units[i]!]!;
    codes[length] = codes[length + 1] = 0;
  }

  private pairOf(first: number, second: number): number {
    const state = this.childOf(0, first);
    return state === 0 ? 0 : this.childOf(state, second);
  }

  private childOf(state: number, code: number): number {
    const { cells } = this.tables;
    const child = (cells[state]! >>> BASE) + code;
    return code !== 0 && ((cells[child]! >>> CODE) & MASK) === code ? child : 0;
  }
}

function larger(list: MatchList, used: number): Int32Array {
  const data = new Int32Array(2 * list.data.length + used);
  data.set(list.data);
  list.data = data;
  return data;
}
