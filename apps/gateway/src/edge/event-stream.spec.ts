import { createServer, get, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { EventStream } from './event-stream.js';
import type { EdgeReply } from './request.js';

/** What a reader gets of a stream, chunk by chunk as it was written. */
async function read(
  write: (stream: EventStream, raw: EdgeReply['raw']) => Promise<void>,
  pauseMs = 0,
): Promise<string[]> {
  const server = createServer((_, raw) => {
    const reply = { raw, hijack: () => undefined, getHeaders: () => ({}) } as unknown as EdgeReply;
    void write(new EventStream(reply, performance.now() + 5_000), raw);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((answered) =>
    get({ port, host: '127.0.0.1' }, answered),
  );
  await new Promise((later) => setTimeout(later, pauseMs));
  const chunks: string[] = [];
  for await (const chunk of response) chunks.push(String(chunk));
  await new Promise((closed) => server.close(closed));
  return chunks;
}

describe('EventStream', () => {
  it('sends the first event at once, and what follows in one turn together', async () => {
    const writes: string[] = [];
    const chunks = await read(async (stream, raw) => {
      await stream.write('a\n\n');
      expect(raw.headersSent).toBe(true);
      await turn();
      const { socket } = raw;
      if (!socket) throw new Error('the response has no connection');
      const write = socket.write.bind(socket) as (text: string) => boolean;
      socket.write = ((text: string) => (writes.push(text), write(text))) as typeof socket.write;
      for (const frame of ['b\n\n', 'ü\n\n']) await stream.write(frame);
      expect(writes).toEqual([]);
      await turn();
      socket.write = write as typeof socket.write;
      await stream.write('d\n\n');
      stream.end();
    });
    // One write, its length in bytes.
    expect(writes).toEqual(['7\r\nb\n\nü\n\n\r\n']);
    expect(chunks.join('')).toBe('a\n\nb\n\nü\n\nd\n\n');
  });

  it('speaks to a reader that knows no chunks, and to one that asks twice before it reads', async () => {
    const server = createServer((request, raw) => {
      const reply = { raw, hijack: () => undefined, getHeaders: () => ({}) } as unknown as EdgeReply;
      const stream = new EventStream(reply, performance.now() + 5_000);
      void (async () => {
        for (const frame of ['a', 'b', 'c']) {
          await stream.write(`${request.url ?? ''}${frame} `);
          await turn();
        }
        stream.end();
      })();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const said = async (text: string) => {
      const socket = connect(port, '127.0.0.1').setEncoding('latin1');
      socket.write(text);
      let heard = '';
      for await (const part of socket) heard += String(part);
      return heard;
    };
    const old = await said('GET /old HTTP/1.0\r\n\r\n');
    expect(old.slice(old.indexOf('\r\n\r\n') + 4)).toBe('/olda /oldb /oldc ');
    const ask = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nhost: x\r\n${more}\r\n`;
    const twice = await said(ask('/one') + ask('/two', 'connection: close\r\n'));
    const chunks = [...twice.matchAll(/\r\n([0-9a-f]+)\r\n(\/[^\r]*)/g)];
    expect(chunks.map(([, , text]) => text).join('')).toBe('/onea /oneb /onec /twoa /twob /twoc ');
    for (const [, length = '', text = ''] of chunks) expect(parseInt(length, 16)).toBe(text.length);
    await new Promise((closed) => server.close(closed));
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('waits for a reader who pauses, although the clock is set an hour ahead', async () => {
    const frame = 'x'.repeat(16 * 1024 * 1024);
    const real = Date.now;
    const chunks = await read(async (stream) => {
      jest.spyOn(Date, 'now').mockImplementation(() => real() + 3_600_000);
      for (let at = 0; at < 2; at += 1) await stream.write(frame);
      stream.end();
    }, 200);
    expect(chunks.join('').length).toBe(2 * frame.length);
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
      const stream = new EventStream(reply, performance.now() + 5_000);
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
