import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { EventStream } from './event-stream.js';
import type { EdgeReply } from './request.js';

/** What a reader gets of a stream, chunk by chunk as it was written. */
async function read(write: (stream: EventStream, raw: EdgeReply['raw']) => Promise<void>): Promise<string[]> {
  const server = createServer((_, raw) => {
    const reply = { raw, hijack: () => undefined, getHeaders: () => ({}) } as unknown as EdgeReply;
    void write(new EventStream(reply, Date.now() + 5_000), raw);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((answered) =>
    get({ port, host: '127.0.0.1' }, answered),
  );
  const chunks: string[] = [];
  for await (const chunk of response) chunks.push(String(chunk));
  await new Promise((closed) => server.close(closed));
  return chunks;
}

describe('EventStream', () => {
  it('sends the first event at once, and what follows in one turn together', async () => {
    const writes: string[] = [];
    const chunks = await read(async (stream, raw) => {
      const write = raw.write.bind(raw) as (text: string) => boolean;
      raw.write = ((text: string) => (writes.push(text), write(text))) as typeof raw.write;
      await stream.write('a\n\n');
      expect(writes).toEqual(['a\n\n']);
      for (const frame of ['b\n\n', 'c\n\n']) await stream.write(frame);
      await turn();
      await stream.write('d\n\n');
      stream.end();
    });
    expect(writes).toEqual(['a\n\n', 'b\n\nc\n\n']);
    expect(chunks.join('')).toBe('a\n\nb\n\nc\n\nd\n\n');
  });

  it('waits while the reader is slower, and loses nothing', async () => {
    const frame = `${'x'.repeat(64 * 1024)}\n\n`;
    let waited = 0;
    const chunks = await read(async (stream, raw) => {
      for (let at = 0; at < 64; at += 1) {
        await stream.write(frame);
        // Long enough for the reader to catch up between two writes.
        if (at % 8 === 0) await new Promise((later) => setTimeout(later, 5));
        else await turn();
        waited = Math.max(waited, raw.writableLength);
      }
      stream.end();
    });
    expect(chunks.join('').length).toBe(64 * frame.length);
    // Never more than what was written in a turn or two.
    expect(waited).toBeLessThan(4 * frame.length);
  });

  it('a reader who has gone is written to no more', async () => {
    let end: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const server = createServer((_, raw) => {
      const reply = { raw, hijack: () => undefined, getHeaders: () => ({}) } as unknown as EdgeReply;
      const stream = new EventStream(reply, Date.now() + 5_000);
      void (async () => {
        await stream.write('a\n\n');
        await new Promise((closed) => raw.once('close', closed));
        for (let at = 0; at < 3; at += 1) await stream.write('b\n\n');
        stream.end();
        end?.();
      })();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const response = await new Promise<IncomingMessage>((answered) =>
      get({ port, host: '127.0.0.1' }, answered),
    );
    response.destroy();
    response.on('error', () => undefined);
    await ended;
    await new Promise((closed) => server.close(closed));
  });
});
