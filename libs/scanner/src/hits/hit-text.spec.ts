import { describe, expect, it } from '@jest/globals';
import { FOLD_NAMES } from '@lorekeep/kit/matching';
import { compileWordTable } from '../compile-word-table.js';
import { scanText } from '../scan-text.js';
import { StreamScanner, type OnHit } from '../stream-scanner.js';

const words = ['heliotrope', 'Blue  Kettle', '甲骨文', '機密'].map((text, at) => ({
  ...{ id: `w${at}`, text, category: 'names', action: 'log' as const },
}));
const table = compileWordTable(words, {
  folds: FOLD_NAMES,
  actions: { 'personal-data.email': 'log' },
});

function textsIn(text: string) {
  const details: Parameters<OnHit>[0][] = [];
  scanText(table, text, 'text', (detail) => details.push(detail));
  return details.map(({ original, folded, folds }) => [original, folded, ...folds]);
}

describe('the text of a hit', () => {
  it.each([
    ['as written', 'heliotrope', 'heliotrope', []],
    ['capitals', 'HelioTrope', 'heliotrope', []],
    ['look-alikes', 'hеliоtrоре', 'heliotrope', ['homoglyph']],
    ['digits', 'h3liotrope', 'heliotrope', ['leet']],
    ['markup', 'helio<b>trope', 'heliotrope', ['markup']],
    ['signs in between', 'h-e-l-i-o-t-r-o-p-e', 'heliotrope', ['interleave']],
    ['repeated letters', 'heliotroooope', 'heliotrope', ['repeat']],
    ['escapes', String.raw`\u7532\u9aa8\u6587`, '甲骨文', ['markup']],
    ['pinyin', 'jia gu wen', '甲骨文', ['pinyin']],
    ['traditional', '機密', '机密', []],
    ['blanks, which are joined', 'blue kettle', 'blue kettle', []],
  ])('is the slice, and what it was read as: the entry, folded (%s)', (_, written, folded, folds) => {
    expect(textsIn(`It is ${written}, so.`)).toEqual([[written, folded, ...folds]]);
  });

  it('is nothing for what a detector found', () => {
    expect(textsIn('Ask anna@first.example for it.')).toEqual([['', '']]);
  });

  it('is never more than the entry, whatever the pieces', () => {
    const details: Parameters<OnHit>[0][] = [];
    const scanner = new StreamScanner(table, (detail) => details.push(detail));
    for (const unit of 'so: helio<b>tr0pe!') scanner.push('c', unit);
    scanner.end('c');
    expect(details.map(({ original, folded }) => [original, folded])).toEqual([
      ['helio<b>tr0pe', 'heliotrope'],
    ]);
  });
});
