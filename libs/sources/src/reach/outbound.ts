import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Agent, Dispatcher } from 'undici';
import { SourceProblem } from '../sources.errors.js';
import { allowedUrl, mayReach, type ReachRules } from './allowed-address.js';

export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Throws SourceProblem (UNREACHABLE, TIMEOUT) when the server falls silent or breaks off. */
  readonly body: AsyncIterable<Uint8Array>;
}

const REDIRECTS_MAX = 3;
const CONNECTIONS = 8;
const REDIRECTING = new Set([301, 302, 307, 308]);

/**
 * The one way out to the servers of sources: no name resolves into a network that is not allowed, however it is spelt
 * or whatever it resolved to before; redirects stay on their server; every silence has an end.
 */
export class Outbound {
  private agent: Agent | undefined;

  constructor(
    private readonly rules: ReachRules,
    private readonly timeoutMs: number,
  ) {}

  /** Throws SourceProblem: ADDRESS_…, HTTP_FORBIDDEN, REDIRECTED, UNREACHABLE, TIMEOUT. */
  async send(wanted: OutboundRequest): Promise<OutboundAnswer> {
    let url = allowedUrl(wanted.url, this.rules);
    for (let redirects = 0; ; redirects++) {
      const answer = await this.once(url, wanted);
      const target = answer.headers['location'];
      if (!REDIRECTING.has(answer.status) || target === undefined) return answer;
      for await (const part of answer.body) void part;
      const next = new URL(target, url);
      // Credentials and requests go to the server that was entered, and to no other.
      if (next.origin !== url.origin || redirects >= REDIRECTS_MAX)
        throw new SourceProblem('SOURCE_REDIRECTED');
      url = next;
    }
  }

  async close(): Promise<void> {
    await this.agent?.destroy();
  }

  private async once(url: URL, { method, headers, body, signal }: OutboundRequest): Promise<OutboundAnswer> {
    // Loaded when it is needed: a gateway reaches out for few sources, if for any.
    const { Agent, request } = await import('undici');
    this.agent ??= new Agent({
      connections: CONNECTIONS,
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
      connect: { timeout: this.timeoutMs, lookup: guardedLookup(this.rules) },
    });
    let answer: Dispatcher.ResponseData;
    try {
      answer = await request(url, {
        dispatcher: this.agent,
        method,
        headers: { 'user-agent': 'lorekeep', ...headers },
        body: body ?? null,
        signal,
      });
    } catch (cause) {
      throw reachProblem(cause, signal);
    }
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : (value ?? ''),
        ]),
      ),
      body: guardBody(answer.body, signal),
    };
  }
}

async function* guardBody(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw reachProblem(cause, signal);
  }
}

const TIMEOUTS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

function reachProblem(cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (cause instanceof SourceProblem) return cause;
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  // The code of the system says what is wrong and nothing else: ENOTFOUND, ECONNREFUSED, CERT_HAS_EXPIRED.
  const detail = /^[A-Z0-9_]{3,50}$/.test(code) ? `(${code})` : undefined;
  return new SourceProblem(TIMEOUTS.has(code) ? 'SOURCE_TIMEOUT' : 'SOURCE_UNREACHABLE', detail, { cause });
}

/** Answers with what is allowed of what a name stands for; a name that stands for a forbidden address is forbidden. */
function guardedLookup(rules: ReachRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const forbidden = addresses.length === 0 || addresses.some(({ address }) => !mayReach(address, rules));
      if (forbidden) return callback(new SourceProblem('SOURCE_ADDRESS_FORBIDDEN'), '', 0);
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      return callback(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}
