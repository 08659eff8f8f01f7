import { describe, expect, it } from '@jest/globals';
import { splitTables } from './split-tables.js';

const plain = (content: string) =>
  splitTables(content).map((part) =>
    part.kind === 'text' ? part.text : [part.head?.cells ?? null, ...part.rows.map(({ cells }) => cells)],
  );

describe('splitTables', () => {
  const mixed = 'Before.\n\n| Years | Days |\n| --- | --- |\n| 5 | 1 |\n| 10 |  |\n\nAfter | that.';

  it('cuts tables out of running text', () => {
    expect(plain(mixed)).toEqual([
      'Before.',
      [
        ['Years', 'Days'],
        ['5', '1'],
        ['10', ''],
      ],
      'After | that.',
    ]);
  });

  it('says where everything stands', () => {
    for (const part of splitTables(mixed)) {
      if (part.kind === 'text') expect(mixed.startsWith(part.text, part.start)).toBe(true);
      else
        expect(part.rows.map(({ start, end }) => mixed.slice(start, end))).toEqual([
          '| 5 | 1 |',
          '| 10 |  |',
        ]);
    }
  });

  it('knows no head without a rule', () => {
    expect(plain('| 5 | 1 |\n| 10 | 2 |')).toEqual([[null, ['5', '1'], ['10', '2']]]);
  });

  it('keeps a bar inside a cell', () => {
    expect(plain('| a \\| b | c |')).toEqual([[null, ['a | b', 'c']]]);
  });

  it('leaves text without tables as it is', () => {
    expect(plain('one\n\ntwo')).toEqual(['one\n\ntwo']);
    expect(plain('')).toEqual([]);
  });
});
