import type { Clock } from '@lorekeep/kit/clock';
import type { Replica } from '../replicas/replica.js';
import type { Wanted } from './admission.js';

/** A question's place on a replica; held until it is released, whatever becomes of the answer. */
export class Turn {
  private readonly since: number;
  private isReleased = false;
  private current: Replica;

  constructor(
    readonly wanted: Wanted,
    replica: Replica,
    private readonly clock: Clock,
    private readonly onReleased: (turn: Turn) => void,
  ) {
    this.since = clock.monotonic();
    this.current = replica;
    this.load(1);
  }

  get replica(): Replica {
    return this.current;
  }

  /** Milliseconds. */
  get heldFor(): number {
    return this.clock.monotonic() - this.since;
  }

  moveTo(replica: Replica): void {
    this.load(-1);
    this.current = replica;
    this.load(1);
  }

  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.load(-1);
    this.onReleased(this);
  }

  private load(sign: 1 | -1): void {
    const { model, sequences, cost } = this.wanted;
    this.current.load(model, sign * sequences, sign * cost);
  }
}
