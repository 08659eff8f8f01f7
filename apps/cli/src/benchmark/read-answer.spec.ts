import { describe, expect, it } from '@jest/globals';
import { AnswerReader } from './read-answer.js';

const chunk = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, ...more }] })}\n\n`;
const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 512, completion_tokens: 4 } })}\n\n`;
const DONE = 'data: [DONE]\n\n';

/** Each piece arrives ten milliseconds after the one before; sent at 0. */
function read(pieces: readonly string[], keepText = false) {
  let now = 0;
  const reader = new AnswerReader(0, () => now, keepText);
  for (const piece of pieces) {
    now += 10;
    reader.take(piece);
  }
  return reader.record();
}

describe('an answer as it arrives', () => {
  const whole = [
    chunk({ role: 'assistant', content: '' }),
    chunk({ reasoning: 'so' }),
    chunk({ reasoning: null, content: 'a' }),
    chunk({ content: 'b' }),
    chunk({ content: '' }, { finish_reason: 'length' }),
    USAGE,
    DONE,
  ];

  it('begins with its first token, of the reasoning too, not with the chunk that holds the role', () => {
    expect(read(whole)).toMatchObject({
      chunkTimes: [20, 30, 40],
      contentAt: 30,
      lastAt: 50,
      closedAt: 70,
      promptTokens: 512,
      outputTokens: 4,
      counted: true,
      finish: 'length',
      failure: undefined,
      text: '',
    });
  });

  it('is the same for every way of cutting the bytes', () => {
    const text = whole.join('');
    for (const size of [1, 7, 64])
      expect(read(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [], true)).toMatchObject({
        outputTokens: 4,
        failure: undefined,
        text: 'ab',
      });
  });

  it('counts chunks where the server gives no usage, and says so', () => {
    expect(read(whole.filter((piece) => piece !== USAGE))).toMatchObject({ outputTokens: 3, counted: false });
  });

  it('knows the old name of reasoning, tool calls, and plain completions', () => {
    const old = read([chunk({ reasoning_content: 'x' }), DONE]);
    expect(old).toMatchObject({ chunkTimes: [10], contentAt: undefined, failure: undefined });
    expect(read([chunk({ tool_calls: [{ index: 0 }] }), DONE]).chunkTimes).toEqual([10]);
    const plain = `data: ${JSON.stringify({ choices: [{ text: 'x', finish_reason: null }] })}\n\n`;
    expect(read([plain, DONE])).toMatchObject({ chunkTimes: [10], contentAt: 10 });
  });

  it.each([
    [
      'an error before [DONE]',
      [chunk({ content: 'a' }), 'data: {"error": {"message": "dead"}}\n\n', DONE],
      'error-event',
    ],
    ['an abort', [chunk({ content: 'a' }, { finish_reason: 'abort' }), DONE], 'aborted'],
    [
      'a withheld answer',
      [chunk({ content: 'a' }), chunk({}, { finish_reason: 'content_filter' }), DONE],
      'withheld',
    ],
    ['a stream that ends early', [chunk({ content: 'a' })], 'cut'],
    [
      'no token',
      [chunk({ role: 'assistant', content: '' }), chunk({}, { finish_reason: 'stop' }), DONE],
      'no-tokens',
    ],
    ['what is no JSON', [chunk({ content: 'a' }), 'data: {"cho\n\n', DONE], 'garbage'],
    ['a line without end', ['x'.repeat(1_048_577)], 'garbage'],
  ])('calls %s by its name', (_, pieces, failure) => {
    const record = read(pieces);
    expect(record.failure).toBe(failure);
    expect(record.detail).toMatch(/\w/);
  });
});
