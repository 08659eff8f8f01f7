import { describe, expect, it } from '@jest/globals';
import { CitedNumbers } from './cited-numbers.js';

const cited = (...pieces: string[]): number[] => {
  const numbers = new CitedNumbers();
  for (const piece of pieces) numbers.push(0, piece);
  return Array.from({ length: 1_001 }, (_, number) => number).filter((number) => numbers.has(number));
};

describe('CitedNumbers', () => {
  const text = 'Thirty days [1]. Not [1234] nor [x] nor [ 2 ], but [23][456] and 【7】.';

  it('finds what is cited, wherever the text is cut', () => {
    expect(cited(text)).toEqual([1, 23, 456]);
    expect(cited(...text)).toEqual([1, 23, 456]);
    for (let at = 0; at < text.length; at += 1)
      expect(cited(text.slice(0, at), text.slice(at))).toEqual([1, 23, 456]);
  });

  it('keeps choices apart', () => {
    const numbers = new CitedNumbers();
    numbers.push(0, '[1');
    numbers.push(1, '2]');
    numbers.push(0, ']');
    expect([numbers.has(1), numbers.has(12)]).toEqual([true, false]);
  });
});
