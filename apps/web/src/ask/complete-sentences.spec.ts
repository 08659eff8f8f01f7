import { describe, expect, it } from '@jest/globals';
import { completeSentences } from './complete-sentences.js';

describe('completeSentences', () => {
  it('says a sentence once it is complete, without marks and citations', () => {
    const text = 'You get **27 days** [1]. Of these, 20';
    expect(completeSentences(text, 0, false)).toEqual({ spoken: 'You get 27 days.', next: 24 });
    expect(completeSentences(text, 24, false)).toEqual({ spoken: '', next: 24 });
    expect(completeSentences(text, 24, true)).toEqual({ spoken: 'Of these, 20', next: text.length });
  });

  it('does not end a sentence inside a number', () => {
    expect(completeSentences('It is 21.6', 0, false).spoken).toBe('');
    expect(completeSentences('It is 21.', 0, false).spoken).toBe('');
  });

  it('ends Chinese sentences without a space, and lines', () => {
    expect(completeSentences('年假十八天【1】。其中', 0, false)).toEqual({
      spoken: '年假十八天。',
      next: 9,
    });
    expect(completeSentences('- one\n- two', 0, false).spoken).toBe('one');
  });

  it.each([
    ['| Days | Notice |\n| :--- | ---: |\n| 3 | 5 days |\n', 'Days, Notice 3, 5 days'],
    ['Days | Notice\n--- | ---\n3 | - \n', 'Days, Notice 3, -'],
    ['## Leave\n\n---\n\n> - *Sick* leave\n', 'Leave Sick leave'],
    ['```sh\nnpm start\n```\n', 'npm start'],
    ['See [the handbook](https://example.com/a_b) [2, 3].\n', 'See the handbook.'],
    ['A well-known 3-day week - or 5 > 4?\n', 'A well-known 3-day week - or 5 > 4?'],
  ])('says the words of %j alone', (text, spoken) => {
    expect(completeSentences(text, 0, true).spoken).toBe(spoken);
  });
});
