/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { BASE_SHIFT, CODE_SHIFT, layOutLiterals, NO_CODE } from './literal-layout.js';
import type { MatchList } from './match-list.js';
import { packTexts, type PackedTexts } from './packed-texts.js';
import { growTrie, type Trie } from './trie.js';

/** Codes of the most frequent units: of two of them it is known at once where they lead. */
const PAIR_SHIFT = 6;
const PAIRED = 2 ** PAIR_SHIFT;
/** Of other two, a bit of so many tells whether a literal begins with them. */
const SIEVE_SHIFT = 16;
const SIEVE_MASK = 2 ** SIEVE_SHIFT - 1;
/** The arrays of a longer text are not kept. */
const KEPT_UNITS = 2 ** 20;
const FIRST_UNITS = 4_096;
/** Zeros behind the units of a text, for those who look ahead. */
const AHEAD = 8;
/** The largest of 16 bits stands for none. */
const NARROW = 2 ** 16 - 1;
// Constants of this module: the engine looks imported ones up at each use.
const BASE = BASE_SHIFT;
const CODE = CODE_SHIFT;
const MASK = NO_CODE;

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
  /** Code of each unit; 0 where no literal holds it. */
  private readonly codeOf = new Uint16Array(0x10000);
  private readonly cells: Uint32Array;
  /** Literal that ends in a state; narrow where literals are so few that the nearest caches hold more of it. */
  private readonly own: Uint16Array | Int32Array;
  /** The literal that each code is by itself, plus one; 0 = none. */
  private readonly alone: Int32Array;
  /** State that two frequent codes lead to; 0 = none. */
  private readonly pairs = new Uint32Array(PAIRED * PAIRED);
  /** Of the same, the codes that come third in a literal, by their lowest bits; all where one is not longer. */
  private readonly thirds = new Int32Array(PAIRED * PAIRED);
  private readonly sieve = new Int32Array(2 ** SIEVE_SHIFT / 32);
  private readonly longest: number;

  /**
   * @param literals different from each other and not empty; a match has their index
   * @throws RangeError beyond 4,094 different units, or about half a million states
   */
  constructor(literals: readonly string[]) {
    const packed = packTexts(literals);
    const alphabet = this.assignCodes(packed);
    this.longest = literals.reduce((most, { length }) => Math.max(most, length), 0);
    const trie = growTrie({ units: packed.units.map((unit) => this.codeOf[unit]!), offsets: packed.offsets });
    const { cells, own } = layOutLiterals(trie, alphabet);
    this.cells = cells;
    const literalOf = (pattern: number): number => (pattern < 0 ? -1 : trie.first[pattern]!);
    this.own = literals.length < NARROW ? Uint16Array.from(own, literalOf) : Int32Array.from(own, literalOf);
    this.alone = new Int32Array(alphabet);
    for (let code = 1; code < alphabet; code++) {
      const state = this.childOf(0, code);
      if (state !== 0) this.alone[code] = literalOf(own[state]!) + 1;
    }
    const paired = Math.min(alphabet, PAIRED);
    for (let first = 1; first < paired; first++)
      for (let second = 1; second < paired; second++)
        this.pairs[(first << PAIR_SHIFT) | second] = this.pairOf(first, second);
    this.noteBeginnings(trie);
  }

  /**
   * Adds all overlapping matches to the list, in the order in which they begin; the shorter first.
   * @returns the units of the text and eight zeros, valid until the next text is scanned
   */
  scan(text: string, list: MatchList): Uint16Array {
    const room = roomFor(text.length);
    this.encode(text, room);
    const count = this.findPlaces(room, text.length);
    const { cells, own, pairs, alone, longest } = this;
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
        (first | second) < PAIRED ? pairs[(first << PAIR_SHIFT) | second]! : this.pairOf(first, second);
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
    const { thirds, sieve, alone } = this;
    let count = 0;
    let first = codes[0]!;
    let second = codes[1]!;
    for (let i = 0; i < length; i++) {
      const third = codes[i + 2]!;
      places[count] = i;
      if ((first | second) < PAIRED) count += (thirds[(first << PAIR_SHIFT) | second]! >>> (third & 31)) & 1;
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
    const { codeOf } = this;
    const { length } = text;
    bytes.write(text, 'utf16le');
    units.fill(0, length, length + AHEAD);
    for (let i = 0; i < length; i++) codes[i] = codeOf[units[i]!]!;
    codes[length] = codes[length + 1] = 0;
  }

  /** What `findPlaces` asks for. */
  private noteBeginnings({ codes, children }: Trie): void {
    for (let child = children[0]!; child < children[1]!; child++) {
      const first = codes[child]!;
      // Where a unit is a literal by itself, anything may follow.
      if (this.alone[first] !== 0 && first < PAIRED)
        this.thirds.fill(-1, first << PAIR_SHIFT, (first + 1) << PAIR_SHIFT);
      for (let next = children[child]!; next < children[child + 1]!; next++) {
        const second = codes[next]!;
        let bits = (this.cells[this.pairOf(first, second)]! & 1) === 0 ? 0 : -1;
        for (let last = children[next]!; last < children[next + 1]!; last++) bits |= 1 << (codes[last]! & 31);
        this.noteBeginning(first, second, bits);
      }
    }
  }

  private noteBeginning(first: number, second: number, thirds: number): void {
    if ((first | second) < PAIRED) this.thirds[(first << PAIR_SHIFT) | second]! |= thirds;
    else this.sieve[slotOf(first, second) >>> 5]! |= 1 << (slotOf(first, second) & 31);
  }

  private pairOf(first: number, second: number): number {
    const state = this.childOf(0, first);
    return state === 0 ? 0 : this.childOf(state, second);
  }

  private childOf(state: number, code: number): number {
    const child = (this.cells[state]! >>> BASE) + code;
    return code !== 0 && ((this.cells[child]! >>> CODE) & MASK) === code ? child : 0;
  }

  /** Frequent units get the smallest codes: their children then crowd together. Returns one more than the last code. */
  private assignCodes({ units }: PackedTexts): number {
    const weights = new Uint32Array(0x10000);
    for (const unit of units) weights[unit]!++;
    const used: number[] = [];
    weights.forEach((weight, unit) => weight > 0 && used.push(unit));
    used.sort((a, b) => weights[b]! - weights[a]! || a - b);
    used.forEach((unit, rank) => (this.codeOf[unit] = rank + 1));
    return used.length + 1;
  }
}

function slotOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e37) ^ Math.imul(second, 0x85eb)) & SIEVE_MASK;
}

function larger(list: MatchList, used: number): Int32Array {
  const data = new Int32Array(2 * list.data.length + used);
  data.set(list.data);
  list.data = data;
  return data;
}
