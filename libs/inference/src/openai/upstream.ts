import Pool from 'undici/lib/dispatcher/pool.js';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { InferenceConfig } from '../inference.config.js';
import { InferenceFault } from '../inference.errors.js';
import { clientCertificate } from './client-certificate.js';
import { faultOfStatus } from './fault-of-status.js';
import { UpstreamCall, type Call, type Deadlines } from './upstream-call.js';

/** vLLM closes idle connections after 5.0 s; a question must not meet one that is just being closed. */
const KEEP_ALIVE_MS = 4_000;
/** Of a whole answer or an error body. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** The connections to one model server. */
export class Upstream {
  private readonly pool: Pool;
  private readonly basePath: string;

  /** @throws ConfigError where a file of the certificate cannot be read */
  constructor(
    url: string,
    private readonly config: InferenceConfig,
    private readonly clock: Clock,
  ) {
    const { origin, pathname } = new URL(url);
    this.basePath = pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
    this.pool = new Pool(origin, {
      connections: config.INFERENCE_CONNECTIONS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connect: { timeout: config.INFERENCE_CONNECT_TIMEOUT_MS, ...clientCertificate(config) },
    });
  }

  /**
   * An accepted request. Sends once more where a connection broke before any answer: it may just have been closed as
   * idle. `whole`: nothing comes before all is done, so that the first token may take as long as the whole. `inParts`:
   * each part waits in the server's queue by itself, so that between two tokens as much time may pass as before the first.
   * @throws InferenceFault
   */
  async open(ctx: CallContext, request: Call, whole: boolean, inParts = false): Promise<UpstreamCall> {
    const deadlines = () => this.deadlines(ctx, whole, inParts);
    const first = this.send(ctx, request, deadlines());
    try {
      return await accepted(first);
    } catch (error) {
      first.close();
      if (!isBrokenSocket(error)) throw error;
    }
    return this.acceptOrClose(this.send(ctx, request, deadlines()));
  }

  /** Status and body of a small request, whatever the status. @throws InferenceFault when none comes in time */
  async ask(
    ctx: CallContext,
    request: Call,
    milliseconds: number,
  ): Promise<{ status: number; body: string }> {
    const deadlines = { firstToken: milliseconds, betweenTokens: milliseconds, total: milliseconds };
    const call = this.send(ctx, request, deadlines);
    try {
      const status = await call.headers();
      return { status, body: await readBody(call) };
    } finally {
      call.close();
    }
  }

  request(
    method: Call['method'],
    path: string,
    body: Call['body'],
    traceId: string,
    type = 'application/json',
  ): Call {
    const headers: Record<string, string> = { accept: 'application/json', 'x-request-id': traceId };
    if (body !== null) headers['content-type'] = type;
    if (this.config.INFERENCE_API_KEY) headers['authorization'] = `Bearer ${this.config.INFERENCE_API_KEY}`;
    return { method, path: `${this.basePath}${path}`, headers, body };
  }

  /** No further requests; those that run come to their end. */
  async leave(): Promise<void> {
    await this.pool.close();
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async acceptOrClose(call: UpstreamCall): Promise<UpstreamCall> {
    try {
      return await accepted(call);
    } catch (error) {
      call.close();
      throw error;
    }
  }

  private deadlines(ctx: CallContext, whole: boolean, inParts: boolean): Deadlines {
    const left = ctx.deadline - this.clock.monotonic();
    const total = Math.min(this.config.INFERENCE_TOTAL_TIMEOUT_MS, left);
    const { INFERENCE_FIRST_TOKEN_TIMEOUT_MS: first, INFERENCE_TOKEN_TIMEOUT_MS: between } = this.config;
    return { firstToken: whole ? total : first, betweenTokens: inParts ? first : between, total };
  }

  private send(ctx: CallContext, request: Call, deadlines: Deadlines): UpstreamCall {
    const call = new UpstreamCall(this.clock, deadlines, ctx.signal);
    call.send(this.pool, request);
    return call;
  }
}

async function accepted(call: UpstreamCall): Promise<UpstreamCall> {
  const status = await call.headers();
  if (status === 200) return call;
  const body = await readBody(call).catch(() => '');
  throw faultOfStatus(status, body);
}

export async function readBody(call: UpstreamCall): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for (let bytes = await call.next(); bytes; bytes = await call.next()) {
    parts.push(bytes);
    length += bytes.length;
    if (length > BODY_LIMIT) throw new InferenceFault('INFERENCE_BROKEN');
  }
  return Buffer.concat(parts).toString('utf8');
}

function isBrokenSocket(error: unknown): boolean {
  if (!(error instanceof InferenceFault) || error.code !== 'INFERENCE_UNREACHABLE') return false;
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}
