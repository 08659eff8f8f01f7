import type { Clock } from '@lorekeep/kit/clock';

/** Faults in a row after which a replica that does answer is left alone. */
export const FAULTS_TO_OPEN = 3;
/** First time that an open replica is left alone, in milliseconds; twice as long after each check in vain. */
export const OPEN_MS = 250;
/** A server that is back must not wait for long: the checks are cheap. */
export const OPEN_MAX_MS = 2_000;

export type BreakerState = 'closed' | 'open' | 'half-open';
/**
 * `gone`: not reached, or ill by its own word. `silent`: reached, but nothing comes: only a token proves that it is back.
 * `unauthorized`: it refuses our key, which only an administrator can mend: a fault of the settings, not of the server.
 */
export type OpenReason = 'gone' | 'silent' | 'faulty' | 'unauthorized';

/**
 * closed → open (a reason, or faults in a row) → half-open (one check is under way) → closed, or open for twice as long.
 * Questions go to closed replicas only.
 */
export class Breaker {
  private faults = 0;
  private openFor = OPEN_MS;
  private openedAt = 0;
  private current: BreakerState = 'closed';
  reason: OpenReason | null = null;

  constructor(private readonly clock: Clock) {}

  get state(): BreakerState {
    return this.current;
  }

  succeeded(): void {
    this.faults = 0;
  }

  /** One more fault of a server that answers. */
  failed(): void {
    this.faults += 1;
    if (this.faults >= FAULTS_TO_OPEN) this.open('faulty');
  }

  open(reason: OpenReason): void {
    // What is learnt while a check is under way does not cut it short; silence weighs more than a refused connection.
    if (this.current === 'closed') this.openedAt = this.clock.monotonic();
    if (this.current !== 'half-open') this.current = 'open';
    if (this.reason !== 'silent' || reason === 'unauthorized') this.reason = reason;
  }

  /** Whether it is time for a check. */
  isDue(): boolean {
    return this.current === 'open' && this.clock.monotonic() - this.openedAt >= this.openFor;
  }

  /** A check begins. */
  half(): void {
    if (this.current === 'open') this.current = 'half-open';
  }

  close(): void {
    this.current = 'closed';
    this.reason = null;
    this.faults = 0;
    this.openFor = OPEN_MS;
  }

  /** The check was in vain. */
  reopen(): void {
    this.current = 'open';
    this.openedAt = this.clock.monotonic();
    this.openFor = Math.min(this.openFor * 2, OPEN_MAX_MS);
  }
}
