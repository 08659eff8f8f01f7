import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { EmbedDocuments } from './embed/embed-documents.js';
import { sweepVectors } from './embed/sweep-vectors.js';
import { VectorStorage } from './find-storage.js';
import type { ServedModel } from './keep-vectors.js';
import { ModelError } from './models/model.errors.js';
import { EXACT_PASSAGES } from './rank/rank-places.js';
import type { VectorSettings } from './read-settings.js';
import { VectorSets, type VectorSet } from './vector-sets.js';

/** What one step did. */
export type VectorStep =
  | { readonly did: 'embedded'; readonly model: string; readonly passages: number; readonly reused: number }
  | { readonly did: 'indexed' | 'activated' | 'removed'; readonly model: string };

/** A worker that does not say within this time that it is still at it has died. */
export const HOLD_MS = 30_000;
/** Processes that search remember a set for less time than this. */
export const GRACE_SECONDS = 60;
const REMOVE_ROWS = 5_000;
const SWEEP_EVERY_MS = 60_000;
/** Below it nothing would ask for the index. */
export const INDEX_FROM = EXACT_PASSAGES;
/** Building the index of a million passages takes some ten minutes on two cores. */
const INDEX_TIMEOUT_MS = 2 * 3_600_000;
/** Waits between the attempts to ask a model that has failed. */
const RETRY_MS_MIN = 1_000;

/** When a set was last swept and whether it was complete, as far as this process knows. */
interface Seen {
  horizon: string;
  sweepDue: number;
}

type Away = (model: string, error: ModelError, retryMs: number) => void;

/** The next thing to be done for a tenant's vectors. */
export class StepVectors {
  private readonly sets: VectorSets;
  private readonly storage: VectorStorage;
  private readonly documents: EmbedDocuments;
  private readonly seen = new Map<string, Seen>();

  constructor(
    private readonly database: Database,
    settings: VectorSettings,
    private readonly clock: Clock,
    private readonly who: { readonly models: readonly ServedModel[]; readonly holder: string },
  ) {
    this.sets = new VectorSets(database);
    this.storage = new VectorStorage(database, clock);
    this.documents = new EmbedDocuments(database, settings, clock);
  }

  /** Null: nothing to be done now. @throws ModelError after having told `away` */
  async run(ctx: CallContext, away: Away): Promise<VectorStep | null> {
    const target = this.who.models.at(-1)?.embedder;
    const sets = await this.sets.list(ctx);
    if (target && !sets.some(({ key, state }) => state !== 'retired' && key === target.key)) {
      await this.sets.begin(ctx, target.key, target.model);
      return this.run(ctx, away);
    }
    for (const set of sets) {
      const step = await this.stepOf(ctx, set, target?.key, away);
      if (step) return step;
    }
    return null;
  }

  release(ctx: CallContext): Promise<void> {
    return this.sets.release(ctx, this.who.holder);
  }

  private async stepOf(
    ctx: CallContext,
    set: VectorSet,
    target: string | undefined,
    away: Away,
  ): Promise<VectorStep | null> {
    if (set.state === 'retired') return this.remove(ctx, set);
    const model = this.who.models.find(({ embedder }) => embedder.key === set.key);
    if (set.state === 'building' && target !== undefined && set.key !== target) {
      await this.sets.retire(ctx, set.id);
      return null;
    }
    // Whether a model answers or not, and where none is configured any more: what is deleted goes.
    if (!model || model.pause.left > 0) return this.sweep(ctx, set, this.seenOf(set.id), !model);
    if (!(await this.sets.hold(ctx, set.id, this.who.holder, HOLD_MS))) return null;
    return this.follow(ctx, set, model, away);
  }

  private async remove(ctx: CallContext, set: VectorSet): Promise<VectorStep | null> {
    if ((set.retired ?? 0) < GRACE_SECONDS) return null;
    await this.sets.removeBatch(ctx, set.id, REMOVE_ROWS);
    this.seen.delete(set.id);
    return { did: 'removed', model: set.model };
  }

  private async follow(
    ctx: CallContext,
    set: VectorSet,
    { embedder, pause }: ServedModel,
    away: Away,
  ): Promise<VectorStep | null> {
    const seen = this.seenOf(set.id);
    try {
      const { embedded, reused, complete, horizon } = await this.documents.step(
        ctx,
        set,
        embedder,
        seen.horizon,
      );
      if (embedded > 0) pause.succeeded();
      if (complete) seen.horizon = horizon;
      const finished = complete ? await this.finish(ctx, set) : null;
      if (finished) return finished;
      if (embedded + reused === 0 && complete) return await this.sweep(ctx, set, seen);
      return { did: 'embedded', model: set.model, passages: embedded, reused };
    } catch (cause) {
      if (!(cause instanceof ModelError)) throw cause;
      pause.failed(cause);
      const retryMs = Math.max(RETRY_MS_MIN, pause.left);
      await this.sets.failed(ctx, set.id, cause.message, retryMs);
      away(set.model, cause, retryMs);
      throw cause;
    }
  }

  /** Everything has its vectors: makes the index where one is worth it, and lets searches use the set. */
  private async finish(ctx: CallContext, set: VectorSet): Promise<VectorStep | null> {
    const { model } = set;
    if (!set.indexed && (await this.wantsIndex(ctx, set))) {
      if (await this.sets.makeIndex(ctx, set.id, INDEX_TIMEOUT_MS)) return { did: 'indexed', model };
    }
    if (set.state !== 'building') return null;
    await this.sets.activate(ctx, set.id);
    return { did: 'activated', model };
  }

  private async wantsIndex(ctx: CallContext, set: VectorSet): Promise<boolean> {
    return (await this.storage.pgvector()) !== null && (await this.sets.passages(ctx, set.id)) > INDEX_FROM;
  }

  private async sweep(
    ctx: CallContext,
    set: VectorSet,
    seen: Seen,
    abandoned = false,
  ): Promise<VectorStep | null> {
    if (this.clock.monotonic() < seen.sweepDue) return null;
    const more = await sweepVectors(this.database, ctx, set.id, abandoned);
    if (!more) seen.sweepDue = this.clock.monotonic() + SWEEP_EVERY_MS;
    return more ? { did: 'removed', model: set.model } : null;
  }

  private seenOf(setId: string): Seen {
    let seen = this.seen.get(setId);
    if (!seen) this.seen.set(setId, (seen = { horizon: '0', sweepDue: 0 }));
    return seen;
  }
}
