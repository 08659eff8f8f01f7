/** Time is injected so that tests can steer it. Milliseconds since the epoch, and a monotonic reading. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds from an arbitrary origin, never going backwards. */
  monotonic(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** A clock that stands still until it is told to move. */
export class ManualClock implements Clock {
  private wrongBy = 0;

  constructor(private at = Date.UTC(2026, 0, 5, 9, 0, 0)) {}

  now(): number {
    return this.at + this.wrongBy;
  }

  monotonic(): number {
    return this.at;
  }

  advance(milliseconds: number): void {
    this.at += milliseconds;
  }

  /** Somebody sets the clock: no time passes. */
  jump(milliseconds: number): void {
    this.wrongBy += milliseconds;
  }
}
