import { describe, expect, it } from '@jest/globals';
import { citedNumbers, splitChips } from './split-chips.js';

const known = new Set([1, 2, 12]);

describe('splitChips', () => {
  it('cuts at citations, alone, listed or side by side', () => {
    expect(splitChips('27 days [1]. And [1][2], or [2, 12]!', known)).toEqual([
      { kind: 'text', text: '27 days' },
      { kind: 'chips', numbers: [1] },
      { kind: 'text', text: '. And' },
      { kind: 'chips', numbers: [1, 2] },
      { kind: 'text', text: ', or' },
      { kind: 'chips', numbers: [2, 12] },
      { kind: 'text', text: '!' },
    ]);
  });

  it('takes full-width brackets and commas', () => {
    expect(splitChips('十八天【1、2】。', known)).toEqual([
      { kind: 'text', text: '十八天' },
      { kind: 'chips', numbers: [1, 2] },
      { kind: 'text', text: '。' },
    ]);
  });

  it('leaves numbers without a source, and anything else in brackets, as text', () => {
    for (const text of ['see [3]', 'array[x]', '[note]', '[1234]', 'no brackets']) {
      expect(splitChips(text, known)).toEqual([{ kind: 'text', text }]);
    }
    expect(splitChips('a [1, 3]', known)[1]).toEqual({ kind: 'chips', numbers: [1] });
  });

  it('cuts at what the scanner withheld', () => {
    expect(splitChips('the ▇▇▇ project', known)).toEqual([
      { kind: 'text', text: 'the ' },
      { kind: 'withheld' },
      { kind: 'text', text: ' project' },
    ]);
  });

  it('loses no character of the text around', () => {
    expect(splitChips('', known)).toEqual([]);
    expect(splitChips('[1]', known)).toEqual([{ kind: 'chips', numbers: [1] }]);
  });
});

describe('citedNumbers', () => {
  it('lists each number once, by first appearance', () => {
    expect(citedNumbers('b [2] a [1] again [2][12] none [9]', known)).toEqual([2, 1, 12]);
  });
});
