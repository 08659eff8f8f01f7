import { describe, expect, it } from '@jest/globals';
import type { DenseWorkSheet } from '@e965/xlsx';
import { readSheet } from './read-sheet.js';

describe('readSheet', () => {
  it('reads a single column of very many rows', () => {
    const rows = Array.from({ length: 300_000 }, (_, at) => [{ t: 's', v: `line ${at}` }]);
    const blocks = readSheet({ '!data': rows } as unknown as DenseWorkSheet, false);
    expect(JSON.stringify(blocks.at(-1))).toContain('line 299999');
  });
});
