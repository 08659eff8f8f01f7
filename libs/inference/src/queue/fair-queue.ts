import { PRIORITIES, type Priority } from './priority.js';

/** Waiting so long makes up for one priority, in milliseconds: after three of them nobody goes before for being at the page. */
export const AGEING_MS = 5_000;
/** Tenants of which it is remembered what they had; beyond, those that had least are forgotten. */
const TENANTS_MAX = 10_000;

export interface Waiting {
  readonly tenant: string;
  readonly priority: Priority;
  /** Expected work in tokens. */
  readonly cost: number;
  /** Milliseconds, monotonic. */
  readonly since: number;
}

/**
 * The order among waiting questions: by priority, better by one for each AGEING_MS waited; then the tenant that had
 * least (start-time fair queuing, Goyal et al. 1996: virtual time goes up by cost over weight); then who came first.
 */
export class FairQueue<Entry extends Waiting> {
  private readonly entries = new Set<Entry>();
  /** Virtual time at which a tenant's next question begins. */
  private readonly begins = new Map<string, number>();
  private virtual = 0;

  /** @param weightOf above 0; 1 where nothing is said */
  constructor(private readonly weightOf: (tenant: string) => number = () => 1) {}

  get size(): number {
    return this.entries.size;
  }

  add(entry: Entry): void {
    this.entries.add(entry);
  }

  /** False where it was not waiting any more. */
  remove(entry: Entry): boolean {
    return this.entries.delete(entry);
  }

  /** The first in order of those that fit; null when there is none. */
  first(now: number, fits: (entry: Entry) => boolean = () => true): Entry | null {
    let best: Entry | null = null;
    for (const entry of this.entries) {
      if (best !== null && this.compare(entry, best, now, this.begins, this.virtual) >= 0) continue;
      if (fits(entry)) best = entry;
    }
    return best;
  }

  /** The first in order for which there is room, taken out and charged; null when there is none. */
  take(now: number, fits: (entry: Entry) => boolean): Entry | null {
    const best = this.first(now, fits);
    if (best === null) return null;
    this.entries.delete(best);
    this.charge(best);
    return best;
  }

  /** A question that had its turn, at once or after waiting. */
  charge({ tenant, cost }: Waiting): void {
    const begin = Math.max(this.begins.get(tenant) ?? 0, this.virtual);
    this.virtual = begin;
    this.begins.delete(tenant);
    this.begins.set(tenant, begin + cost / this.weightOf(tenant));
    if (this.begins.size > TENANTS_MAX) this.forget();
  }

  /** Everybody in the order in which they would go if nobody came any more. */
  order(now: number): Entry[] {
    const left = new Set(this.entries);
    const begins = new Map(this.begins);
    let { virtual } = this;
    const order: Entry[] = [];
    while (left.size > 0) {
      let best: Entry | null = null;
      for (const entry of left)
        if (best === null || this.compare(entry, best, now, begins, virtual) < 0) best = entry;
      if (best === null) break;
      left.delete(best);
      order.push(best);
      virtual = Math.max(begins.get(best.tenant) ?? 0, virtual);
      begins.set(best.tenant, virtual + best.cost / this.weightOf(best.tenant));
    }
    return order;
  }

  /** Who gives way when the queue is full: the newest of the tenant that has most waiting. */
  newestOfLongest(): Entry | null {
    const counts = new Map<string, number>();
    for (const { tenant } of this.entries) counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
    let newest: Entry | null = null;
    const most = Math.max(...counts.values());
    for (const entry of this.entries) {
      if (counts.get(entry.tenant) !== most) continue;
      if (newest === null || entry.since >= newest.since) newest = entry;
    }
    return newest;
  }

  count(which: (entry: Entry) => boolean): number {
    let count = 0;
    for (const entry of this.entries) if (which(entry)) count += 1;
    return count;
  }

  private compare(a: Entry, b: Entry, now: number, begins: Map<string, number>, virtual: number): number {
    const rank = rankOf(a, now) - rankOf(b, now);
    if (rank !== 0) return rank;
    const begin = (entry: Entry) => Math.max(begins.get(entry.tenant) ?? 0, virtual);
    return begin(a) - begin(b) || a.since - b.since;
  }

  private forget(): void {
    for (const [tenant, begin] of this.begins) if (begin <= this.virtual) this.begins.delete(tenant);
    const [oldest] = this.begins.keys();
    if (this.begins.size > TENANTS_MAX && oldest !== undefined) this.begins.delete(oldest);
  }
}

function rankOf({ priority, since }: Waiting, now: number): number {
  return Math.max(0, PRIORITIES.indexOf(priority) - Math.floor((now - since) / AGEING_MS));
}
