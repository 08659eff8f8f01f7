import { createHash } from 'node:crypto';
import { isRefusal } from '@lorekeep/kit/errors';
import type { CallContext, Role } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest, Driver } from '../driver.js';
import { InferenceFault, type InferenceCode } from '../inference.errors.js';
import type { InferenceObserver } from '../observer.js';
import type { FitPrompt } from '../budget/fit-prompt.js';
import { estimateAudioTokens } from '../prompt/estimate-audio-tokens.js';
import { cacheSalt } from '../openai/cache-salt.js';
import type { Admission, Wanted } from '../queue/admission.js';
import { goesFirst, priorityOf } from '../queue/priority.js';
import type { Turn } from '../queue/turn.js';
import { workOf } from '../queue/wait-times.js';
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
/** How an answer ends that had begun; of one that had not, nothing is incomplete. */
const BROKEN_OFF: ReadonlySet<InferenceCode> = new Set<InferenceCode>([
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
  /** Roles that go first in the queue, by the caller's tenant. */
  readonly firstRolesOf?: (ctx: CallContext) => Promise<readonly Role[]>;
  /** Looks after a replica now; false: it cannot be asked. */
  readonly check: (replica: Replica) => Promise<boolean>;
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
    const roles = (await this.parts.firstRolesOf?.(ctx)) ?? [];
    const wanted = this.wanted(ctx, request, { home: homeOf(asked), first: goesFirst(ctx, roles) });
    const turn = yield* this.parts.admission.admit(ctx, wanted);
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
          await this.goOn(ctx, turn, { error: attempt.faultOf(error), spoke, tried });
        } finally {
          attempt.end();
        }
      }
    } finally {
      turn.release();
    }
  }

  /** Moves the question to another replica, or throws what went wrong. */
  private async goOn(
    ctx: CallContext,
    turn: Turn,
    { error, spoke, tried }: { error: unknown; spoke: boolean; tried: ReadonlySet<Replica> },
  ): Promise<void> {
    const { admission, observer, silence } = this.parts;
    if (!(error instanceof InferenceFault)) throw error;
    this.conclude(turn, error, spoke ? silence.betweenTokens : silence.firstToken);
    if (spoke || ctx.signal.aborted || !MOVABLE.has(error.code)) throw error;
    if (!admission.move(turn, tried))
      throw (await this.isAway(turn.replica, error)) ? neverBegun(error) : error;
    observer.retried(error.code);
  }

  /** Whether a fault before the first byte was the server's own end: a dying engine answers 500 before it is gone. */
  private async isAway(replica: Replica, { code }: InferenceFault): Promise<boolean> {
    return BROKEN_OFF.has(code) || (code === 'INFERENCE_FAILED' && !(await this.parts.check(replica)));
  }

  private conclude({ replica, wanted }: Turn, fault: InferenceFault, silence: number): void {
    const wasOpen = replica.isOpen;
    replica.failed(fault, silence, wanted.model);
    if (!wasOpen && replica.isOpen)
      this.parts.observer.replicaChanged(replica.name, 'open', replica.breaker.reason);
  }

  private wanted(
    ctx: CallContext,
    request: AnswerRequest,
    { home, first }: { home: string; first: boolean },
  ): Wanted {
    const { messages, passages, parameters } = request;
    let bytes = 0;
    for (const { content } of messages) bytes += Buffer.byteLength(content);
    for (const { content } of passages) bytes += Buffer.byteLength(content);
    const isEmbedding = request.embed !== undefined;
    const heard = estimateAudioTokens(request.transcribe?.audio.length ?? 0);
    // Vectors of many texts are one short piece of work, text after text.
    const sequences = isEmbedding ? 1 : (parameters.n ?? 1);
    const answer = isEmbedding ? 0 : Math.min(parameters.maxTokens ?? EXPECTED_ANSWER, EXPECTED_ANSWER);
    const affinity = createHash('sha256').update(`${cacheSalt(this.parts.saltSecret, ctx)}\n${home}`);
    return {
      model: request.model,
      tenant: ctx.tenantId,
      priority: priorityOf(request),
      work: workOf(request),
      goesFirst: first,
      sequences,
      cost: (bytes / BYTES_PER_TOKEN + heard) * PROMPT_WEIGHT + answer * sequences,
      affinity: affinity.digest('hex'),
    };
  }
}

/** To its caller the server was away: quotations follow, or a code that says to try again. */
function neverBegun(cause: InferenceFault): InferenceFault {
  const fault = new InferenceFault('INFERENCE_UNREACHABLE', { cause });
  fault.usage = cause.usage;
  return fault;
}

/** Of the request as it was asked: what is cut to fit the model must not move its conversation. */
function homeOf({ conversation, messages }: AnswerRequest): string {
  return conversation ?? messages.find(({ role }) => role === 'user')?.content ?? '';
}
