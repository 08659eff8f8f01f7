import { describe, expect, it } from '@jest/globals';
import { mergeSpans } from './merge-spans.js';

describe('mergeSpans', () => {
  it('makes one of those that overlap, whichever is longer', () => {
    const spans = [
      { start: 1, end: 7 },
      { start: 1, end: 11 },
      { start: 4, end: 6 },
    ];
    expect(mergeSpans(spans, 11)).toEqual([{ start: 1, end: 11 }]);
  });

  it('keeps those apart that only touch, in order', () => {
    const spans = [
      { start: 5, end: 8 },
      { start: 2, end: 5 },
    ];
    expect(mergeSpans(spans, 8)).toEqual([spans[1], spans[0]]);
  });

  it('leaves out what is empty or beyond the text', () => {
    const spans = [
      { start: 3, end: 3 },
      { start: 0, end: 9 },
      { start: -1, end: 2 },
    ];
    expect(mergeSpans(spans, 8)).toEqual([]);
  });
});
