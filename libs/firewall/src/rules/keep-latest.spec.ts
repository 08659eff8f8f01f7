import { describe, expect, it } from '@jest/globals';
import { keepLatest } from './keep-latest.js';

describe('keepLatest', () => {
  it('makes what it has not, and makes anew what was not asked for the longest', () => {
    const made: string[] = [];
    const lengthOf = keepLatest(2, (text) => {
      made.push(text);
      return text.length;
    });
    expect(['a', 'bb', 'a', 'ccc', 'a', 'bb'].map(lengthOf)).toEqual([1, 2, 1, 3, 1, 2]);
    expect(made).toEqual(['a', 'bb', 'ccc', 'bb']);
  });

  it('keeps nothing of what could not be made', () => {
    let asked = 0;
    const never = keepLatest<number>(2, () => {
      asked += 1;
      throw new SyntaxError('no');
    });
    expect(() => never('a')).toThrow(SyntaxError);
    expect(() => never('a')).toThrow(SyntaxError);
    expect(asked).toBe(2);
  });
});
