import { describe, expect, it } from '@jest/globals';
import { completeSentences } from './complete-sentences.js';

describe('completeSentences', () => {
  it('says a sentence once it is complete, without marks and citations', () => {
    const text = 'You get **27 days** [1]. Of these, 20';
    expect(completeSentences(text, 0, false)).toEqual({ spoken: 'You get 27 days .', next: 24 });
    expect(completeSentences(text, 24, false)).toEqual({ spoken: '', next: 24 });
    expect(completeSentences(text, 24, true)).toEqual({ spoken: 'Of these, 20', next: text.length });
  });

  it('does not end a sentence inside a number', () => {
    expect(completeSentences('It is 21.6', 0, false).spoken).toBe('');
    expect(completeSentences('It is 21.', 0, false).spoken).toBe('');
  });

  it('ends Chinese sentences without a space, and lines', () => {
    expect(completeSentences('年假十八天【1】。其中', 0, false)).toEqual({
      spoken: '年假十八天 。',
      next: 9,
    });
    expect(completeSentences('- one\n- two', 0, false).spoken).toBe('- one');
  });
});
