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
  /** Of a role that goes first among the people of its tenant. */
  readonly goesFirst: boolean;
}

/**
 * The order among waiting questions: by priority, better by one for each AGEING_MS waited; then the tenant that had
 * least (start-time fair queuing, Goyal et al. 1996: virtual time goes up by cost over weight); then who came first.
 * A tenant's turn then goes to whoever of its own has waited longest, to which a role that goes first adds AGEING_MS:
 * the roles of one tenant move no other's turns, and who came so much earlier is never overtaken.
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
      if (best !== null && this.compare(entry, best, now) >= 0) continue;
      if (fits(entry)) best = entry;
    }
    return best && this.firstByRole(best, now, fits);
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

  /** Everybody in the order in which they would go if nobody came any more; n log n, for it is told while others come. */
  order(now: number): Entry[] {
    const begins = new Map(this.begins);
    let { virtual } = this;
    const ranks: Entry[][] = PRIORITIES.map(() => []);
    for (const entry of this.entries) ranks[rankOf(entry, now)]?.push(entry);
    return ranks.flatMap((entries) => {
      const turns = turnsOf(entries).map(({ entry, since }) => {
        const start = Math.max(begins.get(entry.tenant) ?? 0, virtual);
        begins.set(entry.tenant, start + entry.cost / this.weightOf(entry.tenant));
        return { entry, since, start };
      });
      turns.sort((a, b) => a.start - b.start || a.since - b.since);
      virtual = turns.at(-1)?.start ?? virtual;
      return turns.map(({ entry }) => entry);
    });
  }

  /** Who gives way when the queue is full: of the tenant that has most waiting the last in order, or the newest of these. */
  lastOfLongest(now: number): Entry | null {
    const counts = new Map<string, number>();
    for (const { tenant } of this.entries) counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
    let last: Entry | null = null;
    const most = Math.max(...counts.values());
    for (const entry of this.entries) {
      if (counts.get(entry.tenant) !== most) continue;
      const later =
        last === null ? 0 : rankOf(entry, now) - rankOf(last, now) || waitsFrom(entry) - waitsFrom(last);
      if (later >= 0) last = entry;
    }
    return last;
  }

  count(which: (entry: Entry) => boolean): number {
    let count = 0;
    for (const entry of this.entries) if (which(entry)) count += 1;
    return count;
  }

  private firstByRole(turn: Entry, now: number, fits: (entry: Entry) => boolean): Entry {
    let best = turn;
    for (const entry of this.entries) {
      if (!entry.goesFirst || entry.tenant !== turn.tenant || waitsFrom(entry) >= waitsFrom(best)) continue;
      if (rankOf(entry, now) === rankOf(turn, now) && fits(entry)) best = entry;
    }
    return best;
  }

  private compare(a: Entry, b: Entry, now: number): number {
    const rank = rankOf(a, now) - rankOf(b, now);
    if (rank !== 0) return rank;
    const begin = ({ tenant }: Entry) => Math.max(this.begins.get(tenant) ?? 0, this.virtual);
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

function waitsFrom({ since, goesFirst }: Waiting): number {
  return goesFirst ? since - AGEING_MS : since;
}

/** Entries of one rank, each tenant's as they go: by role, and as of when the tenant's turn is among others. */
function turnsOf<Entry extends Waiting>(entries: Entry[]): { entry: Entry; since: number }[] {
  entries.sort((a, b) => a.since - b.since);
  if (!entries.some(({ goesFirst }) => goesFirst))
    return entries.map((entry) => ({ entry, since: entry.since }));
  const tenants = new Map<string, Entry[]>();
  for (const entry of entries) {
    const known = tenants.get(entry.tenant);
    if (known) known.push(entry);
    else tenants.set(entry.tenant, [entry]);
  }
  return [...tenants.values()].flatMap((own) => {
    const gone = new Set<Entry>();
    let oldest = 0;
    return own
      .toSorted((a, b) => waitsFrom(a) - waitsFrom(b))
      .map((entry) => {
        for (let next = own[oldest]; next && gone.has(next); next = own[oldest]) oldest += 1;
        gone.add(entry);
        return { entry, since: own[oldest]?.since ?? entry.since };
      });
  });
}
