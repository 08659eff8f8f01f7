import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server may do wrong with a file; each counts down by itself where it has a number. */
export interface Behaviour {
  /** Closes the connection after so many bytes of the answer, so many times. */
  breakAfter?: { bytes: number; times: number };
  /** Sends the first bytes and then nothing, so many times. */
  silentAfter?: { bytes: number; times: number };
  /** Answers 200 with the whole file, whatever was asked for. */
  ignoreRange?: boolean;
  /** Content-Length (or, with Range, the total) that is said in place of the true one. */
  claim?: number;
  /** Answers with another range than asked for. */
  wrongRange?: boolean;
  /** Sends other bytes of the same length, so many times. */
  wrongBytes?: number;
  /** Answers with these codes first. */
  statuses?: number[];
  /** Does not tell how long it is, and closes. */
  chunked?: boolean;
}

/** A web server for weights that can be told to misbehave, file by file. */
export class WeightsServer {
  readonly requests: string[] = [];
  private readonly server: Server;

  private constructor(
    private readonly files: ReadonlyMap<string, Buffer>,
    readonly behaviour: Record<string, Behaviour>,
  ) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  static async start(files: ReadonlyMap<string, Buffer>): Promise<WeightsServer> {
    const server = new WeightsServer(files, {});
    await once(server.server.listen(0, '127.0.0.1'), 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    const { range, authorization } = request.headers;
    const parts = [request.method, path, range, authorization];
    this.requests.push(parts.filter((part) => part !== undefined).join(' '));
    const content = this.files.get(path);
    const how = this.behaviour[path] ?? {};
    const status = request.method === 'GET' ? how.statuses?.shift() : undefined;
    if (status !== undefined || !content)
      return void response.writeHead(status ?? 404, { 'retry-after': '0' }).end();
    const asked = how.ignoreRange ? undefined : /^bytes=(\d+)-$/.exec(range ?? '')?.[1];
    const from = Number(asked ?? 0);
    if (asked !== undefined && from >= content.length)
      return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    this.send(request, response, how, { content, from, partial: asked !== undefined });
  }

  private send(
    request: IncomingMessage,
    response: ServerResponse,
    how: Behaviour,
    { content, from, partial }: { content: Buffer; from: number; partial: boolean },
  ): void {
    let body = content.subarray(from);
    const total = how.claim ?? content.length;
    const start = how.wrongRange ? from + 1 : from;
    if (partial) response.setHeader('content-range', `bytes ${start}-${total - 1}/${total}`);
    if (!how.chunked) response.setHeader('content-length', Math.max(0, total - from));
    response.writeHead(partial ? 206 : 200);
    if (request.method === 'HEAD') return void response.end();
    if (how.wrongBytes !== undefined && how.wrongBytes-- > 0) body = Buffer.alloc(body.length, 7);
    const cut = [how.breakAfter, how.silentAfter].find((fault) => fault !== undefined && fault.times > 0);
    if (cut) {
      cut.times--;
      response.write(body.subarray(0, cut.bytes), () => {
        if (cut === how.breakAfter) response.destroy();
      });
      return;
    }
    response.write(body.subarray(0, total));
    // A claim that is too long leaves the client waiting for more: the connection is closed under it.
    if (total > content.length) return void setTimeout(() => response.destroy(), 20);
    response.end();
  }
}

export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
export const gitBlob = (content: Uint8Array): string =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
