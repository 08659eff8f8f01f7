import { describe, expect, it } from '@jest/globals';
import { FOLD_NAMES } from '@lorekeep/kit/matching';
import { compileWordTable, type WordTableOptions } from './compile-word-table.js';
import type { WordEntry } from './word-entry.js';
import { StreamScanner, type ScanHit } from './stream-scanner.js';

const SEED = 20_261_121;
const TABLES = 25;
const TEXTS = 60;

/** Ways to write a character of an entry; each may be read by more than one reader or fold. */
const WRITTEN: Record<string, readonly string[]> = {
  大: ['大', '大', '⼤', 'da', '达', '大大'],
  麻: ['麻', '麻', '蔴', 'ma', '妈', '麻麻', '&#40635;'],
  法: ['法', '法', '灋', 'fa', '发'],
  轮: ['轮', '輪', 'lun', '伦'],
  后: ['后', '後', 'hou', '厚'],
  k: ['k', 'K', 'Ｋ', 'κ', 'kkk'],
  a: ['a', 'A', '4', '@', 'а', 'aaa', '\\u0061'],
  o: ['o', '0', 'о', 'oo'],
};
const BETWEEN = ['', '', '', '', ' ', '.', '-', '*', '**', '\u200b', '，'];
const AROUND = ['', ' ', '，', '的', ' 13800138000 '];

function random(seed: number) {
  let state = seed;
  const below = (count: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const one = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;
  return { below, one };
}

function scan(scanner: StreamScanner, text: string, pieceOf: () => number): ScanHit[] {
  const hits: ScanHit[] = [];
  for (let at = 0; at < text.length;) {
    const piece = text.slice(at, at + pieceOf());
    at += piece.length;
    hits.push(...scanner.push('c', piece).hits);
  }
  return [...hits, ...scanner.end('c').hits];
}

describe('a match that can be read in several ways', () => {
  it(`is reported once, whatever reads it and however the text is cut (seed ${SEED})`, () => {
    const { below, one } = random(SEED);
    const characters = Object.keys(WRITTEN);
    let found = 0;
    let disguised = 0;
    for (let table = 0; table < TABLES; table++) {
      const words = Array.from({ length: 8 }, (_, i): WordEntry => {
        const text = Array.from({ length: 2 + below(3) }, () => one(characters)).join('');
        return { id: `w${i}`, text, category: 'c', action: one(['log', 'redact']), allow: below(8) === 0 };
      });
      const folds = FOLD_NAMES.filter((name) => name === 'pinyin' || below(4) > 0);
      const actions: WordTableOptions['actions'] =
        below(2) === 0 ? { 'personal-data.cn-mobile': 'redact' } : {};
      const compiled = compileWordTable(words, { folds, actions });
      for (let i = 0; i < TEXTS; i++) {
        const text = Array.from({ length: 3 }, () => {
          const written = [...one(words).text].map(
            (character) => one(WRITTEN[character] ?? []) + one(BETWEEN),
          );
          return written.join('') + one(AROUND);
        }).join('');
        const hits = scan(new StreamScanner(compiled), text, () => 1 + below(6));
        const places = hits.map(({ ruleId, start, end }) => `${ruleId} ${start}-${end}`);
        expect({ text, places }).toEqual({ text, places: [...new Set(places)] });
        found += hits.length;
        disguised += hits.filter((hit) => hit.folds.length > 0).length;
      }
    }
    expect(found).toBeGreaterThan(1_000);
    expect(disguised).toBeGreaterThan(200);
  }, 60_000);
});
