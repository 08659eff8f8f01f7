import { setTimeout as delay } from 'node:timers/promises';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import type { Clock } from '@lorekeep/kit/clock';
import type { Database } from '@lorekeep/kit/database';
import { MergeSegments, type Merged } from './merge-segments.js';
import { RebuildIndex, type RebuildState } from './rebuild-index.js';

export interface KeeperEvents {
  /** Segments were merged, or a mostly dead one was rewritten. */
  merged(tenantId: string, merged: Merged): void;
  /** Documents of another analyzer were indexed again. */
  rebuilt(tenantId: string, batch: RebuildState): void;
  /** Tried again, later each time. */
  failed(tenantId: string | null, cause: unknown): void;
}

/** Between two looks at all tenants, and the longest that merging waits for the end of a burst of documents. */
export const ROUND_MS = 1_000;
/** A tenant in which nothing happens is looked at less and less often, up to this. */
const IDLE_MS_MAX = 16_000;
const FAILURE_MS_MAX = 60_000;
/** Questions to all documents of a tenant: rarely. */
const REBUILD_EVERY_MS = 30_000;
const SWEEP_EVERY_MS = 60_000;
/** One tenant's backlog does not keep the others waiting. */
const STEPS_PER_ROUND = 4;

interface Watch {
  due: number;
  pause: number;
  rebuildDue: number;
  sweepDue: number;
}

/**
 * Keeps the segments of all tenants few and alive, and indexes again what another analyzer indexed. Several processes
 * may each have one: a tenant's lock decides.
 */
export class IndexKeeper {
  private readonly merge: MergeSegments;
  private readonly rebuild: RebuildIndex;
  private readonly watches = new Map<string, Watch>();
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: KeeperEvents,
  ) {
    this.merge = new MergeSegments(database);
    this.rebuild = new RebuildIndex(database);
  }

  start(): void {
    this.ended = this.run();
  }

  /** Documents of this tenant were indexed in this process: it is due in the next round. */
  wake(tenantId: string): void {
    const watch = this.watches.get(tenantId);
    if (watch) watch.due = 0;
  }

  /** Gives up what it is at, which leaves everything as it was. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the keeper of the index is stopping'));
    await this.ended;
  }

  /** One look at every tenant that is due. True: something was left for the next one. */
  async round(): Promise<boolean> {
    const tenants = await this.database.withoutTenant<{ id: string }>('select tenant_ids() as id');
    const known = new Set(tenants.map(({ id }) => id));
    for (const id of this.watches.keys()) if (!known.has(id)) this.watches.delete(id);
    let more = false;
    for (const { id } of tenants) {
      if (this.stopping.signal.aborted) return false;
      const watch = this.watchOf(id);
      if (this.clock.monotonic() >= watch.due) more = (await this.look(id, watch)) || more;
    }
    return more;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let more = false;
      try {
        more = await this.round();
      } catch (cause) {
        this.events.failed(null, cause);
      }
      if (!more) await delay(ROUND_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private watchOf(tenantId: string): Watch {
    let watch = this.watches.get(tenantId);
    if (!watch) this.watches.set(tenantId, (watch = { due: 0, pause: ROUND_MS, rebuildDue: 0, sweepDue: 0 }));
    return watch;
  }

  private async look(tenantId: string, watch: Watch): Promise<boolean> {
    const ctx = systemContext(tenantId, { signal: this.stopping.signal });
    try {
      let steps = 0;
      while (steps < STEPS_PER_ROUND && (await this.step(ctx, watch))) steps++;
      watch.pause = steps > 0 ? ROUND_MS : Math.min(watch.pause * 2, IDLE_MS_MAX);
      watch.due = steps === STEPS_PER_ROUND ? 0 : this.clock.monotonic() + watch.pause;
      return steps === STEPS_PER_ROUND;
    } catch (cause) {
      watch.pause = Math.min(watch.pause * 2, FAILURE_MS_MAX);
      watch.due = this.clock.monotonic() + watch.pause;
      if (!this.stopping.signal.aborted) this.events.failed(tenantId, cause);
      return false;
    }
  }

  /** False: nothing to be done now. */
  private async step(ctx: CallContext, watch: Watch): Promise<boolean> {
    const merged = await this.merge.run(ctx);
    if (merged) this.events.merged(ctx.tenantId, merged);
    return merged !== null || (await this.rebuildStep(ctx, watch)) || (await this.sweepStep(ctx, watch));
  }

  private async rebuildStep(ctx: CallContext, watch: Watch): Promise<boolean> {
    if (this.clock.monotonic() < watch.rebuildDue) return false;
    const batch = await this.rebuild.batch(ctx);
    // As long as there is something, on with it.
    if (batch && batch.documents > 0) {
      this.events.rebuilt(ctx.tenantId, batch);
      return true;
    }
    watch.rebuildDue = this.clock.monotonic() + REBUILD_EVERY_MS;
    return false;
  }

  private async sweepStep(ctx: CallContext, watch: Watch): Promise<boolean> {
    if (this.clock.monotonic() < watch.sweepDue) return false;
    const swept = await this.merge.sweep(ctx);
    if (swept) {
      this.events.merged(ctx.tenantId, swept);
      return true;
    }
    watch.sweepDue = this.clock.monotonic() + SWEEP_EVERY_MS;
    return false;
  }
}
