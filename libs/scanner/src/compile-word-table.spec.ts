import { describe, expect, it } from '@jest/globals';
import { checkWord } from './check-word.js';
import { compileWordTable } from './compile-word-table.js';
import { scanText } from './scan-text.js';
import { FOLDED_LENGTH_LIMIT, WORD_COUNT_LIMIT, WORD_LENGTH_LIMIT, type WordEntry } from './word-entry.js';

const word = (text: string, more: Partial<WordEntry> = {}): WordEntry => ({
  ...{ id: text, text, category: 'test', action: 'redact' },
  ...more,
});

describe('checkWord', () => {
  it.each([
    ['', 'blank'],
    [' \t', 'blank'],
    ['\u200b\ufeff', 'blank'],
    ['a\ud800', 'not-text'],
    ['a\0', 'not-text'],
    ['敏'.repeat(WORD_LENGTH_LIMIT), undefined],
    ['敏'.repeat(WORD_LENGTH_LIMIT + 1), 'too-long'],
    // One character that stands for 18.
    ['\ufdfa'.repeat(Math.floor(FOLDED_LENGTH_LIMIT / 18)), undefined],
    ['\ufdfa'.repeat(Math.ceil((FOLDED_LENGTH_LIMIT + 1) / 18)), 'too-long'],
  ])('%j: %s', (text, problem) => {
    expect(checkWord(text)).toBe(problem);
  });
});

describe('compileWordTable', () => {
  it('is a table of the words given', () => {
    const words = [word('甲'), word('乙')];
    const table = compileWordTable(words);
    const [unit] = table.units;
    expect(unit?.wordOf(1)).toBe('乙');
    expect(unit?.ruleOf(1)).toEqual({ ruleId: '乙', category: 'test', allow: false, action: 'redact' });
    expect(Object.isFrozen(table)).toBe(true);
  });

  it('does not follow later changes of the list it was given', () => {
    const words = [word('甲')];
    const table = compileWordTable(words);
    words.length = 0;
    expect(scanText(table, '甲').hits).toHaveLength(1);
  });

  it('lets everything through when there are no words', () => {
    expect(scanText(compileWordTable([]), 'anything 😀\ud83d')).toEqual({
      text: 'anything 😀\ud83d',
      hits: [],
    });
  });

  it('drops the blanks around a word, not those in it', () => {
    const table = compileWordTable([word('  Project Ｘ\n')]);
    expect(scanText(table, 'the project\nx.').hits).toMatchObject([{ start: 4, end: 13 }]);
    expect(scanText(table, 'projectx').hits).toEqual([]);
  });

  it('finds the longest word allowed', () => {
    const long = '敏'.repeat(WORD_LENGTH_LIMIT - 1) + '感';
    const { hits } = scanText(compileWordTable([word(long)], { folds: [] }), `敏敏${long}`);
    expect(hits).toMatchObject([{ start: 2 }]);
  });

  it.each([
    ['a blank word', [word('甲'), word(' ')]],
    ['an over-long word', [word('a'.repeat(WORD_LENGTH_LIMIT + 1))]],
    ['an action that does not exist', [word('甲', { action: 'allow' as 'log' })]],
    ['too many words', Array.from({ length: WORD_COUNT_LIMIT + 1 }, () => word('甲'))],
  ])('refuses %s', (_, words) => {
    expect(() => compileWordTable(words)).toThrow(expect.objectContaining({ code: 'SCANNER_WORDS_INVALID' }));
  });

  it('takes as many words as a tenant may have', () => {
    const words = Array.from({ length: WORD_COUNT_LIMIT }, (_, i) => word(`敏${i}词`));
    expect(scanText(compileWordTable(words), `敏${WORD_COUNT_LIMIT - 1}词`).hits).toHaveLength(1);
  });
});
