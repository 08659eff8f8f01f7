import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface RawAnswer {
  status: number;
  headers: string;
  body: string;
}

export interface RawRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
}

/** Longest wait for an answer, in milliseconds. */
const PATIENCE_MS = 30_000;

/** Sends bytes that `fetch` would refuse to send, on a connection of their own. */
export function sendRaw(url: string, request: RawRequest): Promise<RawAnswer> {
  return exchange(url, [head(url, request), body(request)]);
}

/** Sends exactly these bytes, whether or not they are HTTP. */
export function sendBytes(url: string, bytes: string): Promise<RawAnswer> {
  return exchange(url, [Buffer.from(bytes, 'latin1')]);
}

/** Sends only the first `bytes` of the body, waits a little and hangs up. */
export async function sendPart(url: string, request: RawRequest, bytes: number, pauseMs = 50): Promise<void> {
  const socket = connect(Number(new URL(url).port), new URL(url).hostname);
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(Buffer.concat([head(url, request), body(request).subarray(0, bytes)]));
  const closed = new AbortController();
  socket.once('close', () => closed.abort());
  await pause(pauseMs, undefined, { signal: closed.signal }).catch(() => undefined);
  socket.destroy();
}

/** Sends a request and never reads the answer; `leave` hangs up. */
export async function sendAndNotRead(url: string, request: RawRequest): Promise<{ leave: () => void }> {
  const socket = connect(Number(new URL(url).port), new URL(url).hostname);
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.pause();
  socket.write(Buffer.concat([head(url, request), body(request)]));
  return { leave: () => socket.destroy() };
}

function body({ body: given = '' }: RawRequest): Buffer {
  return Buffer.from(given as Uint8Array);
}

function head(url: string, request: RawRequest): Buffer {
  const headers: Record<string, string> = {
    host: new URL(url).host,
    connection: 'close',
    ...(request.body === undefined ? {} : { 'content-length': String(body(request).length) }),
    ...request.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${request.method} ${request.path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
}

function exchange(url: string, parts: Uint8Array[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(url).port), new URL(url).hostname, () => {
      for (const part of parts) socket.write(part);
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that hangs up on a body that is too large may do so before all of it was sent.
    socket.on('error', (error) => (chunks.length === 0 ? reject(error) : undefined));
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString();
      const [top = '', ...rest] = text.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(top)?.[1] ?? 0);
      resolve({ status, headers: top.toLowerCase(), body: rest.join('\r\n\r\n') });
    });
  });
}
