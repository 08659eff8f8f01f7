import { describe, expect, it } from '@jest/globals';
import { buildScanTables } from './build-scan-tables.js';
import { PIECE_MAX, randomPieces, unitPieces } from './cut-pieces.js';
import { scanRecord } from './scan-record.js';

const PLAIN = { defaultTier: false, detectors: false, folds: undefined, wholeWords: true } as const;
const NOTHING = { ...PLAIN, folds: [] };
const scan = (
  words: readonly string[],
  text: string,
  settings: Partial<typeof PLAIN> | typeof NOTHING = {},
) => scanRecord(buildScanTables(words, { ...PLAIN, ...settings }), text);
const places = (words: readonly string[], text: string, settings: Parameters<typeof scan>[2] = {}) =>
  scan(words, text, settings).hits.map(({ start, end, word }) => [start, end, word]);

describe('scanRecord', () => {
  it('reports every overlapping match with the entry as written, in units of the original', () => {
    expect(scan(['ÄB', 'b c', '赌博', '博彩'], '😀 a\u0308B\u200b C 賭博彩')).toEqual({
      hits: [
        { start: 3, end: 6, word: 'ÄB', category: 'words', action: 'redact' },
        { start: 10, end: 12, word: '赌博', category: 'words', action: 'redact' },
        { start: 11, end: 13, word: '博彩', category: 'words', action: 'redact' },
      ],
      output: '😀 ▇▇▇\u200b C ▇▇▇',
      heldMax: expect.any(Number),
    });
    expect(places(['Alpha', 'alpha'], 'ALPHA')).toEqual([
      [0, 5, 'Alpha'],
      [0, 5, 'alpha'],
    ]);
  });

  it('takes entries exactly as they are written where there are no folds', () => {
    const words = ['a\u200bb', ' c ', 'D', '\u200d'];
    expect(places(words, 'ab a\u200bb c d D \u200d', NOTHING)).toEqual([
      [3, 6, 'a\u200bb'],
      [6, 9, ' c '],
      [11, 12, 'D'],
      [13, 14, '\u200d'],
    ]);
  });

  it('reports more matches than a call takes arguments', () => {
    const { hits, output } = scan(['赌'], '赌'.repeat(150_000), NOTHING);
    expect(hits).toHaveLength(150_000);
    expect(output).toBe('▇▇▇');
  });

  it('looks at whole words of spaced scripts unless told otherwise', () => {
    expect(places(['art', '艺术'], 'start 大艺术家')).toEqual([[7, 9, '艺术']]);
    expect(places(['art', '艺术'], 'start 大艺术家', { wholeWords: false } as never)).toEqual([
      [2, 5, 'art'],
      [7, 9, '艺术'],
    ]);
  });

  it('reports what stands behind a stop, and shows nothing of it', () => {
    const tier = { defaultTier: true } as never;
    const { hits, output } = scan([], 'Go on: 自杀教程 and fuck.', tier);
    expect(hits).toMatchObject([
      { word: '自杀教程', category: 'self-harm', action: 'stop', start: 7 },
      { word: 'fuck', category: 'profanity', action: 'redact' },
    ]);
    expect(output).toBe('Go on: ');
  });

  it('finds personal data and secrets only where asked', () => {
    const text =
      'mail ada@north.example, key -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nend';
    expect(scan(['zebra'], text).hits).toEqual([]);
    const { hits, output } = scan([], text, { detectors: true } as never);
    expect(hits).toEqual([
      { start: 5, end: 22, word: 'personal-data.email', category: 'personal-data.email', action: 'redact' },
      { start: 28, end: 86, word: 'secret.private-key', category: 'secret.private-key', action: 'redact' },
    ]);
    expect(output).toBe('mail ▇▇▇, key ▇▇▇\nend');
  });

  it('says the most that is ever held back', () => {
    expect(scan(['abcd'], 'xyz', NOTHING).heldMax).toBe(0);
    expect(scan(['abcd'], 'x abc', NOTHING).heldMax).toBe(3);
    expect(scan(['中文字'], '中文 中', NOTHING).heldMax).toBe(2);
  });

  it('comes to the same result however the text is cut', () => {
    const words = ['大麻', 'violence', '😀😀', 'a b', 'e\u0301', '赌博网站'];
    const text =
      '大 麻 v-i-o-l-e-n-c-e 😀😀😀 a  b é e\u0301 賭博網站 自杀教程 holy fuck ada@north.example \ud83d x ' +
      'key = -----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA75\n-----END RSA PRIVATE KEY-----\n大\n麻';
    for (const settings of [PLAIN, NOTHING, { ...PLAIN, defaultTier: true, detectors: true }]) {
      const tables = buildScanTables(words, settings);
      const whole = scanRecord(tables, text);
      expect(whole.hits.length).toBeGreaterThan(0);
      expect(scanRecord(tables, text, unitPieces)).toEqual(whole);
      for (let seed = 0; seed < 50; seed++)
        expect(scanRecord(tables, text, randomPieces(seed))).toEqual(whole);
    }
  });

  it('has no limit of the words that a tenant may type', () => {
    const words = Array.from({ length: 120_000 }, (_, i) => `word${i.toString(36)}x`);
    expect(places(words, `a ${words.at(-1)} b`)).toEqual([[2, 11, words.at(-1)]]);
  });
});

describe('randomPieces', () => {
  it('cuts into 1 to 6 units, alike for one seed and differently for another', () => {
    const text = '0123456789😀'.repeat(50);
    const pieces = [...randomPieces(1)(text)];
    expect(pieces.join('')).toBe(text);
    expect(new Set(pieces.slice(0, -1).map(({ length }) => length))).toEqual(
      new Set([1, 2, 3, 4, 5, PIECE_MAX]),
    );
    expect([...randomPieces(1)(text)]).toEqual(pieces);
    expect([...randomPieces(2)(text)]).not.toEqual(pieces);
  });
});
