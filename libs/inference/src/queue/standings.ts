import type { Clock } from '@lorekeep/kit/clock';
import type { Replica } from '../replicas/replica.js';
import type { Replicas } from '../replicas/replicas.js';
import type { FairQueue, Waiting } from './fair-queue.js';
import type { Work, WaitTimes } from './wait-times.js';

/** How often a waiting question is told where it stands, in milliseconds, if that has changed. */
export const TELL_MS = 1_000;
/** Hundreds may come at once: their places are found together, in milliseconds after those before them. */
export const NEWCOMERS_MS = 50;

/** What this gateway may use of the replicas, and who waits for them in the others. */
export interface Shares {
  /** Sequences of a replica that this gateway may use. */
  shareOf(replica: Replica): number;
  /** Of each other gateway, how many questions wait for any of these. */
  waitingElsewhere(replicas: readonly Replica[]): readonly number[];
}

interface Queued extends Waiting {
  readonly wanted: { readonly model: string; readonly work: Work; readonly sequences: number };
}

export interface Standing {
  readonly position: number;
  readonly seconds: number;
}

/** What questions that the same replicas can answer wait for. */
interface Pool {
  readonly replicas: readonly Replica[];
  /** Where each model has its own part of them. */
  readonly model: string | null;
  /** Sequences that this gateway may use of those that can be asked. */
  readonly room: number;
  /** Questions that wait for them, of each other gateway. */
  readonly elsewhere: readonly number[];
  /** Questions of this gateway, and milliseconds that a single sequence would be at them. */
  waiting: number;
  work: number;
}

interface Place {
  readonly pool: Pool;
  readonly waiting: number;
  readonly work: number;
}

/** Where waiting questions stand among those that want the same replicas: who waits for others is in nobody's way. */
export class Standings<Entry extends Queued> {
  private at = -Infinity;
  private pools = new Map<string, Pool>();
  private places = new Map<Entry, Place>();

  constructor(
    private readonly queue: FairQueue<Entry>,
    private readonly replicas: Replicas,
    private readonly shares: Shares,
    private readonly times: WaitTimes,
    private readonly clock: Clock,
  ) {}

  /** null: it came a moment ago. */
  of(entry: Entry): Standing | null {
    this.lookAgain(this.places.has(entry) ? TELL_MS / 2 : NEWCOMERS_MS);
    const place = this.places.get(entry);
    if (!place) return null;
    const { pool, waiting, work } = place;
    // Gateways go in turns: when it is this one's turn, the others have had as many, of those that they have.
    let position = waiting;
    for (const there of pool.elsewhere) position += Math.min(there, waiting - 1);
    return { position, seconds: seconds(work, pool) };
  }

  /** Seconds until one that came now would have its turn. */
  secondsBehindAll({ model, work, sequences }: Entry['wanted']): number {
    this.lookAgain(TELL_MS / 2);
    const pool = this.openPool(model);
    return seconds(pool.work + this.times.of(model, work) * sequences, pool);
  }

  private lookAgain(after: number): void {
    const now = this.clock.monotonic();
    if (now - this.at < after) return;
    this.at = now;
    const order = this.queue.order(now);
    const byModel = new Map<string, Pool>();
    this.pools = new Map();
    this.places = new Map();
    for (const { wanted } of order)
      if (!byModel.has(wanted.model)) byModel.set(wanted.model, this.openPool(wanted.model));
    const pools = [...this.pools.values()];
    const rivals = new Map(pools.map((pool) => [pool, pools.filter((other) => shareReplica(pool, other))]));
    for (const entry of order) {
      const { model, work, sequences } = entry.wanted;
      const pool = byModel.get(model);
      if (!pool) continue;
      const takes = this.times.of(model, work) * sequences;
      for (const rival of rivals.get(pool) ?? []) {
        rival.waiting += 1;
        rival.work += takes;
      }
      this.places.set(entry, { pool, waiting: pool.waiting, work: pool.work });
    }
  }

  /** Models of the same replicas have one pool, unless each has its own part, however many names callers make up. */
  private openPool(model: string): Pool {
    const replicas = this.replicas.serving(model);
    const own = replicas.some((replica) => replica.partOf(model) < 1) ? model : null;
    const key = keyOf(replicas, own);
    const known = this.pools.get(key);
    if (known) return known;
    const { shares } = this;
    const closed = this.replicas.closed(model);
    const room = closed.reduce((sum, replica) => sum + roomFor(model, replica, shares), 0);
    const pool = {
      replicas,
      model: own,
      room,
      elsewhere: shares.waitingElsewhere(replicas),
      waiting: 0,
      work: 0,
    };
    this.pools.set(key, pool);
    return pool;
  }
}

function seconds(work: number, { room }: Pool): number {
  return Math.max(1, Math.ceil(work / Math.max(1, room) / 1_000));
}

/** Sequences of a replica that this gateway may use for a model. */
export function roomFor(model: string, replica: Replica, shares: Pick<Shares, 'shareOf'>): number {
  return Math.ceil(shares.shareOf(replica) * replica.partOf(model));
}

function keyOf(replicas: readonly Replica[], model: string | null): string {
  return [...replicas.map(({ name }) => name), model ?? ''].join(' ');
}

function shareReplica(one: Pool, other: Pool): boolean {
  if (one.model !== null && other.model !== null && one.model !== other.model) return false;
  return one === other || one.replicas.some((replica) => other.replicas.includes(replica));
}
