/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { BASE, CHECK, type Automaton } from './automaton.js';

/** Multipliers of the hash: odd numbers with mixed bits. */
export const FIRST = 0x9e3779b1;
export const SECOND = 0x85ebca6b;
export const THIRD = 0xc2b2ae35;

/** Bits of a table: so many times the keys, as a power of two, within limits. */
const SPARSENESS = 4;
const LEAST_BITS = 13;
const MOST_BITS = 23;

/**
 * Says of three codes whether a pattern may begin with them; it errs in one way only. Bits by hash: patterns of
 * one code, of two, and the first three codes of the others.
 */
export interface PrefixFilter {
  readonly ones: Uint8Array;
  readonly twos: Int32Array;
  readonly twosShift: number;
  readonly threes: Int32Array;
  readonly threesShift: number;
}

export function prefixFilter({ cells, own, depth, alphabet }: Automaton): PrefixFilter {
  let [pairs, triples] = [0, 0];
  for (let state = 0; state < own.length; state++) {
    if (depth[state] === 2 && own[state]! >= 0) pairs++;
    else if (depth[state] === 3) triples++;
  }
  const [twosBits, threesBits] = [bitsFor(pairs), bitsFor(triples)];
  const filter = {
    ones: new Uint8Array(alphabet),
    twos: new Int32Array(1 << (twosBits - 5)),
    twosShift: 32 - twosBits,
    threes: new Int32Array(1 << (threesBits - 5)),
    threesShift: 32 - threesBits,
  };
  const codeInto = (state: number, parent: number) => state - cells[4 * parent + BASE]!;
  for (let state = 1; state < own.length; state++) {
    const level = depth[state]!;
    if (level === 0 || level > 3) continue;
    if (level === 1) {
      if (own[state]! >= 0) filter.ones[state] = 1;
      continue;
    }
    const parent = cells[4 * state + CHECK]!;
    if (level === 2) {
      if (own[state]! < 0) continue;
      const hash = Math.imul(parent, FIRST) + Math.imul(codeInto(state, parent), SECOND);
      setBit(filter.twos, hash >>> filter.twosShift);
      continue;
    }
    const first = cells[4 * parent + CHECK]!;
    const hash = (Math.imul(first, FIRST) + Math.imul(codeInto(parent, first), SECOND)) | 0;
    setBit(filter.threes, Math.imul(hash + codeInto(state, parent), THIRD) >>> filter.threesShift);
  }
  return filter;
}

function setBit(bits: Int32Array, index: number): void {
  bits[index >>> 5]! |= 1 << (index & 31);
}

function bitsFor(keys: number): number {
  const wanted = Math.ceil(Math.log2(Math.max(1, keys))) + SPARSENESS;
  return Math.max(LEAST_BITS, Math.min(MOST_BITS, wanted));
}
