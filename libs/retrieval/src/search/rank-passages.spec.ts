import { describe, expect, it } from '@jest/globals';
import { encodeBlocks, readBlock } from '../segment-codec.js';
import { contribution, lengthNorm } from './bm25.js';
import { PassageWindows, WINDOW } from './passage-windows.js';
import { countWithin, frequencyOf, numbersOf, readPostings, type PostingList } from './posting-list.js';
import { rankPassages, type RankedTerm } from './rank-passages.js';

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

const AVERAGE = 40;
const norm = { ...lengthNorm(AVERAGE), average: AVERAGE };

/** Through the codec, as the database would give it. */
function listOf(numbers: number[], frequencies: number[], windows: PassageWindows): PostingList {
  const entry = { term: 't', numbers: Uint32Array.from(numbers), frequencies: Uint8Array.from(frequencies) };
  const [block] = [...encodeBlocks([entry])];
  const [found] = block ? [...readBlock(block.data)] : [];
  if (!found) throw new Error('no block');
  return readPostings(found.bytes, found.count, windows, norm, 0);
}

/** Passages of three windows, one document each; every seventh is not searchable, the others in scope 1 to 3. */
function passages(random: () => number): PassageWindows {
  const windows = new PassageWindows();
  for (const base of [0, WINDOW * 2, WINDOW * 2 + 40_000])
    for (let i = 0; i < 3_000; i++) {
      windows.enter(i, base + i * 7, Uint16Array.of(1 + Math.floor(random() * 200)));
      windows.setScope(base + i * 7, 1, i % 7 === 0 ? 0 : 1 + (i % 3));
    }
  return windows;
}

const all = [0, WINDOW * 2, WINDOW * 2 + 40_000].flatMap((base) =>
  Array.from({ length: 3_000 }, (_, i) => base + i * 7),
);

describe('rankPassages', () => {
  it.each([1, 2, 3, 4, 5, 6])('gives what scoring everything gives, pruned or not (%i)', (seed) => {
    const random = seeded(seed);
    const windows = passages(random);
    const terms: RankedTerm[] = Array.from({ length: 1 + (seed % 5) }, (_, t) => {
      const share = [0.5, 0.1, 0.01, 0.3, 0.002][t] ?? 0.1;
      const segments = [0, 1].map((segment) => {
        const numbers = all.filter((_, i) => i % 2 === segment && random() < share);
        return listOf(
          numbers,
          numbers.map(() => 1 + Math.floor(random() ** 4 * 9)),
          windows,
        );
      });
      return { weight: 0.2 / share ** 0.5, lists: segments.filter(({ places }) => places.length > 0) };
    });
    for (const allowed of [Uint8Array.of(0, 1, 1, 1), Uint8Array.of(0, 0, 1, 0), new Uint8Array(4)])
      for (const k of [1, 10, 1_000]) {
        const wanted = all
          .filter((number) => allowed[windows.scopeOf(number)] === 1)
          .map((number) => {
            let score = 0;
            for (const { weight, lists } of terms)
              for (const list of lists) {
                const frequency = frequencyOf(list, number);
                if (frequency > 0) score += contribution(weight, frequency, windows.lengthOf(number), norm);
              }
            return { number, score };
          })
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score || a.number - b.number);
        expect(rankPassages(terms, { windows, norm, allowed, k })).toEqual(wanted.slice(0, k));
        const above = wanted[k - 1]?.score ?? 0;
        expect(rankPassages(terms, { windows, norm, allowed, k, above: above - 1e-6 })).toEqual(
          wanted.slice(0, k),
        );
      }
  });

  it('gives equal passages in the order of their numbers, whatever the order of their terms', () => {
    const windows = new PassageWindows();
    for (const number of [5, 9, 70_000]) {
      windows.enter(number, number, Uint16Array.of(10));
      windows.setScope(number, 1, 1);
    }
    const list = listOf([5, 9, 70_000], [1, 1, 1], windows);
    const terms = [0.1, 0.2, 0.3, 0.7].map((weight) => ({ weight, lists: [list] }));
    const rank = (order: RankedTerm[]) =>
      rankPassages(order, { windows, norm, allowed: Uint8Array.of(0, 1), k: 2 });
    expect(rank(terms).map(({ number }) => number)).toEqual([5, 9]);
    expect(rank([...terms].reverse())).toEqual(rank(terms));
  });

  it('keeps its bounds when the average length has grown since they were made', () => {
    const random = seeded(9);
    const windows = passages(random);
    const numbers = all.filter(() => random() < 0.3);
    const lists = [0.3, 0.5, 0.9].map((weight) => ({
      weight,
      lists: [
        listOf(
          numbers,
          numbers.map(() => 1 + Math.floor(random() * 9)),
          windows,
        ),
      ],
    }));
    const grown = { ...lengthNorm(AVERAGE * 3), average: AVERAGE * 3 };
    const allowed = Uint8Array.of(0, 1, 1, 1);
    const ten = rankPassages(lists, { windows, norm: grown, allowed, k: 10 });
    expect(ten).toEqual(rankPassages(lists, { windows, norm: grown, allowed, k: 9_000 }).slice(0, 10));
  });
});

describe('a posting list', () => {
  const windows = new PassageWindows();
  for (const number of [0, 65_535, 65_536, 131_071, 200_000]) windows.enter(1, number, Uint16Array.of(3));
  const list = listOf([0, 65_535, 65_536, 131_071, 200_000], [1, 2, 3, 4, 255], windows);

  it('is read across windows', () => {
    expect(numbersOf([list])).toEqual([0, 65_535, 65_536, 131_071, 200_000]);
    expect(frequencyOf(list, 200_000)).toBe(255);
    expect([1, 65_537, 131_072, 9_000_000].map((number) => frequencyOf(list, number))).toEqual([0, 0, 0, 0]);
  });

  it('counts what lies in a range, over the edges of windows', () => {
    expect(countWithin(list, 0, 200_001)).toBe(5);
    expect(countWithin(list, 65_535, 2)).toBe(2);
    expect(countWithin(list, 1, 65_534)).toBe(0);
    expect(countWithin(list, 65_536, 65_536)).toBe(2);
  });

  it('is damaged where it speaks of passages that nobody has', () => {
    expect(() => listOf([5_000_000], [1], windows)).toThrow(/no directory has/);
  });
});
