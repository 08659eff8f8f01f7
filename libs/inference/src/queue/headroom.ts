import type { Clock } from '@lorekeep/kit/clock';

/** A tenant that asked within this time may come back any moment, in milliseconds. */
export const ACTIVE_MS = 60_000;
/** Part of the sequences that is kept from tenants that already hold their part. */
export const HEADROOM_SHARE = 1 / 8;
/** With fewer sequences than this none can be spared. */
export const HEADROOM_FROM = 4;

/**
 * Keeps a little room for whoever has little: a slot that a flood holds is free only when one of its answers ends, for
 * which a newcomer would have to wait however fair the queue. Nothing is kept while a single tenant asks.
 */
export class Headroom {
  private readonly seen = new Map<string, number>();
  private readonly held = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  saw(tenant: string): void {
    const now = this.clock.monotonic();
    // In the order of the last question.
    this.seen.delete(tenant);
    this.seen.set(tenant, now);
    for (const [other, at] of this.seen) {
      if (now - at <= ACTIVE_MS) break;
      this.seen.delete(other);
    }
  }

  took(tenant: string, sequences: number): void {
    this.held.set(tenant, (this.held.get(tenant) ?? 0) + sequences);
  }

  released(tenant: string, sequences: number): void {
    const left = (this.held.get(tenant) ?? 0) - sequences;
    if (left > 0) this.held.set(tenant, left);
    else this.held.delete(tenant);
  }

  /** Whether a tenant may take one of the `free` sequences out of `all`. */
  mayTake(tenant: string, free: number, all: number): boolean {
    const tenants = Math.max(1, this.seen.size);
    const holds = this.held.get(tenant) ?? 0;
    if (tenants === 1 || holds < all / tenants || all < HEADROOM_FROM) return free > 0;
    return free > Math.max(1, Math.floor(all * HEADROOM_SHARE));
  }
}
