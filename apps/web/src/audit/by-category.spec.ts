import { describe, expect, it } from '@jest/globals';
import { byCategory } from './by-category.js';

describe('byCategory', () => {
  it('puts rules under what their names begin with, in the order of the record', () => {
    expect(byCategory('sql.union, prompt-leak.own-text, sql.comment')).toEqual([
      ['sql', ['union', 'comment']],
      ['prompt-leak', ['own-text']],
    ]);
  });

  it('leaves the names of an organisation as they are', () => {
    expect(byCategory('Projekt Möwe, v1.2 names')).toEqual([['', ['Projekt Möwe', 'v1.2 names']]]);
  });
});
