import { describe, expect, it } from '@jest/globals';
import { findHighest } from './find-highest.js';

const upTo = (limit: number) => (concurrency: number) =>
  Promise.resolve({ concurrency, stable: concurrency <= limit, why: '' });

describe('findHighest', () => {
  it.each([
    [256, 40, 40, [1, 2, 4, 8, 16, 32, 40, 44, 48, 64]],
    [256, 37, 36, [1, 2, 4, 8, 16, 32, 36, 40, 48, 64]],
    [256, 1, 1, [1, 2]],
    [256, 0, 0, [1]],
    [100, 1_000, 100, [1, 2, 4, 8, 16, 32, 64, 100]],
    [1, 1_000, 1, [1]],
  ])('up to %d, stable to %d: %d', async (max, limit, highest, tried) => {
    const found = await findHighest(max, upTo(limit));
    expect(found.highest).toBe(highest);
    expect(found.tried.map(({ concurrency }) => concurrency)).toEqual(tried);
  });

  it('ends where it is interrupted, with what it knows', async () => {
    const found = await findHighest(256, (concurrency) =>
      concurrency > 4 ? Promise.resolve(undefined) : upTo(100)(concurrency),
    );
    expect(found.highest).toBe(4);
  });
});
