import type { ServerResponse } from 'node:http';
import { systemClock } from '@lorekeep/kit/clock';
import type { EdgeReply } from './request.js';

/** Keeps proxies from closing a quiet stream, in milliseconds; a comment line that clients ignore. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Server-sent events on the raw reply: Nest's and Fastify's own serialisation would cost more than the answer. What is
 * written within one turn of the loop goes out together, but for the first: a write of its own costs more than an event.
 */
export class EventStream {
  private started = false;
  private keepAlive: NodeJS.Timeout | undefined;
  private pending = '';
  private flushing: NodeJS.Immediate | undefined;

  /** @param deadline that of the call: a reader that has not caught up by then is let go */
  constructor(
    private readonly reply: EdgeReply,
    private readonly deadline: number,
  ) {}

  get open(): boolean {
    return this.started;
  }

  /** Writes one event; what it returns, if anything, is to be waited for: the reader is slower than we are. */
  write(frame: string): Promise<void> | undefined {
    this.pending += frame;
    if (!this.started) this.begin();
    else this.flushing ??= setImmediate(this.flush);
    const { raw } = this.reply;
    if (raw.writableNeedDrain || raw.socket?.writableNeedDrain) return drained(raw, this.deadline);
    return undefined;
  }

  event(kind: string, data: object): Promise<void> | undefined {
    return this.write(`event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    clearInterval(this.keepAlive);
    clearImmediate(this.flushing);
    if (this.started) this.reply.raw.end(this.pending);
    this.pending = '';
  }

  private readonly flush = (): void => {
    const { pending } = this;
    this.pending = '';
    this.flushing = undefined;
    const { raw } = this.reply;
    if (pending !== '' && !raw.destroyed && !raw.writableEnded) writeChunk(raw, pending);
  };

  private begin(): void {
    this.started = true;
    this.reply.hijack();
    const headers = this.reply.getHeaders() as Record<string, string>;
    this.reply.raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    // Through the response, which puts its headers before it.
    if (!this.reply.raw.destroyed) this.reply.raw.write(this.pending);
    this.pending = '';
    this.keepAlive = setInterval(() => {
      if (!this.reply.raw.destroyed) this.reply.raw.write(': still here\n\n');
    }, KEEP_ALIVE_MS);
    this.reply.raw.once('close', () => clearInterval(this.keepAlive));
  }
}

/**
 * One chunk of a response, in one piece: Node would hand its length, its text and what parts them to the connection one
 * by one, which costs as much as the write itself, for every token of every answer.
 */
function writeChunk(raw: ServerResponse, text: string): void {
  const { socket } = raw;
  // No chunks (HTTP/1.0), or not yet its turn on the connection.
  if (!raw.chunkedEncoding || !socket?.writable) raw.write(text);
  else socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

/** When the reader has caught up or has gone; one that reads nothing until the deadline is cut off. */
function drained(raw: ServerResponse, deadline: number): Promise<void> {
  return new Promise((resolve) => {
    const { socket } = raw;
    const done = () => {
      clearTimeout(timer);
      socket?.off('drain', done);
      raw.off('drain', done).off('close', done);
      resolve();
    };
    const timer = setTimeout(() => raw.destroy(), Math.max(0, deadline - systemClock.monotonic()));
    socket?.once('drain', done);
    raw.once('drain', done).once('close', done);
  });
}
