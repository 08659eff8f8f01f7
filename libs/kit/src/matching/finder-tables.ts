/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { BASE_SHIFT, CODE_SHIFT, layOutLiterals, NO_CODE } from './literal-layout.js';
import { packTexts, type PackedTexts } from './packed-texts.js';
import { growTrie, type Trie } from './trie.js';

/** Codes of the most frequent units: of two of them it is known at once where they lead. */
export const PAIR_SHIFT = 6;
export const PAIRED = 2 ** PAIR_SHIFT;
/** Of other two, a bit of so many tells whether a literal begins with them. */
const SIEVE_SHIFT = 16;
export const SIEVE_MASK = 2 ** SIEVE_SHIFT - 1;
/** The largest of 16 bits stands for none. */
const NARROW = 2 ** 16 - 1;

/** What a LiteralFinder reads; plain, so that it can be kept. */
export interface FinderTables {
  /** Code of each unit; 0 where no literal holds it. */
  readonly codeOf: Uint16Array;
  /** See LiteralLayout. */
  readonly cells: Uint32Array;
  /** Literal that ends in a state; narrow where literals are so few that the nearest caches hold more of it. */
  readonly own: Uint16Array | Int32Array;
  /** The literal that each code is by itself, plus one; 0 = none. */
  readonly alone: Int32Array;
  /** State that two frequent codes lead to; 0 = none. */
  readonly pairs: Uint32Array;
  /** Of the same, the codes that come third in a literal, by their lowest bits; all where one is not longer. */
  readonly thirds: Int32Array;
  readonly sieve: Int32Array;
  readonly longest: number;
}

/**
 * @param literals different from each other and not empty
 * @throws RangeError beyond 4,094 different units, or about half a million states
 */
export function layOutFinder(literals: readonly string[]): FinderTables {
  const packed = packTexts(literals);
  const { codeOf, alphabet } = assignCodes(packed);
  const { units, offsets } = packed;
  for (let i = 0; i < units.length; i++) units[i] = codeOf[units[i]!]!;
  const trie = growTrie({ units, offsets });
  const { cells, own: patterns } = layOutLiterals(trie, alphabet);
  const own = literals.length < NARROW ? new Uint16Array(patterns.length) : new Int32Array(patterns.length);
  for (let i = 0; i < own.length; i++) own[i] = patterns[i]! < 0 ? -1 : trie.first[patterns[i]!]!;
  const tables: FinderTables = {
    codeOf,
    cells,
    own,
    alone: new Int32Array(alphabet),
    pairs: new Uint32Array(PAIRED * PAIRED),
    thirds: new Int32Array(PAIRED * PAIRED),
    sieve: new Int32Array(2 ** SIEVE_SHIFT / 32),
    longest: literals.reduce((most, { length }) => Math.max(most, length), 0),
  };
  for (let code = 1; code < alphabet; code++) {
    const state = childOf(cells, 0, code);
    if (state !== 0 && patterns[state]! >= 0) tables.alone[code] = own[state]! + 1;
  }
  noteBeginnings(tables, trie);
  return tables;
}

/** Notes which two and three codes literals begin with. */
function noteBeginnings(tables: FinderTables, { codes, children }: Trie): void {
  const { cells, alone, thirds, pairs } = tables;
  for (let child = children[0]!; child < children[1]!; child++) {
    const first = codes[child]!;
    // Where a unit is a literal by itself, anything may follow.
    if (alone[first] !== 0 && first < PAIRED) thirds.fill(-1, first << PAIR_SHIFT, (first + 1) << PAIR_SHIFT);
    for (let next = children[child]!; next < children[child + 1]!; next++) {
      const second = codes[next]!;
      const state = childOf(cells, childOf(cells, 0, first), second);
      if ((first | second) < PAIRED) pairs[(first << PAIR_SHIFT) | second] = state;
      let bits = (cells[state]! & 1) === 0 ? 0 : -1;
      for (let last = children[next]!; last < children[next + 1]!; last++) bits |= 1 << (codes[last]! & 31);
      noteBeginning(tables, first, second, bits);
    }
  }
}

function noteBeginning({ thirds, sieve }: FinderTables, first: number, second: number, bits: number): void {
  if ((first | second) < PAIRED) thirds[(first << PAIR_SHIFT) | second]! |= bits;
  else sieve[slotOf(first, second) >>> 5]! |= 1 << (slotOf(first, second) & 31);
}

export function slotOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e37) ^ Math.imul(second, 0x85eb)) & SIEVE_MASK;
}

function childOf(cells: Uint32Array, state: number, code: number): number {
  const child = (cells[state]! >>> BASE_SHIFT) + code;
  return code !== 0 && ((cells[child]! >>> CODE_SHIFT) & NO_CODE) === code ? child : 0;
}

/** Frequent units get the smallest codes: their children then crowd together. The alphabet is one more than the last code. */
function assignCodes({ units }: PackedTexts): { codeOf: Uint16Array; alphabet: number } {
  const weights = new Uint32Array(0x10000);
  const used: number[] = [];
  for (let i = 0; i < units.length; i++) if (weights[units[i]!]!++ === 0) used.push(units[i]!);
  used.sort((a, b) => weights[b]! - weights[a]! || a - b);
  const codeOf = new Uint16Array(0x10000);
  used.forEach((unit, rank) => (codeOf[unit] = rank + 1));
  return { codeOf, alphabet: used.length + 1 };
}
