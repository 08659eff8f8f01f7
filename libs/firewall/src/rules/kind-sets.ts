/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import type { CharSet } from './char-set.js';

/** Kinds of units: each of ASCII is one, the others are told apart by their lowest bits. */
export const KINDS = 256;
const ASCII = 128;
const WORDS = KINDS / 32;

export function kindOf(unit: number): number {
  return unit < ASCII ? unit : ASCII | (unit & (ASCII - 1));
}

/** Kinds of units, a bit each. */
export type Kinds = Uint32Array;

/** Sets of kinds of units by their numbers, from 1; beyond `most` a set is anything. */
export class KindSets {
  private readonly sets: Kinds[] = [new Uint32Array(WORDS)];
  private readonly numbers = new Map<string, number>();
  /** The number of all kinds. */
  readonly any: number;

  constructor(private readonly most: number) {
    this.any = this.numberOf(new Uint32Array(WORDS).fill(0xffffffff));
  }

  kindsOf(number: number): Kinds {
    return this.sets[number]!;
  }

  ofCharacters(set: CharSet): number {
    const kinds = new Uint32Array(WORDS);
    const put = (kind: number): void => {
      kinds[kind >> 5]! |= 1 << (kind & 31);
    };
    for (const [low, high] of set) {
      for (let unit = low; unit <= Math.min(high, ASCII - 1); unit++) put(unit);
      // So many in a row are of all kinds.
      const from = Math.max(low, ASCII);
      for (let unit = from; unit <= Math.min(high, from + ASCII - 1); unit++) put(kindOf(unit));
    }
    return this.numberOf(kinds);
  }

  united(one: number, other: number): number {
    const more = this.kindsOf(other);
    return this.numberOf(this.kindsOf(one).map((word, at) => word | more[at]!));
  }

  private numberOf(kinds: Kinds): number {
    const key = kinds.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.sets.length >= this.most) return this.any;
    this.numbers.set(key, this.sets.length);
    return this.sets.push(kinds) - 1;
  }
}

/** The first kind of a set; 0 where it has none. */
export function firstOf(kinds: Kinds): number {
  const word = kinds.findIndex((bits) => bits !== 0);
  return word < 0 ? 0 : 32 * word + 31 - Math.clz32(kinds[word]! & -kinds[word]!);
}

export function has(kinds: Kinds, kind: number): boolean {
  return ((kinds[kind >> 5]! >>> (kind & 31)) & 1) === 1;
}
