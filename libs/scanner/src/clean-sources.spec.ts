import { describe, expect, it } from '@jest/globals';
import { CLEAN_TEXTS, CLEAN_UNITS, CleanSources } from './clean-sources.js';
import { compileWordTable, scanSource } from './index.js';

const table = (...words: string[]) =>
  compileWordTable(words.map((text, at) => ({ id: `w${at}`, text, category: 'test', action: 'redact' })));
const part = (text: string) => [{ channel: 'citation:0:excerpt', text }];

describe('sources in which nothing was found', () => {
  it('are read again under other words', () => {
    const text = 'The harbour opens at nine, and its lamps are lit.';
    const one = table('lighthouse');
    for (let again = 0; again < 2; again += 1)
      expect(scanSource(one, part(text))).toEqual({ texts: [text], hits: [], leftOut: false });
    const other = table('harbour');
    for (let again = 0; again < 2; again += 1) {
      const { texts, hits } = scanSource(other, part(text));
      expect(texts[0]).not.toContain('harbour');
      expect(hits).toHaveLength(1);
    }
    expect(scanSource(one, part(text)).texts).toEqual([text]);
  });

  it('are kept by table and text, up to a length and a number', () => {
    const kept = new CleanSources();
    const [one, other] = [table('a-word'), table('b-word')];
    kept.add(one, 'text');
    expect([kept.has(one, 'text'), kept.has(other, 'text'), kept.has(one, 'other')]).toEqual([
      true,
      false,
      false,
    ]);
    kept.add(one, 'a'.repeat(CLEAN_UNITS));
    kept.add(one, 'a'.repeat(CLEAN_UNITS + 1));
    expect(kept.has(one, 'a'.repeat(CLEAN_UNITS))).toBe(true);
    expect(kept.has(one, 'a'.repeat(CLEAN_UNITS + 1))).toBe(false);
    for (let at = 2; at < CLEAN_TEXTS; at += 1) kept.add(one, `t${at}`);
    expect(kept.has(one, 'text')).toBe(true);
    kept.add(one, 'one more');
    expect(kept.has(one, 'text')).toBe(true);
    expect(kept.has(one, 'a'.repeat(CLEAN_UNITS))).toBe(false);
  });
});
