import type { CallContext } from '@lorekeep/kit/context';
import { within } from '@lorekeep/kit/stream';
import { faultOf, PathFault } from '../question-path.errors.js';
import type { AnswerEvent, AnswerRequest, ChosenModel } from '../ports.js';

export interface Patience {
  /** Milliseconds for the whole answer. */
  readonly answer: number;
  /** Milliseconds that a driver has to end by itself once it was told to. */
  readonly grace: number;
}

/**
 * The driver's events until it ends, the time is up, the caller has gone or nobody listens any more. In every case the
 * driver is told by its signal and let go; one that does not react is left behind after the grace.
 */
export function followDriver(
  ctx: CallContext,
  request: AnswerRequest,
  { driver }: ChosenModel,
  patience: Patience,
): AsyncIterable<AnswerEvent> {
  const begin = (signal: AbortSignal) => driver.answer({ ...ctx, signal }, request)[Symbol.asyncIterator]();
  return { [Symbol.asyncIterator]: () => new Followed(begin, ctx.signal, patience) };
}

/** By hand: a generator that passes events on costs every token of every answer. */
class Followed implements AsyncIterator<AnswerEvent> {
  private readonly stop = new AbortController();
  private readonly watch: Watch;
  private events: AsyncIterator<AnswerEvent> | undefined;
  private isOver = false;

  constructor(
    private readonly begin: (signal: AbortSignal) => AsyncIterator<AnswerEvent>,
    signal: AbortSignal,
    private readonly patience: Patience,
  ) {
    this.watch = new Watch(signal, patience, this.stop);
  }

  next(): Promise<IteratorResult<AnswerEvent>> {
    if (this.isOver) return Promise.resolve({ done: true, value: undefined });
    return this.watch.first(() => this.ask()).then(this.passed, this.failed);
  }

  /** Nobody listens any more. */
  async return(): Promise<IteratorResult<AnswerEvent>> {
    await this.end();
    return { done: true, value: undefined };
  }

  private ask(): Promise<IteratorResult<AnswerEvent>> {
    this.events ??= this.begin(this.stop.signal);
    return this.events.next();
  }

  private readonly passed = (
    step: IteratorResult<AnswerEvent>,
  ): IteratorResult<AnswerEvent> | Promise<IteratorResult<AnswerEvent>> => {
    if (typeof step !== 'object' || step === null) return this.failed(new TypeError('no step of an answer'));
    if (!step.done) return step;
    this.events = undefined;
    return this.return();
  };

  private readonly failed = async (error: unknown): Promise<never> => {
    await this.end();
    throw faultOf('inference', error);
  };

  private async end(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    this.watch.end();
    if (this.events) this.stop.abort(NOT_WANTED);
    await letGo(this.events, this.patience.grace);
  }
}

/** Made once: a reason of its own for each answer costs more than following it. */
const NOT_WANTED = new Error('nobody waits for the answer any more');

async function letGo(events: AsyncIterator<AnswerEvent> | undefined, grace: number): Promise<void> {
  if (!events?.return) return;
  try {
    await within('inference', grace, Promise.resolve(events.return()));
  } catch {
    // It was told by its signal; what it does about that is no longer part of this answer.
  }
}

/** Ends a wait when the time is up, or when the caller has gone and the driver does not notice by itself. */
class Watch {
  private over: Error | undefined;
  private giveUp: (reason: Error) => void = () => undefined;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly signal: AbortSignal,
    private readonly patience: Patience,
    private readonly stop: AbortController,
  ) {
    this.expire(patience.answer, 'INFERENCE_TIMEOUT', 'The answer took too long.', 504);
    if (signal.aborted) this.left();
    else signal.addEventListener('abort', this.left, { once: true });
  }

  first<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.giveUp = reject;
      if (this.over) reject(this.over);
      work().then(resolve, reject);
    });
  }

  end(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.signal.removeEventListener('abort', this.left);
  }

  private readonly left = () => {
    this.stop.abort(this.signal.reason);
    this.expire(this.patience.grace, 'INFERENCE_CANCELLED', 'The question was cancelled.', 499);
  };

  private expire(
    milliseconds: number,
    code: 'INFERENCE_TIMEOUT' | 'INFERENCE_CANCELLED',
    text: string,
    status: number,
  ): void {
    const timer = setTimeout(() => {
      this.over ??= new PathFault(code, text, { status, step: 'inference' });
      this.giveUp(this.over);
    }, milliseconds);
    this.timers.push(timer);
  }
}
