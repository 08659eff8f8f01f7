import { describe, expect, it } from '@jest/globals';
import { SpanLists } from './span-lists.js';

function listsOf(...lists: [number, number][][]): SpanLists {
  const spans = new SpanLists(lists.length);
  lists.forEach((list, at) => {
    for (const [first, last] of list) spans.add(at, first, last);
  });
  return spans;
}

describe('SpanLists', () => {
  it('tells what lists have in common', () => {
    const lists = listsOf(
      [
        [0, 4],
        [10, 20],
        [30, 40],
      ],
      [
        [3, 12],
        [18, 33],
      ],
    );
    expect(lists.common(0, 2, 0, 100, 0)).toEqual([3, 4, 10, 12, 18, 20, 30, 33]);
    expect(lists.common(0, 2, 11, 31, 0)).toEqual([11, 12, 18, 20, 30, 31]);
    expect(lists.common(0, 2, 50, 60, 0)).toEqual([]);
  });

  it('joins spans that touch or lie within another, and rows that are near', () => {
    const lists = listsOf([
      [0, 4],
      [5, 8],
      [20, 22],
      [19, 23],
      [2, 24],
      [40, 41],
    ]);
    expect(lists.common(0, 1, 0, 100, 0)).toEqual([0, 24, 40, 41]);
    expect(lists.common(0, 1, 0, 100, 16)).toEqual([0, 41]);
  });

  it('holds as many as come, and none once cleared', () => {
    const lists = new SpanLists(1);
    for (let i = 0; i < 5_000; i++) lists.add(0, 4 * i, 4 * i + 1);
    expect(lists.common(0, 1, 0, 2 ** 20, 0)).toHaveLength(10_000);
    lists.clear();
    expect(lists.common(0, 1, 0, 2 ** 20, 0)).toEqual([]);
  });
});
