import { Refusal } from '@lorekeep/kit/errors';

/** How long an answer takes where none has ended yet, in milliseconds. */
const GUESS_MS = 5_000;
/** Weight of the newest answer in the mean. */
const NEWEST = 0.1;
/** Nobody is told to come back later than this, in seconds. */
const RETRY_MAX_SECONDS = 120;

/** How long the queue takes, from how long the last answers took. */
export class WaitTimes {
  private mean: number | null = null;

  /** Milliseconds that one question held its turn. */
  note(held: number): void {
    this.mean = this.mean === null ? held : this.mean + NEWEST * (held - this.mean);
  }

  /** Seconds until whoever is at this position (from 1) has a turn, with room for so many at once. */
  estimate(position: number, room: number): number {
    return Math.max(1, Math.ceil(((this.mean ?? GUESS_MS) * position) / room / 1_000));
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
