import { describe, expect, it } from '@jest/globals';
import { KEPT_ENTRIES, KEPT_UNITS, keptEntries, keptText } from './kept-text.js';

describe('what a record keeps', () => {
  it('is the whole text up to the limit', () => {
    expect(keptText('书'.repeat(KEPT_UNITS))).toBe('书'.repeat(KEPT_UNITS));
  });

  it('is the beginning with length and sum beyond it, well-formed', () => {
    const kept = keptText('x' + '😀'.repeat(KEPT_UNITS));
    expect(kept.isWellFormed()).toBe(true);
    expect(kept).toMatch(new RegExp(`\\[${2 * KEPT_UNITS + 1} characters, SHA-256 [0-9a-f]{64}\\]$`));
    expect(kept.length).toBeLessThan(KEPT_UNITS + 200);
  });

  it('is the first entries of a list', () => {
    expect(keptEntries(Array.from({ length: KEPT_ENTRIES + 1 }))).toHaveLength(KEPT_ENTRIES);
  });
});
