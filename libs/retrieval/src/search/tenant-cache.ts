import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { ListCache, SegmentLists } from './list-cache.js';
import { fetchSegments } from './read-segments.js';
import { readState, type IndexState, type Snapshot } from './read-state.js';
import { SegmentView } from './segment-view.js';
import { TenantIndex } from './tenant-index.js';

/** One tenant's index in memory, as of a snapshot. */
interface Held {
  readonly index: TenantIndex;
  snapshot: Snapshot;
  server: string;
  /** Counts the changes of `snapshot`. */
  turn: number;
  /** What changes the index waits for what changes it already. */
  changing: Promise<unknown>;
}

/** The index at a moment that is not before the search began, with what the caller may read. */
export interface Current {
  readonly index: TenantIndex;
  readonly readable: ReadonlySet<string>;
}

/** Half for posting lists, half for what is known of tenants. */
const SHARE_OF_LISTS = 0.5;

/**
 * What searches keep in memory, by tenant: a search gets the index of its own tenant and no other. Whole tenants that
 * have not been searched for longest go first when `bytes` are used up.
 */
export class TenantCache {
  private readonly tenants = new Map<string, Held>();
  private readonly loading = new Map<string, Promise<Held | null>>();
  private readonly lists: ListCache;
  private readonly limit: number;

  constructor(
    private readonly database: Database,
    bytes: number,
  ) {
    this.lists = new ListCache(bytes * SHARE_OF_LISTS);
    this.limit = bytes * (1 - SHARE_OF_LISTS);
  }

  get bytes(): number {
    let sum = this.lists.bytes;
    for (const { index } of this.tenants.values()) sum += index.bytes;
    return sum;
  }

  /** One round trip when nothing has changed. Null: the index changed meanwhile; ask again. */
  async current(ctx: CallContext, timeout: number): Promise<Current | null> {
    const held = this.tenants.get(ctx.tenantId);
    if (!held) return this.load(ctx, timeout);
    const { turn, snapshot } = held;
    const state = await readState(this.database, ctx, snapshot, timeout);
    return this.changingAlone(held, async () => {
      const past = turn === held.turn && state.snapshot.age < snapshot.age;
      if (past || state.server !== held.server || held.index.mostlyGone) {
        this.forget(ctx.tenantId, held);
        return null;
      }
      if (state.snapshot.age > held.snapshot.age && !(await this.change(ctx, held, state, timeout)))
        return null;
      this.use(ctx.tenantId, held);
      return { index: held.index, readable: state.readable };
    });
  }

  forget(tenantId: string, held = this.tenants.get(tenantId)): void {
    if (!held || this.tenants.get(tenantId) !== held) return;
    this.tenants.delete(tenantId);
    for (const segment of held.index.segments.values()) segment.lists.clear();
  }

  /** Everything, once, for all searches that wait for it; each then looks what it may read. */
  private async load(ctx: CallContext, timeout: number): Promise<Current | null> {
    const loading = this.loading.get(ctx.tenantId);
    if (loading) {
      await loading.catch(() => null);
      return null;
    }
    let readable: ReadonlySet<string> = new Set();
    const work = async (): Promise<Held | null> => {
      const state = await readState(this.database, ctx, null, timeout);
      readable = state.readable;
      const held = {
        index: new TenantIndex(),
        snapshot: { ...state.snapshot, age: -1 },
        server: state.server,
        turn: 0,
        changing: Promise.resolve(),
      };
      if (!(await this.change(ctx, held, state, timeout))) return null;
      this.use(ctx.tenantId, held);
      return held;
    };
    const promise = work();
    this.loading.set(ctx.tenantId, promise);
    try {
      const held = await promise;
      return held && { index: held.index, readable };
    } finally {
      this.loading.delete(ctx.tenantId);
    }
  }

  /** Brings the index to a later snapshot, all at once. False: a segment went while it was fetched. */
  private async change(ctx: CallContext, held: Held, state: IndexState, timeout: number): Promise<boolean> {
    const { index } = held;
    const wanted = new Map([...state.segments].filter(([id]) => !index.segments.has(id)));
    const fetched =
      wanted.size === 0 ? new Map<string, never>() : await fetchSegments(this.database, ctx, wanted, timeout);
    if (!fetched) return false;
    for (const change of state.changes) index.change(change);
    for (const [id, { directory, blocks }] of fetched)
      index.add(new SegmentView(id, directory, blocks, new SegmentLists(this.lists)), directory);
    for (const segment of [...index.segments.values()])
      if (!state.segments.has(segment.id)) index.remove(segment);
    held.snapshot = state.snapshot;
    held.turn++;
    return true;
  }

  private async changingAlone<T>(held: Held, work: () => Promise<T>): Promise<T> {
    const turn = held.changing.then(work);
    held.changing = turn.catch(() => undefined);
    return turn;
  }

  /** The tenant in use stays, however large it is. */
  private use(tenantId: string, held: Held): void {
    this.tenants.delete(tenantId);
    this.tenants.set(tenantId, held);
    let bytes = 0;
    for (const { index } of this.tenants.values()) bytes += index.bytes;
    for (const [oldest, { index }] of this.tenants) {
      if (bytes <= this.limit || oldest === tenantId) break;
      bytes -= index.bytes;
      this.forget(oldest);
    }
  }
}
