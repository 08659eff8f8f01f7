import { describe, expect, it } from '@jest/globals';
import { cutAtStop, cutParts } from './cut-parts.js';

describe('cutting quotations', () => {
  // 4, 4 and 5 tokens: four letters each, and one for each Chinese character.
  const parts = ['One is a one [1]', '\n\nTwo is two [2]', '三是三三。'];

  it('leaves what fits, and everything without a limit', () => {
    expect(cutParts(parts, undefined)).toEqual({ parts, whole: 3, reason: 'stop' });
    expect(cutParts(parts, 13)).toEqual({ parts, whole: 3, reason: 'stop' });
    expect(cutParts([], 1)).toEqual({ parts: [], whole: 0, reason: 'stop' });
  });

  it('ends before the first that does not fit', () => {
    expect(cutParts(parts, 12)).toEqual({ parts: parts.slice(0, 2), whole: 2, reason: 'length' });
    expect(cutParts(parts, 4)).toEqual({ parts: parts.slice(0, 1), whole: 1, reason: 'length' });
  });

  it('gives the beginning of the first where not even that fits, by words and characters', () => {
    expect(cutParts(parts, 3)).toEqual({ parts: ['One is a one'], whole: 0, reason: 'length' });
    expect(cutParts(parts, 1)).toEqual({ parts: ['One'], whole: 0, reason: 'length' });
    expect(cutParts(['三是三三。'], 2)).toEqual({ parts: ['三是'], whole: 0, reason: 'length' });
    expect(cutParts(['😀😀'], 1)).toEqual({ parts: [], whole: 0, reason: 'length' });
  });
});

describe('cutting at a stop sequence', () => {
  const parts = ['One is a one [1]', '\n\nTwo is two [2]'];

  it('leaves what stands before it, and not the sequence', () => {
    expect(cutAtStop(parts, ['is two'])).toEqual({ parts: ['One is a one [1]', '\n\nTwo '], whole: 1 });
    expect(cutAtStop(parts, ['One'])).toEqual({ parts: [], whole: 0 });
    expect(cutAtStop(parts, ['\n\n'])).toEqual({ parts: ['One is a one [1]'], whole: 1 });
  });

  it('finds it across parts, and of several the one that is complete first', () => {
    expect(cutAtStop(parts, ['1]\n'])).toEqual({ parts: ['One is a one ['], whole: 0 });
    expect(cutAtStop(parts, ['two', 'is a one', ' a'])).toEqual({ parts: ['One is'], whole: 0 });
  });

  it('leaves everything where there is none', () => {
    expect(cutAtStop(parts, ['Three'])).toEqual({ parts, whole: 2 });
    expect(cutAtStop(parts)).toEqual({ parts, whole: 2 });
    expect(cutAtStop([], ['a'])).toEqual({ parts: [], whole: 0 });
  });
});
