import type { Clock } from '@lorekeep/kit/clock';

/** A tenant that asked within this time may come back any moment, in milliseconds. */
export const ACTIVE_MS = 60_000;
/** What a tenant had at once is kept for it for one to two of these, in milliseconds. */
export const KEPT_MS = 5_000;
/** Part of the sequences that is always kept from tenants that already hold their part, and the most that is. */
export const HEADROOM_SHARE = 1 / 8;
export const HEADROOM_MAX_SHARE = 1 / 2;
/** With fewer sequences than this none can be spared. */
export const HEADROOM_FROM = 4;

interface Holding {
  held: number;
  /** Most that was held at once in this period, and in the one before it. */
  peak: number;
  before: number;
  since: number;
}

/**
 * Keeps a little room for whoever has little: a slot that a flood holds is free only when one of its answers ends, for
 * which others would have to wait between any two of their questions, however fair the queue. A tenant over its
 * part leaves free what the others had at once a moment ago, each up to its part. Nothing is kept while one tenant asks.
 */
export class Headroom {
  private readonly seen = new Map<string, number>();
  private readonly holdings = new Map<string, Holding>();

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
    const now = this.clock.monotonic();
    const holding = this.current(tenant, now) ?? { held: 0, peak: 0, before: 0, since: now };
    holding.held += sequences;
    holding.peak = Math.max(holding.peak, holding.held);
    this.holdings.set(tenant, holding);
  }

  released(tenant: string, sequences: number): void {
    const holding = this.current(tenant, this.clock.monotonic());
    if (holding) holding.held = Math.max(0, holding.held - sequences);
  }

  /** Whether a tenant holds less than its part of `all`, or nobody else asks. */
  isBelowPart(tenant: string, all: number): boolean {
    const tenants = Math.max(1, this.seen.size);
    return tenants === 1 || (this.holdings.get(tenant)?.held ?? 0) < all / tenants;
  }

  /** Whether a tenant may take one of the `free` sequences out of `all`. */
  mayTake(tenant: string, free: number, all: number): boolean {
    const part = all / Math.max(1, this.seen.size);
    if (free <= 0) return false;
    if (this.isBelowPart(tenant, all) || all < HEADROOM_FROM) return true;
    const least = Math.max(1, Math.floor(all * HEADROOM_SHARE));
    const most = Math.floor(all * HEADROOM_MAX_SHARE);
    return free > Math.min(most, Math.max(least, this.wantedBack(tenant, part)));
  }

  /** What the others had at once a moment ago and do not have now. */
  private wantedBack(except: string, part: number): number {
    const now = this.clock.monotonic();
    let sum = 0;
    for (const tenant of [...this.holdings.keys()]) {
      const holding = this.current(tenant, now);
      if (!holding || tenant === except) continue;
      sum += Math.max(0, Math.min(Math.max(holding.peak, holding.before), Math.ceil(part)) - holding.held);
    }
    return sum;
  }

  /** With its periods moved on to now; forgotten where nothing is left to remember. */
  private current(tenant: string, now: number): Holding | undefined {
    const holding = this.holdings.get(tenant);
    if (!holding || now - holding.since < KEPT_MS) return holding;
    holding.before = now - holding.since < 2 * KEPT_MS ? holding.peak : holding.held;
    holding.peak = holding.held;
    holding.since = now;
    if (holding.held > 0 || holding.before > 0) return holding;
    this.holdings.delete(tenant);
    return undefined;
  }
}
