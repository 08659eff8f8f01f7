import { describe, expect, it } from '@jest/globals';
import { readEvents } from './read-events.js';

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part);
}

async function all(...parts: string[]): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of readEvents(chunks(...parts))) events.push(event);
  return events;
}

const TEXT = 'event: text\ndata: {"text":"年假 12 days","channel":"content"}\n\n';

describe('readEvents', () => {
  it('reads events however they are cut, multi-byte characters included', async () => {
    const bytes = new TextEncoder().encode(TEXT + TEXT);
    async function* bytewise(): AsyncGenerator<Uint8Array> {
      for (const byte of bytes) yield Uint8Array.of(byte);
    }
    const events: unknown[] = [];
    for await (const event of readEvents(bytewise())) events.push(event);
    const text = { kind: 'text', text: '年假 12 days', channel: 'content' };
    expect(events).toEqual([text, text]);
  });

  it('passes over comments, unknown kinds and an event that was cut off', async () => {
    expect(
      await all(': still here\n\n', 'event: novelty\ndata: {}\n\n', TEXT, 'event: text\ndata: {"te'),
    ).toHaveLength(1);
  });

  it('refuses an event without end', async () => {
    await expect(all('data: ', 'x'.repeat(1024 * 1024))).rejects.toThrow(/without end/);
  });
});
