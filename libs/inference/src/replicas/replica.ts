import type { Clock } from '@lorekeep/kit/clock';
import type { InferenceFault } from '../inference.errors.js';
import type { OpenAiDriver } from '../openai/openai-driver.js';
import type { ModelCard, ModelList } from '../openai/read-model-list.js';
import { Breaker } from './breaker.js';

/** A replica that said 503 to a question is passed over for so long, in milliseconds. */
export const BUSY_MS = 500;

/** A replica of which something came within this time is there, whatever else is said of it, in milliseconds. */
const SPOKE_MS = 1_000;

/** A replica that answers no check and of which nothing came for so long is lost, in milliseconds. */
export const LOST_MS = 10_000;

/** A token counts as seen a little after it came: part of a silence after which a replica counts as silent. */
const SILENCE_SHARE = 0.9;

/** A question on a replica that has no byte yet: it can still go elsewhere. */
export interface Pending {
  move(): void;
  /** Nothing will come any more. */
  lose(): void;
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
  /** What its engine host says of its models, as long as the host can be reached. */
  instances: ModelList['instances'] = [];
  /** Sequences of this gateway that it is at. */
  running = 0;
  /** Tokens that it still has to read and write for this gateway, estimated. */
  outstanding = 0;
  /** The same by model. */
  private readonly runningBy = new Map<string, number>();
  readonly pending = new Set<Pending>();
  /** When anything last came from it, by the monotonic clock. */
  movedAt: number;
  private busyUntil = 0;
  private answeredAt: number;
  private missed = 0;

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
    this.movedAt = this.answeredAt = clock.monotonic();
  }

  /** Sequences that it works on at once; an engine host on a lower rung, or with models coming and going, says so. */
  get slots(): number {
    const told = (this.cards ?? []).flatMap(({ sequences }) => sequences ?? []);
    const sum = told.reduce((all, one) => all + one, 0);
    return Math.min(told.length > 0 ? sum : this.sequences, this.sequencesMax);
  }

  /**
   * Which part of its sequences a model has, 0 to 1: an engine host says how many each of its models takes, and those of
   * one are no room for another's questions.
   */
  partOf(model: string): number {
    const told = this.cards?.find(({ id }) => id === model)?.sequences;
    const all = (this.cards ?? []).reduce((sum, { sequences }) => sum + (sequences ?? 0), 0);
    return told ? told / all : 1;
  }

  /** What takes of a model's part: of the whole where none has a part of its own. */
  runningOf(model: string): number {
    return this.partOf(model) === 1 ? this.running : (this.runningBy.get(model) ?? 0);
  }

  /** A question's sequences and tokens come, or go where they are below zero. */
  load(model: string, sequences: number, tokens: number): void {
    this.running += sequences;
    this.outstanding += tokens;
    const running = (this.runningBy.get(model) ?? 0) + sequences;
    if (running === 0) this.runningBy.delete(model);
    else this.runningBy.set(model, running);
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

  /** Whether anything came from it a moment ago. */
  get speaks(): boolean {
    return this.running > 0 && this.clock.monotonic() - this.movedAt < SPOKE_MS;
  }

  /** It cannot be reached. Questions on it that have no byte yet would wait on connections that nobody serves. */
  wentAway(): void {
    this.breaker.open('gone');
    if (!this.speaks) this.movePending();
  }

  /**
   * A check of it was answered, whatever was said, or not. Nobody waits for one that stays silent (two checks: this
   * process may have stood still itself), nor for one whose heartbeat has stopped, `isOurs` false, and that does not
   * answer either: one that leaves in order does, and ends what it was asked.
   */
  checked(isAnswered: boolean, isOurs: boolean): void {
    const now = this.clock.monotonic();
    this.missed = isAnswered ? 0 : this.missed + 1;
    if (isAnswered) this.answeredAt = now;
    const isSilent = this.missed > 1 && now - Math.max(this.answeredAt, this.movedAt) >= LOST_MS;
    if (isSilent || (!isAnswered && !isOurs && !this.speaks))
      for (const pending of [...this.pending]) pending.lose();
  }

  /** Draws the conclusion of one fault of a question for a model. `silence`: milliseconds without a byte that ended it. */
  failed(fault: InferenceFault, silence: number, model: string): void {
    switch (fault.code) {
      case 'INFERENCE_UNREACHABLE':
        return this.wentAway();
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
        return this.misses(model);
      default:
        // A verdict on the question, or nobody's fault.
        return;
    }
  }

  /**
   * What it serves is found out again; until then what it said of its other models holds, and how much it takes. No
   * fault of one that never said that it has this one: some still ask for what was taken away.
   */
  private misses(model: string): void {
    if (this.cards?.every(({ id }) => id !== model)) return;
    const others = (this.cards ?? []).filter(({ id }) => id !== model);
    this.cards = others.length > 0 ? others : null;
    this.breaker.failed();
  }

  private fellSilent(): void {
    this.breaker.open('silent');
    this.movePending();
  }

  private movePending(): void {
    for (const pending of [...this.pending]) pending.move();
  }
}
