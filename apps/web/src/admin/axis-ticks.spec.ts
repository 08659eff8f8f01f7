import { describe, expect, it } from '@jest/globals';
import { axisTicks } from './axis-ticks.js';

describe('axisTicks', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [2, [0, 1, 2]],
    [3, [0, 2, 4]],
    [9, [0, 5, 10]],
    [20, [0, 10, 20]],
    [21, [0, 20, 40]],
    [4_800, [0, 5_000, 10_000]],
  ])('are for %d at %j', (most, ticks) => {
    expect(axisTicks(most)).toEqual(ticks);
  });

  it('never end below what is shown', () => {
    for (let most = 0; most < 3_000; most++) {
      const ticks = axisTicks(most);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }
  });
});
