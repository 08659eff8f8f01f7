import { describe, expect, it } from '@jest/globals';
import { splitTables } from './split-tables.js';

describe('splitTables', () => {
  it('cuts tables out of running text', () => {
    expect(
      splitTables('Before.\n\n| Years | Days |\n| --- | --- |\n| 5 | 1 |\n| 10 |  |\n\nAfter | that.'),
    ).toEqual([
      { kind: 'text', text: 'Before.' },
      {
        kind: 'table',
        rows: [
          ['Years', 'Days'],
          ['5', '1'],
          ['10', ''],
        ],
      },
      { kind: 'text', text: 'After | that.' },
    ]);
  });

  it('keeps a bar inside a cell', () => {
    expect(splitTables('| a \\| b | c |')).toEqual([{ kind: 'table', rows: [['a | b', 'c']] }]);
  });

  it('leaves text without tables as it is', () => {
    expect(splitTables('one\n\ntwo')).toEqual([{ kind: 'text', text: 'one\n\ntwo' }]);
    expect(splitTables('')).toEqual([]);
  });
});
