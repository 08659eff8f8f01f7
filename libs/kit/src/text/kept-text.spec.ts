import { describe, expect, it } from '@jest/globals';
import { KeptText } from './kept-text.js';

const PIECES = Array.from({ length: 2_000 }, (_, i) =>
  i % 7 === 0 ? '' : i % 5 === 0 ? '年假😀' : i % 311 === 0 ? 'long '.repeat(300) : `w${i} `,
);
const TEXT = PIECES.join('');

describe('KeptText', () => {
  it('gives the units between two places, wherever its pieces are joined', () => {
    const kept = new KeptText();
    for (const [i, piece] of PIECES.entries()) {
      kept.add(piece);
      for (const length of [0, 1, 255, 256, 257, 2_000]) {
        const from = Math.max(0, kept.end - length);
        const to = Math.max(from, kept.end - 3);
        if (i % 13 === 0) expect(kept.slice(from, to)).toBe(TEXT.slice(from, to));
      }
    }
    expect([kept.start, kept.end]).toEqual([0, TEXT.length]);
    expect(kept.slice(0, Infinity)).toBe(TEXT);
  });

  it('keeps nothing of what was dropped, at either end', () => {
    const kept = new KeptText(100);
    for (const piece of PIECES) {
      kept.add(piece);
      if (kept.end - kept.start > 5_000) kept.dropBefore(kept.end - 1_000);
    }
    const border = kept.start;
    expect(kept.end).toBe(100 + TEXT.length);
    expect(kept.slice(0, kept.end)).toBe(TEXT.slice(border - 100));
    kept.dropFrom(kept.end - 10);
    kept.add('more');
    expect(kept.slice(0, kept.end)).toBe(`${TEXT.slice(border - 100, -10)}more`);
    kept.dropBefore(border - 1);
    expect(kept.start).toBe(border);
    kept.dropBefore(Infinity);
    expect([kept.start, kept.slice(0, Infinity)]).toEqual([kept.end, '']);
    kept.add('x');
    expect(kept.slice(kept.start, kept.end)).toBe('x');
  });
});
