import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest } from '../driver.js';
import { InferenceFault, type InferenceCode } from '../inference.errors.js';
import type { Pending, Replica } from '../replicas/replica.js';

type ModelEvent = Extract<AnswerEvent, { kind: 'model' }>;

/**
 * One replica's answer. Nothing of it goes on before it says something, its `model` event included, so that until then
 * another one can be asked. When the replica falls silent and `mayMove` says that there is another, a question without
 * a byte ends as INFERENCE_FIRST_TOKEN_TIMEOUT; when the replica is lost, as INFERENCE_UNREACHABLE in any case. No
 * generator: one that passes events on costs every token.
 */
export class Attempt {
  // By hand: AbortSignal.any costs more than the rest of an attempt.
  private readonly away = new AbortController();
  private readonly pending: Pending;
  private ended: InferenceCode | undefined;
  private held: ModelEvent | undefined;

  constructor(
    private readonly ctx: CallContext,
    private readonly replica: Replica,
    mayMove: () => boolean,
  ) {
    this.pending = {
      move: () => {
        if (mayMove()) this.endAs('INFERENCE_FIRST_TOKEN_TIMEOUT');
      },
      lose: () => this.endAs('INFERENCE_UNREACHABLE'),
    };
  }

  /** What the replica says; each event is shown to `saw`, and `end` is called in every case. */
  events(request: AnswerRequest): AsyncIterable<AnswerEvent> {
    const { ctx, away } = this;
    if (ctx.signal.aborted) this.leave();
    else ctx.signal.addEventListener('abort', this.leave, { once: true });
    this.replica.pending.add(this.pending);
    return this.replica.driver.answer({ ...ctx, signal: away.signal }, request);
  }

  /** False: the event is held back. Headers come from a server whose workers may stand still. */
  saw(event: AnswerEvent): boolean {
    if (event.kind !== 'model') this.replica.moved();
    else this.held = event;
    return event.kind !== 'model';
  }

  /** The event that was held back, once. */
  takeHeld(): ModelEvent | undefined {
    const { held } = this;
    if (held) this.replica.pending.delete(this.pending);
    this.held = undefined;
    return held;
  }

  /** What its failure is called. */
  faultOf(error: unknown): unknown {
    return this.ended && !this.ctx.signal.aborted ? new InferenceFault(this.ended) : error;
  }

  end(): void {
    this.ctx.signal.removeEventListener('abort', this.leave);
    this.replica.pending.delete(this.pending);
  }

  private endAs(code: InferenceCode): void {
    this.ended ??= code;
    this.away.abort();
  }

  private readonly leave = (): void => this.away.abort(this.ctx.signal.reason);
}
