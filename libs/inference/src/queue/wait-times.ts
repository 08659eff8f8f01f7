import { Refusal } from '@lorekeep/kit/errors';
import type { AnswerRequest } from '../driver.js';

/** How long an answer takes where none has ended yet, in milliseconds. */
const GUESS_MS = 5_000;
/** Weight of the newest answer in the mean. */
const NEWEST = 0.1;
/** Nobody is told to come back later than this, in seconds. */
const RETRY_MAX_SECONDS = 120;

/** Models and kinds of work of which it is remembered how long they take: callers may name models that nobody has. */
const KNOWN_MAX = 1_000;

/** Kinds of work that take their own time each. */
export type Work = AnswerRequest['task'] | 'vectors' | 'transcript';

export function workOf({ embed, transcribe, task }: AnswerRequest): Work {
  if (embed) return 'vectors';
  return transcribe ? 'transcript' : task;
}

/** How long a turn is held, by model and kind of work, from the last ones. */
export class WaitTimes {
  private readonly means = new Map<string, number>();

  /** Milliseconds that one question held its turn. */
  note(model: string, work: Work, held: number): void {
    const key = `${work} ${model}`;
    const mean = this.means.get(key) ?? held;
    this.means.delete(key);
    this.means.set(key, mean + NEWEST * (held - mean));
    const [oldest] = this.means.keys();
    if (this.means.size > KNOWN_MAX && oldest !== undefined) this.means.delete(oldest);
  }

  /** Milliseconds. */
  of(model: string, work: Work): number {
    return this.means.get(`${work} ${model}`) ?? GUESS_MS;
  }
}

/** The queue has no room, or took too long. @param seconds until it may work again */
export function queueRefusal(waiting: number, seconds: number): Refusal {
  return new Refusal({
    step: 'inference',
    code: 'INFERENCE_QUEUE_FULL',
    text: 'Too many questions are waiting for the model; please try again in a moment.',
    status: 429,
    retryAfter: Math.min(RETRY_MAX_SECONDS, seconds),
    facts: { waiting },
  });
}

/** Until `ticket.wake()` is called, the signal is aborted, or the time has passed. */
export function sleepUntilWoken(
  ticket: { wake: () => void },
  signal: AbortSignal,
  milliseconds: number,
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      ticket.wake = () => undefined;
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    ticket.wake = done;
    if (signal.aborted) done();
  });
}
