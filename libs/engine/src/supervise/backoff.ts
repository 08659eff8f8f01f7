export interface BackoffLimits {
  readonly firstMs: number;
  readonly mostMs: number;
  /** After so long without a crash the next one counts as the first. */
  readonly quietMs: number;
}

/** Waits between restarts: the first crash after a quiet time is answered at once, each further one twice as late. */
export class Backoff {
  private crashes = 0;
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly limits: BackoffLimits) {}

  /** Milliseconds to wait before the next start; `at` is a monotonic reading. */
  crashed(at: number, readyForMs: number): number {
    if (readyForMs >= this.limits.quietMs || at - this.lastAt >= this.limits.quietMs + this.limits.mostMs)
      this.crashes = 0;
    this.lastAt = at;
    this.crashes += 1;
    if (this.crashes === 1) return 0;
    return Math.min(this.limits.mostMs, this.limits.firstMs * 2 ** (this.crashes - 2));
  }

  reset(): void {
    this.crashes = 0;
  }
}
