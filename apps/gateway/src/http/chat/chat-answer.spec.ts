import { describe, expect, it } from '@jest/globals';
import type { PathEvent } from '@lorekeep/question-path';
import { ChatAnswer } from './chat-answer.js';

const USAGE = { promptTokens: 0, completionTokens: 0, estimated: true };
const call = (index: number, text: string): PathEvent => ({
  ...{ kind: 'text', choice: 0, channel: 'tool', text },
  toolCall: { index, id: `c${index}`, name: 'look' },
});

describe('ChatAnswer', () => {
  it('keeps calls apart whose arguments were scanned apart, and takes no more of them than tools', () => {
    const answer = new ChatAnswer({ id: 'x', created: 0, model: 'm' }, 'r');
    for (const event of [call(127, 'helio'), call(128, 'trope'), call(1e9, 'trope')]) answer.take(event);
    const { choices } = answer.toBody(USAGE) as {
      choices: { message: { tool_calls: { function: { arguments: string } }[] } }[];
    };
    const calls = choices[0]?.message.tool_calls ?? [];
    expect(calls).toHaveLength(128);
    expect(calls.at(-1)?.function.arguments).toBe('helio');
  });
});
