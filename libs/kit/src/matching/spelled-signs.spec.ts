import { describe, expect, it } from '@jest/globals';
import { foldMask } from './fold-names.js';
import { Matcher } from './matcher.js';

const FOLDS = foldMask(['interleave', 'leet']);
const found = (text: string): string[] =>
  new Matcher(['ass', 'boob'].map((word) => ({ id: word, text: word, folds: FOLDS })))
    .findAll(text)
    .map(({ start, end }) => text.slice(start, end));

describe('words that are spelled out', () => {
  it.each(['a > 5, 5', '| A | 5 | 5 |', 'a.s.5', '[a, 5, 5]', 'A 5-5'])(
    'need four letters where a sign passes for one: %s',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it.each(['a.s.s', 'a55', 'b-0-0-b', 'b o 0 b'])('are found: %s', (text) => {
    expect(found(text)).toEqual([text]);
  });
});
