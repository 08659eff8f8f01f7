import { describe, expect, it } from '@jest/globals';
import { pathWorld, question, walk } from './testing/path-world.js';
import type { ChatMessage, Question } from './question.js';

const TURNS = 8;
/** What a door that shows the model five earlier turns asks, turn after turn. */
const turns = (more: Partial<Question> = {}, word = 'leave'): Question[] =>
  Array.from({ length: TURNS }, (_, turn) => {
    const messages: ChatMessage[] = [];
    for (let at = Math.max(0, turn - 5); at <= turn; at++) {
      messages.push({ role: 'user', content: `Question ${at} about ${word}?` });
      if (at < turn) messages.push({ role: 'assistant', content: `Answer ${at}.` });
    }
    return question({ messages, ...more });
  });

async function conversationsOf(asked: readonly Question[]): Promise<Set<string | undefined>> {
  const world = pathWorld();
  const seen = new Set<string | undefined>();
  const { choose } = world.ports.drivers;
  const drivers = {
    ...world.ports.drivers,
    choose: (...args: Parameters<typeof choose>) => {
      seen.add(args[2]?.conversation);
      return choose(...args);
    },
  };
  world.ports = { ...world.ports, drivers };
  for (const each of asked) expect((await walk(world, each)).error).toBeNull();
  expect(world.requests).toHaveLength(asked.length);
  for (const { conversation } of world.requests) seen.add(conversation);
  return seen;
}

describe('a conversation', () => {
  it('is the same for routes and servers from its first question to its eighth', async () => {
    const seen = await conversationsOf(turns({ conversation: 'c1' }));
    expect([...seen]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('with another id is another one, whatever is asked in it', async () => {
    const asked = ['c1', 'c2'].flatMap((conversation) => turns({ conversation }));
    expect((await conversationsOf(asked)).size).toBe(2);
  });

  it('without an id is known by its first message as it was sent, which goes no further itself', async () => {
    const messages = [{ role: 'user' as const, content: 'My key is AKIAIOSFODNN7EXAMPLE, is it safe?' }];
    const later: ChatMessage[] = [
      ...messages,
      { role: 'assistant', content: 'No.' },
      { role: 'user', content: 'Why?' },
    ];
    const seen = await conversationsOf([question({ messages }), question({ messages: later })]);
    expect([...seen]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect((await conversationsOf([turns()[0]!, turns({}, 'pay')[0]!])).size).toBe(2);
  });
});
