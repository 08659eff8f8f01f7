import { createHash } from 'node:crypto';
import { isRefusal } from '@lorekeep/kit/errors';
import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest, Driver } from '../driver.js';
import { InferenceFault, type InferenceCode } from '../inference.errors.js';
import type { InferenceObserver } from '../observer.js';
import type { FitPrompt } from '../budget/fit-prompt.js';
import { estimateAudioTokens } from '../prompt/estimate-audio-tokens.js';
import { cacheSalt } from '../openai/cache-salt.js';
import type { Admission, Wanted } from '../queue/admission.js';
import { priorityOf } from '../queue/priority.js';
import type { Turn } from '../queue/turn.js';
import type { Replica } from '../replicas/replica.js';
import { Attempt } from './attempt.js';

/** Another replica may do better, as long as no byte has come: these say nothing about the question itself. */
const MOVABLE: ReadonlySet<InferenceCode> = new Set<InferenceCode>([
  'INFERENCE_UNREACHABLE',
  'INFERENCE_BUSY',
  'INFERENCE_UNAUTHORIZED',
  'INFERENCE_MODEL_MISSING',
  'INFERENCE_FIRST_TOKEN_TIMEOUT',
  'INFERENCE_FAILED',
  'INFERENCE_BROKEN',
  'INFERENCE_ABORTED',
]);
/** An answer is rarely as long as it may be: what it is expected to take, in tokens. */
const EXPECTED_ANSWER = 300;
/** In English and, near enough, in Chinese: reading every character for this would cost more than it is worth. */
const BYTES_PER_TOKEN = 4;
/** Reading a token of a prompt costs a fraction of writing one. */
const PROMPT_WEIGHT = 1 / 8;

export interface FleetParts {
  readonly admission: Admission;
  readonly fit: FitPrompt;
  readonly observer: InferenceObserver;
  readonly saltSecret: string;
  /** Milliseconds of silence that end a question: before the first token, and between two. */
  readonly silence: { firstToken: number; betweenTokens: number };
}

/** The model servers as one driver: fits the prompt, waits for a turn, and asks one replica after another. */
export class FleetDriver implements Driver {
  readonly name = 'openai-compatible';

  constructor(private readonly parts: FleetParts) {}

  async *answer(ctx: CallContext, asked: AnswerRequest): AsyncGenerator<AnswerEvent, void, void> {
    // A text of which a vector is wanted stays whole: a part of it is another text. Speech is no prompt.
    const isWhole = asked.embed !== undefined || asked.transcribe !== undefined;
    const fitted = isWhole ? { request: asked, leftOut: null } : await this.parts.fit.fit(ctx, asked);
    if (isRefusal(fitted)) return yield { kind: 'refusal', refusal: fitted };
    if (fitted.leftOut) {
      this.parts.observer.shortened();
      yield { kind: 'shortened', ...fitted.leftOut };
    }
    const { request } = fitted;
    const turn = yield* this.parts.admission.admit(ctx, this.wanted(ctx, request));
    if (isRefusal(turn)) return yield { kind: 'refusal', refusal: turn };
    const tried = new Set<Replica>();
    const mayMove = () => this.parts.admission.canMove(turn, tried);
    try {
      for (;;) {
        const { replica } = turn;
        tried.add(replica);
        const attempt = new Attempt(ctx, replica, mayMove);
        let spoke = false;
        try {
          for await (const event of attempt.events(request)) {
            if (!attempt.saw(event)) continue;
            spoke = true;
            const held = attempt.takeHeld();
            if (held) yield held;
            yield event;
          }
          return replica.breaker.succeeded();
        } catch (error) {
          // Before the failure moves all that waits for the replica.
          attempt.end();
          this.goOn(ctx, turn, { error: attempt.faultOf(error), spoke, tried });
        } finally {
          attempt.end();
        }
      }
    } finally {
      turn.release();
    }
  }

  /** Moves the question to another replica, or throws what went wrong. */
  private goOn(
    ctx: CallContext,
    turn: Turn,
    { error, spoke, tried }: { error: unknown; spoke: boolean; tried: ReadonlySet<Replica> },
  ): void {
    const { admission, observer, silence } = this.parts;
    if (!(error instanceof InferenceFault)) throw error;
    this.conclude(turn.replica, error, spoke ? silence.betweenTokens : silence.firstToken);
    if (spoke || ctx.signal.aborted || !MOVABLE.has(error.code)) throw error;
    if (!admission.move(turn, tried)) throw error;
    observer.retried(error.code);
  }

  private conclude(replica: Replica, fault: InferenceFault, silence: number): void {
    const wasOpen = replica.isOpen;
    replica.failed(fault, silence);
    if (!wasOpen && replica.isOpen)
      this.parts.observer.replicaChanged(replica.name, 'open', replica.breaker.reason);
  }

  private wanted(ctx: CallContext, request: AnswerRequest): Wanted {
    const { messages, passages, parameters } = request;
    let bytes = 0;
    for (const { content } of messages) bytes += Buffer.byteLength(content);
    for (const { content } of passages) bytes += Buffer.byteLength(content);
    const isEmbedding = request.embed !== undefined;
    const heard = estimateAudioTokens(request.transcribe?.audio.length ?? 0);
    // Vectors of many texts are one short piece of work, text after text.
    const sequences = isEmbedding ? 1 : (parameters.n ?? 1);
    const answer = isEmbedding ? 0 : Math.min(parameters.maxTokens ?? EXPECTED_ANSWER, EXPECTED_ANSWER);
    const opening = messages.find(({ role }) => role === 'user')?.content ?? '';
    const affinity = createHash('sha256').update(`${cacheSalt(this.parts.saltSecret, ctx)}\n${opening}`);
    return {
      model: request.model,
      tenant: ctx.tenantId,
      priority: priorityOf(request),
      sequences,
      cost: (bytes / BYTES_PER_TOKEN + heard) * PROMPT_WEIGHT + answer * sequences,
      affinity: affinity.digest('hex'),
    };
  }
}
