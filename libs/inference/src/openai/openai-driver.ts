import { Pool } from 'undici';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest, ChatMessage, Driver } from '../driver.js';
import type { InferenceConfig } from '../inference.config.js';
import { InferenceFault } from '../inference.errors.js';
import { buildPrompt } from '../prompt/build-prompt.js';
import { AnswerReader } from './answer-reader.js';
import { cacheSalt } from './cache-salt.js';
import { EventReader } from './event-reader.js';
import { faultOfStatus } from './fault-of-status.js';
import { requestBody } from './request-body.js';
import { UpstreamCall, type Call } from './upstream-call.js';

/** vLLM closes idle connections after 5.0 s; a question must not meet one that is just being closed. */
const KEEP_ALIVE_MS = 4_000;
/** Of a whole answer or an error body. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** Asks a model server that speaks OpenAI's chat completions, vLLM first. */
export class OpenAiDriver implements Driver {
  readonly name = 'openai-compatible';
  private readonly pool: Pool;
  private readonly basePath: string;

  constructor(
    private readonly config: InferenceConfig,
    private readonly clock: Clock,
    private readonly saltSecret: string,
  ) {
    const url = new URL(config.INFERENCE_URL);
    this.basePath = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
    this.pool = new Pool(url.origin, {
      connections: config.INFERENCE_CONNECTIONS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connect: { timeout: config.INFERENCE_CONNECT_TIMEOUT_MS },
    });
  }

  async *answer(ctx: CallContext, request: AnswerRequest): AsyncGenerator<AnswerEvent, void, void> {
    const messages = buildPrompt(request);
    const reader = new AnswerReader(request, () => textOf(messages));
    const body = requestBody(request, messages, {
      cacheSalt: cacheSalt(this.saltSecret, ctx),
      defaultMaxTokens: this.config.INFERENCE_MAX_TOKENS,
    });
    const post = this.request('POST', '/v1/chat/completions', body, ctx.traceId);
    let call: UpstreamCall | undefined;
    try {
      call = await this.open(ctx, post, request.delivery === 'whole');
      yield { kind: 'model', model: request.model, driver: this.name };
      yield* request.delivery === 'whole' ? whole(call, reader) : streamed(call, reader);
      yield* reader.end();
    } catch (error) {
      throw withUsage(error, reader);
    } finally {
      call?.close();
    }
  }

  /** Names of the models that the server has. @throws InferenceFault */
  async models(ctx: CallContext): Promise<string[]> {
    const call = await this.open(ctx, this.request('GET', '/v1/models', null, ctx.traceId), true);
    try {
      const list = JSON.parse(await readBody(call)) as { data?: { id?: unknown }[] };
      return (list.data ?? []).map((model) => model.id).filter((id): id is string => typeof id === 'string');
    } catch (error) {
      throw error instanceof InferenceFault ? error : new InferenceFault('INFERENCE_BROKEN');
    } finally {
      call.close();
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  /** Sends, and once more where a connection broke before any answer: it may just have been closed as idle. */
  private async open(ctx: CallContext, request: Call, whole: boolean): Promise<UpstreamCall> {
    const first = this.send(ctx, request, whole);
    try {
      return await accepted(first);
    } catch (error) {
      first.close();
      if (!isBrokenSocket(error)) throw error;
    }
    const second = this.send(ctx, request, whole);
    try {
      return await accepted(second);
    } catch (error) {
      second.close();
      throw error;
    }
  }

  private send(ctx: CallContext, request: Call, whole: boolean): UpstreamCall {
    const left = ctx.deadline - this.clock.now();
    const total = Math.min(this.config.INFERENCE_TOTAL_TIMEOUT_MS, left);
    const firstToken = whole ? total : this.config.INFERENCE_FIRST_TOKEN_TIMEOUT_MS;
    const deadlines = { firstToken, betweenTokens: this.config.INFERENCE_TOKEN_TIMEOUT_MS, total };
    const call = new UpstreamCall(this.clock, deadlines, ctx.signal);
    call.send(this.pool, request);
    return call;
  }

  private request(method: Call['method'], path: string, body: string | null, traceId: string): Call {
    const headers: Record<string, string> = { accept: 'application/json', 'x-request-id': traceId };
    if (body !== null) headers['content-type'] = 'application/json';
    if (this.config.INFERENCE_API_KEY) headers['authorization'] = `Bearer ${this.config.INFERENCE_API_KEY}`;
    return { method, path: `${this.basePath}${path}`, headers, body };
  }
}

async function accepted(call: UpstreamCall): Promise<UpstreamCall> {
  const status = await call.headers();
  if (status === 200) return call;
  const body = await readBody(call).catch(() => '');
  throw faultOfStatus(status, body);
}

async function* streamed(call: UpstreamCall, reader: AnswerReader): AsyncGenerator<AnswerEvent, void, void> {
  const events = new EventReader();
  for (let bytes = await call.next(); bytes; bytes = await call.next()) {
    const read = readAll(bytes, events, reader);
    if (reader.spoke) call.speaking();
    yield* read.events;
    if (read.fault) throw read.fault;
    // Anything after [DONE] is not waited for; without a finish for each choice `end` refuses what there is.
    if (read.done) return call.finish();
  }
}

/** What stands before a fault in the same bytes is still said. */
function readAll(
  bytes: Buffer,
  lines: EventReader,
  reader: AnswerReader,
): { events: AnswerEvent[]; done: boolean; fault?: InferenceFault } {
  const events: AnswerEvent[] = [];
  try {
    for (const data of lines.push(bytes)) {
      if (data === '[DONE]') return { events, done: true };
      for (const event of reader.read(data)) events.push(event);
    }
    return { events, done: false };
  } catch (error) {
    const fault =
      error instanceof InferenceFault ? error : new InferenceFault('INFERENCE_BROKEN', { cause: error });
    return { events, done: false, fault };
  }
}

async function* whole(call: UpstreamCall, reader: AnswerReader): AsyncGenerator<AnswerEvent, void, void> {
  yield* reader.read(await readBody(call));
}

async function readBody(call: UpstreamCall): Promise<string> {
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

function withUsage(error: unknown, reader: AnswerReader): unknown {
  if (error instanceof InferenceFault && reader.spoke) error.usage = reader.usage();
  return error;
}

function textOf(messages: readonly ChatMessage[]): string {
  return messages.map((message) => message.content).join('\n');
}
