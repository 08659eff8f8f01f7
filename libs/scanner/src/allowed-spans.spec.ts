import { describe, expect, it } from '@jest/globals';
import { AllowedSpans } from './allowed-spans.js';

const covered = (spans: AllowedSpans, start: number, end: number) => spans.covers({ start, end });

describe('AllowedSpans', () => {
  it('covers what lies within one span, whatever order they came in', () => {
    const spans = new AllowedSpans();
    expect(covered(spans, 0, 0)).toBe(false);
    for (const [start, end] of [
      [10, 12],
      [2, 9],
      [4, 6],
    ] as const)
      spans.add(start, end);
    expect(covered(spans, 5, 9)).toBe(true);
    expect(covered(spans, 2, 9)).toBe(true);
    expect(covered(spans, 1, 3)).toBe(false);
    expect(covered(spans, 8, 11)).toBe(false);
    spans.add(0, 20);
    expect(covered(spans, 8, 11)).toBe(true);
  });

  it('forgets what ends before, or after, what is kept', () => {
    const spans = new AllowedSpans();
    spans.add(0, 4);
    spans.add(3, 8);
    spans.add(7, 12);
    spans.keep(4, 8);
    expect(covered(spans, 0, 4)).toBe(false);
    expect(covered(spans, 3, 8)).toBe(true);
    expect(covered(spans, 9, 12)).toBe(false);
  });

  it('holds with many', () => {
    const spans = new AllowedSpans();
    for (let at = 0; at < 200_000; at++) spans.add(at, at + 1);
    let count = 0;
    for (let at = 0; at < 200_000; at++)
      if (covered(spans, at, at + 1) && !covered(spans, at, at + 2)) count++;
    expect(count).toBe(200_000);
  });
});
