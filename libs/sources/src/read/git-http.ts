import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git';
import type { Outbound } from '../reach/outbound.js';
import { SourceProblem } from '../sources.errors.js';
import { readLimited } from './read-limited.js';

/** Requests of Git are lists of what is wanted and had. */
const REQUEST_MAX = 16 * 1024 * 1024;

/** Git's transport over our own way out; remembers why it failed, which the library above wraps. */
export class GitHttp implements HttpClient {
  /** The first reason for which an exchange failed. */
  problem: unknown;
  private received = 0;

  constructor(
    private readonly outbound: Outbound,
    private readonly limit: number,
    private readonly signal: AbortSignal,
  ) {}

  async request({ url, method, headers, body }: GitHttpRequest): Promise<GitHttpResponse> {
    try {
      const answer = await this.outbound.send({
        method: method === 'POST' ? 'POST' : 'GET',
        url,
        headers: headers ?? {},
        ...(body ? { body: await readLimited(body, REQUEST_MAX, 'SOURCE_TOO_LARGE') } : {}),
        signal: this.signal,
      });
      return {
        url,
        method: method ?? 'GET',
        statusCode: answer.status,
        statusMessage: String(answer.status),
        headers: { ...answer.headers },
        body: this.counted(answer.body),
      };
    } catch (cause) {
      this.problem ??= cause;
      throw cause;
    }
  }

  private async *counted(body: AsyncIterable<Uint8Array>): AsyncIterableIterator<Uint8Array> {
    try {
      for await (const part of body) {
        this.received += part.length;
        if (this.received > this.limit) throw new SourceProblem('SOURCE_TOO_LARGE');
        yield part;
      }
    } catch (cause) {
      this.problem ??= cause;
      throw cause;
    }
  }
}
