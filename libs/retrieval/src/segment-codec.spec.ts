import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  BLOCK_BYTES,
  DamagedSegment,
  decodeDirectory,
  decodeList,
  encodeBlocks,
  encodeDirectory,
  findInBlock,
  NUMBER_MAX,
  readBlock,
  termKey,
  type PostingList,
} from './segment-codec.js';

/** Any string of UTF-16 units, halves of surrogate pairs too. */
const term = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(fc.integer({ min: 0xd700, max: 0xe100 }), { maxLength: 4 })
    .map((units) => String.fromCharCode(...units)),
);
const numbers = fc.uniqueArray(fc.oneof(fc.nat(300), fc.nat(70_000), fc.nat(NUMBER_MAX)), {
  minLength: 1,
  maxLength: 200,
});
const list = fc.record({ numbers, seed: fc.integer({ min: 1, max: 255 }) });

type Entry = PostingList & { readonly term: string };

const entriesOf = (lists: readonly { term: string; numbers: number[]; seed: number }[]): Entry[] =>
  lists
    .map((entry) => ({
      term: entry.term,
      numbers: Uint32Array.from(entry.numbers.sort((a, b) => a - b)),
      frequencies: Uint8Array.from(entry.numbers, (_, i) => (i % 3 === 0 ? entry.seed : 1)),
    }))
    .sort((a, b) => (a.term < b.term ? -1 : 1));
const entries = fc
  .uniqueArray(fc.tuple(term, list), { selector: ([text]) => text, maxLength: 60 })
  .map((pairs) => entriesOf(pairs.map(([text, rest]) => ({ term: text, ...rest }))));

const documents = fc
  .array(
    fc.record({
      documentId: fc.uuid(),
      gap: fc.nat(5_000),
      lengths: fc.array(fc.nat(65_535), { maxLength: 30 }),
    }),
    {
      maxLength: 30,
    },
  )
  .map((list) => {
    let next = 0;
    return list.map(({ documentId, gap, lengths }) => {
      const first = next + gap;
      next = first + lengths.length;
      return { documentId, first, lengths: Uint16Array.from(lengths) };
    });
  });

const plain = (found: readonly Entry[]) =>
  found.map((entry) => [entry.term, [...entry.numbers], [...entry.frequencies]]);
const decodeBlocks = (blocks: readonly { data: Buffer }[]) =>
  plain(
    blocks.flatMap(({ data }) =>
      [...readBlock(data)].map((entry) => ({ term: entry.term, ...decodeList(entry.bytes, entry.count) })),
    ),
  );

describe('the codec of segments', () => {
  it('gives back every entry of its blocks, in order, and finds each', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const blocks = [...encodeBlocks(given)];
        expect(decodeBlocks(blocks)).toEqual(plain(given));
        for (const entry of given) {
          const block = blocks.filter(({ firstTerm }) => firstTerm.compare(termKey(entry.term)) <= 0).at(-1);
          const found = findInBlock(block?.data ?? Buffer.of(), entry.term);
          if (!found) throw new Error(`not found: ${JSON.stringify(entry.term)}`);
          expect(plain([{ term: entry.term, ...decodeList(found.bytes, found.count) }])).toEqual(
            plain([entry]),
          );
        }
      }),
    );
  });

  it('finds nothing that is not there', () => {
    fc.assert(
      fc.property(entries, term, (given, wanted) => {
        fc.pre(!given.some((entry) => entry.term === wanted));
        for (const { data } of encodeBlocks(given)) expect(findInBlock(data, wanted)).toBeNull();
      }),
    );
  });

  it('gives back directories', () => {
    fc.assert(
      fc.property(documents, (given) => {
        expect(decodeDirectory(encodeDirectory(given))).toEqual(given);
      }),
    );
  });

  it('orders keys as JavaScript orders terms, surrogates too', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(termKey(a).compare(termKey(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('closes a block at its size, and gives a long list one of its own', () => {
    const short = Array.from({ length: 400 }, (_, i) => ({
      term: `a${1_000 + i}`,
      numbers: [i, i + 7],
      seed: 2,
    }));
    const long = { term: 'b', numbers: Array.from({ length: 5_000 }, (_, i) => i * 3), seed: 1 };
    const blocks = [...encodeBlocks(entriesOf([...short, long, { term: 'c', numbers: [1], seed: 1 }]))];
    expect(blocks.length).toBeGreaterThan(4);
    const large = blocks.filter(({ data }) => data.length > BLOCK_BYTES);
    expect(large.map(({ data }) => [...readBlock(data)].map((entry) => entry.term))).toEqual([['b']]);
  });

  it('takes the highest number and frequency, and nothing beyond', () => {
    const entry = (number: number, frequency: number): Entry => ({
      term: 'a',
      numbers: Uint32Array.of(number),
      frequencies: Uint8Array.of(frequency),
    });
    expect(decodeBlocks([...encodeBlocks([entry(NUMBER_MAX, 255)])])).toEqual([['a', [NUMBER_MAX], [255]]]);
    expect(() => [...encodeBlocks([entry(NUMBER_MAX + 1, 1)])]).toThrow(RangeError);
    expect(() => [...encodeBlocks([entry(1, 0)])]).toThrow(RangeError);
    expect(() => [...encodeBlocks([entry(1, 1), entry(2, 1)])]).toThrow(RangeError);
  });
});

describe('hostile bytes', () => {
  const damaged = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      expect(error).toBeInstanceOf(DamagedSegment);
    }
  };
  const readAll = (data: Uint8Array): unknown[] =>
    [...readBlock(data)].map((entry) => decodeList(entry.bytes, entry.count));

  it('end in an error of their own or in something small', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(), (noise, count) => {
        const data = Uint8Array.of(1, ...noise);
        damaged(() => readAll(data));
        damaged(() => decodeDirectory(data));
        damaged(() => findInBlock(data, 'term'));
        damaged(() => decodeList(noise, count));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are noticed when cut off anywhere', () => {
    fc.assert(
      fc.property(entries, documents, fc.nat(), (given, directory, place) => {
        const whole = encodeDirectory(directory);
        expect(() => decodeDirectory(whole.subarray(0, place % whole.length))).toThrow(DamagedSegment);
        for (const { data } of encodeBlocks(given)) {
          const part = data.subarray(0, place % data.length);
          const complete = given.length;
          let read = 0;
          damaged(() => (read = readAll(part).length));
          expect(read).toBeLessThan(Math.max(1, complete));
        }
      }),
    );
  });

  it('that promise much allocate nothing', () => {
    const huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    expect(() => decodeDirectory(Uint8Array.of(1, ...huge))).toThrow('more documents than bytes');
    expect(() => decodeList(Uint8Array.of(0, 0), 0xffffffff)).toThrow('more postings than bytes');
    expect(() => readAll(Uint8Array.of(1, 2, 97, ...huge, 1, 0))).toThrow('more postings than bytes');
    expect(() => readAll(Uint8Array.of(1, 2, 97, 1, ...huge))).toThrow('ends too early');
    expect(() => readAll(Uint8Array.of(1, ...huge))).toThrow('ends too early');
    expect(() => decodeDirectory(Uint8Array.of(1, 1, ...new Uint8Array(16), 0, ...huge))).toThrow(
      'more passages',
    );
    expect(() => readAll(Uint8Array.of(2, 2, 97))).toThrow('unknown format');
    expect(() => readAll(new Uint8Array(0))).toThrow('unknown format');
  });

  it('with numbers that wrap or never end are refused', () => {
    const top = [0xff, 0xff, 0xff, 0xff, 0x0f];
    expect(() => decodeList(Uint8Array.of(...top, 1, ...top, 1), 2)).toThrow(DamagedSegment);
    expect(() => decodeList(new Uint8Array(12).fill(0xff), 1)).toThrow('more than 32 bits');
    expect(() => decodeList(Uint8Array.of(0x80), 1)).toThrow(DamagedSegment);
  });
});
