import { describe, expect, it } from '@jest/globals';
import { quantile, spreadOf } from './percentiles.js';

describe('quantile', () => {
  // numpy.percentile([…], q) with its default, linear interpolation.
  it.each([
    [[15, 20, 35, 40, 50], 0.4, 29],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.95, 3.85],
    [[3, 6, 7, 8, 8, 10, 13, 15, 16, 20], 0.25, 7.25],
    [[3, 6, 7, 8, 8, 10, 13, 15, 16, 20], 0.99, 19.64],
    [[5], 0.99, 5],
    [[1, 9], 0, 1],
    [[1, 9], 1, 9],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(quantile(values, share)).toBeCloseTo(expected, 10);
  });

  it('of nothing is no number', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('spreadOf', () => {
  it('sorts by value and leaves the given order alone', () => {
    const values = [100, 9, 10];
    expect(spreadOf(values)).toMatchObject({ count: 3, p50: 10, max: 100 });
    expect(spreadOf(values)?.mean).toBeCloseTo(119 / 3, 10);
    expect(values).toEqual([100, 9, 10]);
  });

  it('tells where the median lies, by ranks: of few values all of them', () => {
    const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
    expect(spreadOf(upTo(5))?.p50Between).toEqual([1, 5]);
    // Tables of the sign test: ranks 6 and 15 of 20 hold 95.9 %, 40 and 61 of 100 hold 96.5 %.
    expect(spreadOf(upTo(20))?.p50Between).toEqual([6, 15]);
    expect(spreadOf(upTo(100))?.p50Between).toEqual([40, 61]);
  });

  it('is absent without values: no figure must look like a zero', () => {
    expect(spreadOf([])).toBeUndefined();
  });
});
