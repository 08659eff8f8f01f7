import type { Clock } from '@lorekeep/kit/clock';
import type { InferenceFault } from '../inference.errors.js';
import type { ModelCard, OpenAiDriver } from '../openai/openai-driver.js';
import { Breaker } from './breaker.js';

/** A replica that said 503 to a question is passed over for so long, in milliseconds. */
export const BUSY_MS = 500;

/** A token counts as seen a little after it came: part of a silence after which a replica counts as silent. */
const SILENCE_SHARE = 0.9;

/** A question on a replica that has no byte yet: it can still go elsewhere. */
export interface Pending {
  move(): void;
}

/** How a server is called in logs, metrics and heartbeats: its address without credentials, should there be any. */
export function replicaName(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}

/** One model server: what it serves, how much it is at, and whether it can be asked. */
export class Replica {
  readonly breaker: Breaker;
  /** null: not known yet. */
  cards: readonly ModelCard[] | null = null;
  /** Sequences of this gateway that it is at. */
  running = 0;
  /** Tokens that it still has to read and write for this gateway, estimated. */
  outstanding = 0;
  readonly pending = new Set<Pending>();
  /** When anything last came from it, by the monotonic clock. */
  movedAt: number;
  private busyUntil = 0;

  /**
   * @param name as `replicaName` makes it
   * @param sequences that it works on at once, of all gateways, where it does not say itself
   * @param sequencesMax that there are connections for
   */
  constructor(
    readonly name: string,
    readonly driver: OpenAiDriver,
    private readonly sequences: number,
    private readonly clock: Clock,
    private readonly sequencesMax = Infinity,
  ) {
    this.breaker = new Breaker(clock);
    this.movedAt = clock.monotonic();
  }

  /** Sequences that it works on at once; an engine host on a lower rung, or with models coming and going, says so. */
  get slots(): number {
    const told = (this.cards ?? []).flatMap(({ sequences }) => sequences ?? []);
    const sum = told.reduce((all, one) => all + one, 0);
    return Math.min(told.length > 0 ? sum : this.sequences, this.sequencesMax);
  }

  /** Whether it serves a model; a replica whose list is not known yet may. */
  serves(model: string): boolean {
    return this.cards === null || this.cards.some(({ id }) => id === model);
  }

  get isOpen(): boolean {
    return this.breaker.state !== 'closed';
  }

  get isBusy(): boolean {
    return this.clock.monotonic() < this.busyUntil;
  }

  moved(): void {
    this.movedAt = this.clock.monotonic();
  }

  /** Whether anything came from it within so many milliseconds. */
  movedWithin(milliseconds: number): boolean {
    return this.running > 0 && this.clock.monotonic() - this.movedAt < milliseconds;
  }

  /** Draws the conclusion of one fault. `silence`: milliseconds without a byte that ended the question. */
  failed(fault: InferenceFault, silence: number): void {
    switch (fault.code) {
      case 'INFERENCE_UNREACHABLE':
        return this.breaker.open('gone');
      case 'INFERENCE_UNAUTHORIZED':
        return this.breaker.open('unauthorized');
      case 'INFERENCE_BUSY':
        this.busyUntil = this.clock.monotonic() + BUSY_MS;
        return;
      case 'INFERENCE_STALLED':
      case 'INFERENCE_FIRST_TOKEN_TIMEOUT':
        // Others on it move: it is at work, only this one was unlucky or waits in its queue.
        if (this.clock.monotonic() - this.movedAt < silence * SILENCE_SHARE) return this.breaker.failed();
        return this.fellSilent();
      case 'INFERENCE_FAILED':
      case 'INFERENCE_BROKEN':
      case 'INFERENCE_ABORTED':
        return this.breaker.failed();
      case 'INFERENCE_MODEL_MISSING':
        // What it serves is found out again.
        this.cards = null;
        return this.breaker.failed();
      default:
        // A verdict on the question, or nobody's fault.
        return;
    }
  }

  private fellSilent(): void {
    this.breaker.open('silent');
    for (const pending of [...this.pending]) pending.move();
  }
}
