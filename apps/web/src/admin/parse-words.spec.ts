import { describe, expect, it } from '@jest/globals';
import { parseWords, WORD_LIMIT, WORDS_AT_ONCE } from './parse-words.js';

describe('parseWords', () => {
  it('takes one word a line, whatever ends the lines', () => {
    expect(parseWords(' Halcyon \r\n\n南极星\rHalcyon\n').words).toEqual(['Halcyon', '南极星']);
    expect(parseWords('a\na\na').repeated).toBe(2);
    expect(parseWords('')).toEqual({ words: [], repeated: 0, tooLong: 0, beyond: 0 });
  });

  it('counts what is beyond its limits', () => {
    expect(parseWords(`${'x'.repeat(WORD_LIMIT)}\n${'y'.repeat(WORD_LIMIT + 1)}`)).toMatchObject({
      tooLong: 1,
    });
    const many = Array.from({ length: WORDS_AT_ONCE + 3 }, (_, at) => `word ${at}`).join('\n');
    const parsed = parseWords(many);
    expect([parsed.words.length, parsed.beyond]).toEqual([WORDS_AT_ONCE, 3]);
  });
});
