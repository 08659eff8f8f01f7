import type { PremisePair } from '@lorekeep/inference';
import type { Clock } from '@lorekeep/kit/clock';
import { within } from '@lorekeep/kit/stream';
import type { EntailmentPort } from '../ports.js';

/** Sentences of one answer that the model is asked about; for what comes after them the comparison of words stands. */
export const ASKED_MAX = 60;
/** So often in a row without an answer, and it is not asked again in this answer: it hangs, or is too slow for it. */
export const UNANSWERED_MAX = 3;
/** Time that one answer is held up by it in all, in milliseconds: less than a reader takes for a silence. */
export const WAITED_MAX_MS = 5_000;

/** What became of one answer's questions to the model, for its record. */
export type OpinionCounts = {
  readonly asked: number;
  /** Without an answer in time, or no longer asked: the comparison of words stands. */
  readonly unanswered: number;
};

/** Asks the operator's model about the sentences of one answer, within bounds. It can only add a mark, never take one away. */
export class SecondOpinion {
  private readonly counted = { asked: 0, unanswered: 0 };
  private missed = 0;
  private waited = 0;

  constructor(
    private readonly model: EntailmentPort,
    private readonly clock: Clock,
    /** Whoever is gone waits for nothing. */
    private readonly signal: AbortSignal,
    private readonly waitedMaxMs = WAITED_MAX_MS,
  ) {}

  counts(): OpinionCounts {
    return { ...this.counted };
  }

  /**
   * Whether the model finds a contradiction. Settles within the limits, and never throws.
   * @param choose what is asked; null: nothing
   */
  async contradicts(choose: () => PremisePair | null): Promise<boolean> {
    const answer = this.mayAsk() ? await this.ask(choose) : null;
    if (answer === null) this.counted.unanswered += 1;
    return answer ?? false;
  }

  /** Counts how long an answer is held up for it. */
  async held<T>(work: () => Promise<T>): Promise<T> {
    const since = this.clock.monotonic();
    try {
      return await work();
    } finally {
      this.waited += this.clock.monotonic() - since;
    }
  }

  private mayAsk(): boolean {
    const isSpent = this.counted.asked >= ASKED_MAX || this.waited >= this.waitedMaxMs;
    return !isSpent && this.missed < UNANSWERED_MAX && !this.signal.aborted;
  }

  private async ask(choose: () => PremisePair | null): Promise<boolean | null> {
    try {
      const pair = choose();
      if (!pair) return false;
      this.counted.asked += 1;
      const answer = await this.answerTo(pair);
      this.missed = answer === null ? this.missed + 1 : 0;
      return answer;
    } catch {
      this.missed += 1;
      return null;
    }
  }

  private async answerTo(pair: PremisePair): Promise<boolean | null> {
    let leave: () => void = () => undefined;
    const gone = new Promise<null>((resolve) => {
      leave = () => resolve(null);
      this.signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([within('entailment', this.waitedMaxMs, this.model.contradicts(pair)), gone]);
    } finally {
      this.signal.removeEventListener('abort', leave);
    }
  }
}
