import { describe, expect, it } from '@jest/globals';
import { nameCategories } from './name-categories.js';

const NAMES = new Map([
  ['sql', 'Attacks on databases'],
  ['prompt-leak', 'Asking for its own instructions'],
]);
const named = (reason: string) => nameCategories(reason, (id) => NAMES.get(id) ?? id, '; ');

describe('nameCategories', () => {
  it('names the categories at the end of a reason, and nothing else', () => {
    expect(named('It looks dangerous. In “(sql)”. (sql, prompt-leak)')).toBe(
      'It looks dangerous. In “(sql)”. (Attacks on databases; Asking for its own instructions)',
    );
    expect(named('It has 3 pages (sql) and more.')).toBe('It has 3 pages (sql) and more.');
    expect(named('Of a later version. (new-one)')).toBe('Of a later version. (new-one)');
  });
});
