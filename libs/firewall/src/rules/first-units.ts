/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { firstOf, has, kindOf, KINDS, type Kinds } from './kind-sets.js';
import { keepLatest } from './keep-latest.js';
import { DEPTH, numberAt, WaysToBegin } from './ways-to-begin.js';

const KINDS_SHIFT = 8;
const BITS = 32;
/** So many ways at most lie in a quarter of the memory: three rules of four begin in no more. */
const FEW_BITS = 8;
/** Patterns of which they are kept. */
const KNOWN_MAX = 4_096;

/** For each place and kind of unit, a bit of each way. */
export type Masks = Int32Array | Uint8Array;

const PLACES = Array.from({ length: DEPTH }, (_, place) => place);

/**
 * The places where matches of a pattern can begin, by their first units: ways to begin share 32 bits, and a place is one
 * where a bit is left of those that each unit allows. No match begins elsewhere.
 */
export class FirstUnits {
  constructor(readonly masks: Masks) {}

  static readonly of = keepLatest(KNOWN_MAX, (source) => new FirstUnits(masksOf(new WaysToBegin(source))));

  /** The first place from `from` to `last` where a match can begin, or -1. Behind the text stand DEPTH zeros. */
  next(units: Uint16Array, from: number, last: number): number {
    const { masks } = this;
    let first = kindOf(units[from]!);
    let second = kindOf(units[from + 1]!);
    for (let at = from; at <= last; at++) {
      const third = kindOf(units[at + 2]!);
      const bits = masks[first]! & masks[(1 << KINDS_SHIFT) | second]!;
      first = second;
      second = third;
      if (bits === 0) continue;
      const fourth = kindOf(units[at + 3]!);
      if ((bits & masks[(2 << KINDS_SHIFT) | third]! & masks[(3 << KINDS_SHIFT) | fourth]!) !== 0) return at;
    }
    return -1;
  }
}

/** A bit for each way; those that begin alike share one where there are more than bits. */
function masksOf({ ways, sets }: WaysToBegin): Masks {
  const each = ways.map((way) => PLACES.map((place) => sets.kindsOf(numberAt(way, place))));
  const order = new Map(
    each.map((way) => [way, way.reduce((sum, kinds) => sum * KINDS + firstOf(kinds), 0)]),
  );
  each.sort((a, b) => order.get(a)! - order.get(b)!);
  const bits = Math.min(BITS, each.length);
  const masks = bits <= FEW_BITS ? new Uint8Array(DEPTH * KINDS) : new Int32Array(DEPTH * KINDS);
  for (let bit = 0; bit < bits; bit++) {
    const [from, to] = [bit, bit + 1].map((at) => Math.ceil((at * each.length) / bits));
    for (const place of PLACES) {
      const all = united(each.slice(from, to).map((way) => way[place]!));
      for (let kind = 0; kind < KINDS; kind++)
        if (has(all, kind)) masks[(place << KINDS_SHIFT) | kind]! |= 1 << bit;
    }
  }
  return masks;
}

function united(sets: readonly Kinds[]): Kinds {
  const all = new Uint32Array(KINDS / 32);
  for (const kinds of sets) for (let word = 0; word < all.length; word++) all[word]! |= kinds[word]!;
  return all;
}
