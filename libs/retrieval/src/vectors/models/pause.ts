import type { Clock } from '@lorekeep/kit/clock';
import { ModelError } from './model.errors.js';

/** So many failures in a row, and the server is left alone for a while. */
const FAILURES_BEFORE = 3;
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * Leaves a server that fails alone, longer each time, so that nobody waits for what will not come.
 */
export class Pause {
  private failures = 0;
  private until = 0;

  constructor(private readonly clock: Clock) {}

  /** Milliseconds until it is worth asking; 0: now. */
  get left(): number {
    return Math.max(0, this.until - this.clock.monotonic());
  }

  succeeded(): void {
    this.failures = 0;
    this.until = 0;
  }

  failed(error: unknown): void {
    this.failures++;
    const asked = error instanceof ModelError ? error.retryAfterMs : null;
    const grown = FIRST_MS * 2 ** Math.min(10, this.failures - FAILURES_BEFORE);
    const wait = asked ?? (this.failures >= FAILURES_BEFORE ? Math.min(LONGEST_MS, grown) : 0);
    this.until = this.clock.monotonic() + wait;
  }
}
