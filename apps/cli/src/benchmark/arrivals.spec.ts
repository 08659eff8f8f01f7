import { describe, expect, it } from '@jest/globals';
import { arrivals } from './arrivals.js';
import { mixSeed, seededRandom } from './seeded-random.js';

describe('arrivals', () => {
  const count = 20_000;
  const rate = 8;
  const times = arrivals(count, rate, seededRandom(7));
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;

  it('come as a Poisson process of the rate: exponential gaps, as wide as they are long', () => {
    expect(times[0]).toBe(0);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
    expect(mean / (1000 / rate)).toBeCloseTo(1, 1);
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(deviation / mean).toBeCloseTo(1, 1);
    expect(gaps.filter((gap) => gap > mean).length / gaps.length).toBeCloseTo(Math.exp(-1), 1);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(arrivals(50, rate, seededRandom(7))).toEqual(times.slice(0, 50));
    expect(arrivals(50, rate, seededRandom(8))).not.toEqual(times.slice(0, 50));
  });

  it('are all at once without a rate', () => {
    expect(arrivals(3, Infinity, seededRandom(1))).toEqual([0, 0, 0]);
  });
});

describe('seededRandom', () => {
  it('is spread evenly over [0, 1)', () => {
    const random = seededRandom(1);
    const values = Array.from({ length: 10_000 }, random);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++)
      expect(values.filter((value) => Math.floor(value * 10) === tenth).length / 1_000).toBeCloseTo(1, 0);
  });

  it('has another seed for each combination', () => {
    const seeds = new Set<number>();
    for (let one = 0; one < 50; one++)
      for (let other = 0; other < 50; other++) seeds.add(mixSeed(0, one, other));
    expect(seeds.size).toBe(2_500);
  });
});
