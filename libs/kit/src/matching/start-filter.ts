/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { BASE, CHECK, type Automaton } from './automaton.js';
import { sharedInt32 } from './shared-arrays.js';

/** Odd numbers whose products spread over all bits, the highest best: the sum of both is the hash of a pair. */
export const FIRST_FACTOR = 0x9e3779b1 | 0;
export const SECOND_FACTOR = 0x85ebca6b | 0;
/** Five bits of a hash from here on say which bit of its row is the pair's own. */
export const OWN_BIT_SHIFT = 8;

/** Rows by their number, as a power of two: a page of memory at least, at most what a core's cache holds. */
const LEAST_ROWS = 10;
const MOST_ROWS = 16;

/** How many codes beyond a place are looked at. */
export const FILTER_AHEAD = 2;

/** Tells where a pattern may begin, by three codes: hardly any place where none does passes. */
export class StartFilter {
  /**
   * For each pair of codes, by the highest bits of its hash: a bit for each code (modulo 32) that goes on from there,
   * and one, by other bits of the hash, if the pair is a pattern.
   */
  readonly rows: Int32Array;
  /** Of a hash, so many bits are left out. */
  readonly shift: number;
  /** Codes from 1 to this one are patterns by themselves. */
  readonly alone: number;

  constructor({ cells, own, depth, alone }: Automaton, patterns: number) {
    const size = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Math.ceil(Math.log2(patterns)) + 1));
    this.rows = sharedInt32(2 ** size);
    this.shift = 32 - size;
    this.alone = alone;
    for (let state = 1; state < depth.length; state++) {
      const level = depth[state]!;
      if (level !== 2 && level !== 3) continue;
      const parent = cells[4 * state + CHECK]!;
      const code = state - cells[4 * parent + BASE]!;
      // A child of the root is its own code.
      const grandparent = cells[4 * parent + CHECK]!;
      if (level === 3) this.add(grandparent, parent - cells[4 * grandparent + BASE]!, code);
      else if (own[state]! >= 0) this.add(parent, code);
    }
  }

  private add(first: number, second: number, third?: number): void {
    const hash = (Math.imul(first, FIRST_FACTOR) + Math.imul(second, SECOND_FACTOR)) | 0;
    this.rows[hash >>> this.shift]! |= 1 << (third ?? hash >>> OWN_BIT_SHIFT);
  }
}
