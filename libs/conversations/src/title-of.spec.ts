import { describe, expect, it } from '@jest/globals';
import { TITLE_MAX, titleOf } from './title-of.js';

describe('titleOf', () => {
  it.each([
    ['How many days of leave?', 'How many days of leave?'],
    ['  two\n\tlines\u0000 here ', 'two lines here'],
    ['年假有多少天？', '年假有多少天？'],
    ['', '…'],
    ['\ud800', '…'],
    ['a'.repeat(80), 'a'.repeat(80)],
    ['a'.repeat(81), `${'a'.repeat(79)}…`],
    ['👩‍👩‍👧'.repeat(10), '👩‍👩‍👧'.repeat(10)],
  ])('%#', (question, title) => {
    expect(titleOf(question)).toBe(title);
  });

  it('is bounded and whole for whatever input', () => {
    for (const question of ['👩‍👩‍👧'.repeat(5_000), `e${'\u0301'.repeat(10_000)}`, '😀'.repeat(50_000)]) {
      expect(titleOf(question).length).toBeLessThanOrEqual(TITLE_MAX);
      expect(titleOf(question)).not.toMatch(/\p{Cs}/u);
    }
  });
});
