import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest, ChatMessage, Driver } from '../driver.js';
import type { InferenceConfig } from '../inference.config.js';
import { InferenceFault } from '../inference.errors.js';
import { buildPrompt } from '../prompt/build-prompt.js';
import { AnswerReader } from './answer-reader.js';
import { cacheSalt } from './cache-salt.js';
import { embedTexts } from './embed-texts.js';
import { faultOfStatus } from './fault-of-status.js';
import { EventSteps } from './read-answer.js';
import { readModelList, type ModelList } from './read-model-list.js';
import { requestBody } from './request-body.js';
import { probeForm, transcribeAudio } from './transcribe-audio.js';
import { readBody, Upstream } from './upstream.js';
import type { UpstreamCall } from './upstream-call.js';

/** Small requests beside the answers: lists, health, counts. */
const ASIDE_MS = 2_000;

/** Asks a model server that speaks OpenAI's chat completions, vLLM first. */
export class OpenAiDriver implements Driver {
  readonly name = 'openai-compatible';
  private readonly upstream: Upstream;

  /** `url`: of this server, where INFERENCE_URL names several. */
  constructor(
    private readonly config: InferenceConfig,
    clock: Clock,
    private readonly saltSecret: string,
    url = config.INFERENCE_URL,
  ) {
    this.upstream = new Upstream(url, config, clock);
  }

  async *answer(ctx: CallContext, request: AnswerRequest): AsyncGenerator<AnswerEvent, void, void> {
    const salt = cacheSalt(this.saltSecret, ctx);
    if (request.embed) return yield* embedTexts(ctx, request, this.upstream, salt);
    if (request.transcribe) return yield* transcribeAudio(ctx, request, request.transcribe, this.upstream);
    const messages = buildPrompt(request);
    const reader = new AnswerReader(request, () => textOf(messages));
    const body = requestBody(request, messages, {
      cacheSalt: salt,
      defaultMaxTokens: this.config.INFERENCE_MAX_TOKENS,
    });
    const post = this.upstream.request('POST', '/v1/chat/completions', body, ctx.traceId);
    let call: UpstreamCall | undefined;
    try {
      call = await this.upstream.open(ctx, post, request.delivery === 'whole');
      yield { kind: 'model', model: request.model, driver: this.name };
      if (request.delivery === 'whole') yield* whole(call, reader);
      else {
        // Here, and not in a generator of its own, which would cost every token.
        const steps = new EventSteps(call, reader);
        for (let events = await steps.next(); events; events = await steps.next())
          for (const event of events) yield event;
      }
      yield* reader.end();
    } catch (error) {
      throw withUsage(verdictOn(request, error), reader);
    } finally {
      call?.close();
    }
  }

  /** The models that the server has. @throws InferenceFault */
  async models(ctx: CallContext): Promise<ModelList> {
    const request = this.upstream.request('GET', '/v1/models', null, ctx.traceId);
    const { status, body } = await this.upstream.ask(ctx, request, ASIDE_MS);
    if (status !== 200) throw faultOfStatus(status, body);
    return readModelList(body);
  }

  /** Whether the server says that it is alive: vLLM's /health, or any answer of a server that has none. */
  async healthy(ctx: CallContext): Promise<boolean> {
    const request = this.upstream.request('GET', '/health', null, ctx.traceId);
    const { status } = await this.upstream.ask(ctx, request, ASIDE_MS);
    return status < 500;
  }

  /**
   * One token, asked for, or a vector or a transcript where the model writes none: what /health does not show.
   * @throws InferenceFault when it does not come in time
   */
  async probe(ctx: CallContext, model: string, milliseconds: number): Promise<void> {
    const own = { model, cache_salt: cacheSalt(this.saltSecret, ctx) };
    const messages = [{ role: 'user', content: 'Hi' }];
    const json = (path: string, body: object) =>
      this.upstream.request('POST', path, JSON.stringify({ ...own, ...body }), ctx.traceId);
    const doors = [
      async () => json('/v1/chat/completions', { messages, max_tokens: 1 }),
      async () => json('/v1/embeddings', { input: 'Hi' }),
      () => probeForm(ctx, model, this.upstream),
    ];
    let fault: InferenceFault | undefined;
    for (const door of doors) {
      const { status, body } = await this.upstream.ask(ctx, await door(), milliseconds);
      if (status === 200) return;
      fault = faultOfStatus(status, body);
      if (fault.code !== 'INFERENCE_UNSUPPORTED') break;
    }
    throw fault;
  }

  /** How many tokens a text has for a model; null where the server does not count. */
  async countTokens(ctx: CallContext, model: string, text: string): Promise<number | null> {
    const body = JSON.stringify({ model, prompt: text, add_special_tokens: false });
    const request = this.upstream.request('POST', '/tokenize', body, ctx.traceId);
    const answer = await this.upstream.ask(ctx, request, ASIDE_MS);
    if (answer.status !== 200) return null;
    const { count } = JSON.parse(answer.body) as { count?: unknown };
    return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : null;
  }

  /** No further requests; those that run come to their end. */
  async leave(): Promise<void> {
    await this.upstream.leave();
  }

  async close(): Promise<void> {
    await this.upstream.close();
  }
}

async function* whole(call: UpstreamCall, reader: AnswerReader): AsyncGenerator<AnswerEvent, void, void> {
  yield* reader.read(await readBody(call));
}

/** Of what a caller made for the server, only tools and a schema can be wrong: everything else is looked at before. */
function verdictOn({ parameters }: AnswerRequest, error: unknown): unknown {
  if (!(error instanceof InferenceFault) || error.code !== 'INFERENCE_REJECTED') return error;
  const isOwn = !!parameters.tools?.length || parameters.responseFormat?.type === 'json_schema';
  return isOwn ? new InferenceFault('INFERENCE_OPTIONS_REFUSED', { cause: error.cause }) : error;
}

function withUsage(error: unknown, reader: AnswerReader): unknown {
  if (error instanceof InferenceFault && reader.spoke) error.usage = reader.usage();
  return error;
}

function textOf(messages: readonly ChatMessage[]): string {
  return messages.map((message) => message.content).join('\n');
}
