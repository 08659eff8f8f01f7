import { describe, expect, it } from '@jest/globals';
import { completeFinish, readChunk } from './read-chunk.js';

describe('readChunk', () => {
  it.each([null, 1, 'x', [], {}, { choices: {} }, { choices: [1] }, { choices: [null] }])(
    'refuses %j',
    (value) => {
      expect(() => readChunk(value)).toThrow(TypeError);
    },
  );

  it('survives fields of the wrong type', () => {
    const delta = { content: 5, reasoning: null, tool_calls: [{ index: -1, function: 3 }] };
    const { pieces } = readChunk({
      choices: [{ index: 'x', delta, finish_reason: 7 }],
      usage: { prompt_tokens: -1 },
    });
    expect(pieces[0]).toMatchObject({ choice: 0, content: '', reasoning: '', finish: null });
    expect(pieces[0]?.toolCalls).toEqual([{ index: 0, arguments: '' }]);
  });

  it('an error beside choices is an error', () => {
    expect(readChunk({ error: 'x', choices: [] }).failed).toBe(true);
    expect(readChunk({ error: null, choices: [] }).failed).toBe(false);
  });

  it.each([
    ['stop', 'stop'],
    ['function_call', 'tool_calls'],
    ['abort', null],
    ['error', null],
    ['', null],
  ])('finish %s is %s', (reason, expected) => expect(completeFinish(reason)).toBe(expected));
});
