import { describe, expect, it } from '@jest/globals';
import { joinPiece } from './join-piece.js';

describe('joinPiece', () => {
  it('is the text with the piece behind it, at every length', () => {
    const pieces = Array.from({ length: 3_000 }, (_, i) =>
      i % 7 === 0 ? '' : i % 5 === 0 ? '年假😀' : `w${i} `,
    );
    let text = '';
    for (const [i, piece] of pieces.entries()) {
      text = joinPiece(text, piece);
      if (i % 100 === 0) expect(text).toBe(pieces.slice(0, i + 1).join(''));
    }
    expect(text).toBe(pieces.join(''));
  });

  it('takes a first piece, none, and a long one', () => {
    expect(joinPiece('', '')).toBe('');
    expect(joinPiece('', 'a')).toBe('a');
    expect(joinPiece('a', 'b'.repeat(100_000))).toBe(`a${'b'.repeat(100_000)}`);
  });
});
