import { describe, expect, it } from '@jest/globals';
import { DIMENSIONS_MAX, readVectors } from './read-vectors.js';

const base64 = (...numbers: number[]) => Buffer.from(Float32Array.from(numbers).buffer).toString('base64');
const row = (index: number, embedding: unknown) => ({ index, object: 'embedding', embedding });

describe('readVectors', () => {
  it('reads lists and base64, in the order of the inputs', () => {
    const data = [row(1, base64(0.5, -1)), row(0, [1, 2])];
    const read = readVectors({ data, usage: { prompt_tokens: 7 } }, 2);
    expect(read.vectors.map((vector) => [...vector])).toEqual([
      [1, 2],
      [0.5, -1],
    ]);
    expect(read.promptTokens).toBe(7);
    expect(readVectors({ data: [row(0, [1])] }, 1).promptTokens).toBeNull();
  });

  it.each<[string, unknown]>([
    ['no object', null],
    ['no list', { data: 'x' }],
    ['too few', { data: [row(0, [1])] }],
    ['too many', { data: [row(0, [1]), row(1, [1]), row(2, [1])] }],
    ['one given twice', { data: [row(0, [1]), row(0, [1])] }],
    ['an index outside', { data: [row(0, [1]), row(2, [1])] }],
    ['a name for an index', { data: [row(0, [1]), { index: 'length', embedding: [1] }] }],
    ['several lengths', { data: [row(0, [1]), row(1, [1, 2])] }],
    ['text among numbers', { data: [row(0, [1]), row(1, ['secret'])] }],
    ['no number', { data: [row(0, [1]), row(1, base64(Number.NaN))] }],
    ['half a number', { data: [row(0, [1]), row(1, 'AAA=')] }],
    ['nothing', { data: [row(0, [1]), row(1, [])] }],
    ['too long', { data: [row(0, [1]), row(1, Array(DIMENSIONS_MAX + 1).fill(1))] }],
  ])('takes no %s', (_, body) => {
    expect(() => readVectors(body, 2)).toThrow(TypeError);
  });

  it('takes the longest that it may', () => {
    const data = [row(0, Array(DIMENSIONS_MAX).fill(1))];
    expect(readVectors({ data }, 1).vectors[0]).toHaveLength(DIMENSIONS_MAX);
  });
});
