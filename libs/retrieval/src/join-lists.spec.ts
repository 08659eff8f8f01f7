import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dropDead, joinLists } from './join-lists.js';
import type { PostingList } from './segment-codec.js';

const listOf = (numbers: readonly number[]): PostingList => ({
  numbers: Uint32Array.from([...numbers].sort((a, b) => a - b)),
  // So that a frequency tells which number it belongs to.
  frequencies: Uint8Array.from(
    [...numbers].sort((a, b) => a - b),
    (number) => (number % 255) + 1,
  ),
});
const numbers = fc.uniqueArray(fc.nat(2_000), { maxLength: 200 });

describe('joinLists', () => {
  it('gives one ascending list with everything, interleaved or not', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 5 }), (all, count) => {
        fc.pre(all.length > 0);
        const lists = Array.from({ length: count }, (_, part) =>
          listOf(all.filter((_, i) => i % count === part)),
        );
        expect(joinLists(lists)).toEqual(listOf(all));
      }),
    );
  });

  it('of lists that follow one another is their concatenation', () => {
    expect(joinLists([listOf([7, 9]), listOf([1, 3])])).toEqual(listOf([1, 3, 7, 9]));
    expect(joinLists([listOf([]), listOf([])]).numbers).toHaveLength(0);
  });
});

describe('dropDead', () => {
  it('keeps exactly what lies in no dead range', () => {
    const ranges = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 })), { maxLength: 30 })
      .map((steps) => {
        let at = 0;
        const found = steps.map(([gap, size]) => {
          const start = at + gap;
          at = start + size;
          return { start, end: at };
        });
        return {
          starts: Uint32Array.from(found, ({ start }) => start),
          ends: Uint32Array.from(found, ({ end }) => end),
        };
      });
    fc.assert(
      fc.property(numbers, ranges, (all, dead) => {
        const alive = all.filter(
          (number) => ![...dead.starts].some((start, i) => start <= number && number < (dead.ends[i] ?? 0)),
        );
        const kept = dropDead(listOf(all), dead);
        expect([...kept.numbers]).toEqual([...listOf(alive).numbers]);
        expect([...kept.frequencies]).toEqual([...listOf(alive).frequencies]);
      }),
    );
  });
});
