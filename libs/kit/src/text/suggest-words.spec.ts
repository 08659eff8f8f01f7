import { describe, expect, it } from '@jest/globals';
import { analyze, editDistanceAtMost, surfaceWords } from './index.js';

describe('editDistanceAtMost', () => {
  it.each([
    ['annual', 'annual', 0, 0],
    ['anual', 'annual', 1, 1],
    ['leaev', 'leave', 1, 1],
    ['kitten', 'sitting', 3, 3],
    ['kitten', 'sitting', 2, undefined],
    ['ca', 'abc', 3, 3],
    ['', 'ab', 2, 2],
    ['', 'ab', 1, undefined],
    ['𠮷a', '𠀀a', 1, 1],
    ['abc', 'xyz', 2, undefined],
    ['a', 'b', 0, undefined],
  ])('%s and %s within %i: %s', (a, b, most, distance) => {
    expect(editDistanceAtMost(a, b, most)).toBe(distance);
    expect(editDistanceAtMost(b, a, most)).toBe(distance);
  });
});

describe('surfaceWords', () => {
  it('pairs words as typed with their terms', () => {
    expect(surfaceWords('The Policies of Müller')).toEqual([
      { word: 'Policies', term: 'polici' },
      { word: 'Müller', term: 'muller' },
    ]);
  });

  it('leaves out codes, numbers and scripts without blanks', () => {
    expect(surfaceWords('E417 42 max_size 年假 サーバー ไทย x1y')).toEqual([]);
    expect(surfaceWords('TiDB的 leave')).toEqual([
      { word: 'TiDB', term: 'tidb' },
      { word: 'leave', term: 'leav' },
    ]);
  });

  it('knows only terms that the index has', () => {
    const text = "Employees' holidays aren't well-known; отпуск работы, naïve";
    const terms = new Set(analyze(text));
    for (const { term } of surfaceWords(text)) expect(terms).toContain(term);
  });

  it.each([
    ["'a".repeat(300_000) + '1'],
    ['a'.repeat(1_000_000) + '1'],
    ["'".repeat(1_000_000)],
    ['_a1'.repeat(300_000)],
  ])('comes to an end with hostile text', (text) => {
    expect(surfaceWords(text).length).toBeLessThan(text.length);
  });
});
