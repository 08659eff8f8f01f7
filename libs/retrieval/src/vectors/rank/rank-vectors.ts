import type { Clock } from '@lorekeep/kit/clock';
import { principalsOf, type CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { INDEX_DIMENSIONS_MAX, VectorStorage } from '../find-storage.js';
import { within } from '@lorekeep/kit/stream';
import type { Embedder } from '../models/embedder.js';
import { ModelError } from '../models/model.errors.js';
import { openModel } from '../models/open-model.js';
import { Pause } from '../models/pause.js';
import type { VectorSettings } from '../read-settings.js';
import { VectorSets, type VectorSet } from '../vector-sets.js';
import {
  EXACT_PASSAGES,
  rankByIndex,
  rankBySignature,
  rankExactly,
  type RankedPlace,
  type RankRequest,
} from './rank-places.js';
import { PERMITTED_COUNT } from './rank-statements.js';
import { RecentValues } from './recent-values.js';

/** Why vectors took no part in a search, or that they did. A closed list: labels of a metric. */
export const VECTOR_OUTCOMES = [
  'used',
  'off',
  'building',
  'unserved',
  'paused',
  'away',
  'too_many',
  'failed',
] as const;
export type VectorOutcome = (typeof VECTOR_OUTCOMES)[number];

export interface VectorRank {
  /** Best first; null where vectors take no part. */
  readonly passages: readonly RankedPlace[] | null;
  readonly outcome: VectorOutcome;
  /** For the log: no text of a question, no address. */
  readonly reason?: string;
}

export interface VectorQuery {
  readonly text: string;
  readonly k: number;
  readonly collectionIds?: readonly string[];
}

/** Shorter than the grace in which a retired set is kept. */
const REMEMBER_SETS_MS = 5_000;
/** The estimate chooses a plan; what may be read is asked every time. */
const REMEMBER_COUNTS_MS = 30_000;
const REMEMBERED_MAX = 1_000;

/** The passages nearest to a question, under the permission test of the search. Never throws for availability. */
export class VectorRanking {
  private readonly sets: VectorSets;
  private readonly storage: VectorStorage;
  private readonly models: readonly { embedder: Embedder; pause: Pause }[];
  private readonly setsOf: RecentValues<VectorSet | null>;
  private readonly counts: RecentValues<number>;

  constructor(
    private readonly database: Database,
    private readonly settings: VectorSettings,
    clock: Clock,
  ) {
    this.sets = new VectorSets(database);
    this.storage = new VectorStorage(database, clock);
    this.models = settings.models.map((model) => ({ embedder: openModel(model), pause: new Pause(clock) }));
    this.setsOf = new RecentValues(clock, REMEMBER_SETS_MS, REMEMBERED_MAX);
    this.counts = new RecentValues(clock, REMEMBER_COUNTS_MS, REMEMBERED_MAX);
  }

  async rank(ctx: CallContext, query: VectorQuery): Promise<VectorRank> {
    if (this.models.length === 0) return without('off');
    try {
      const limit = this.settings.questionTimeoutMs + this.settings.rankTimeoutMs;
      return await within('the ranking by vectors', limit, this.find(ctx, query));
    } catch (cause) {
      ctx.signal.throwIfAborted();
      return without('failed', cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown');
    }
  }

  private async find(ctx: CallContext, query: VectorQuery): Promise<VectorRank> {
    const set = await this.setsOf.get(ctx.tenantId, () => this.activeSet(ctx));
    if (!set?.dimensions) return without('building');
    const model = this.models.find(({ embedder }) => embedder.key === set.key);
    if (!model) return without('unserved', 'the vectors were made by a model that is no longer configured');
    const request = { setId: set.id, collectionIds: query.collectionIds ?? null, k: query.k };
    const plan = await this.plan(ctx, set, request.collectionIds);
    if (!plan) return without('too_many', 'more passages than are searched without an index of pgvector');
    if (model.pause.left > 0) return without('paused');
    const vector = await this.embed(ctx, model, query.text);
    if (vector instanceof ModelError) return without('away', `${vector.failure}: ${vector.message}`);
    if (vector.length !== set.dimensions)
      return without('away', 'the model gives another number of dimensions than the vectors have');
    return {
      passages: await plan({ ...request, vector, timeoutMs: this.settings.rankTimeoutMs }),
      outcome: 'used',
    };
  }

  private async activeSet(ctx: CallContext): Promise<VectorSet | null> {
    const sets = await this.sets.list(ctx, this.settings.rankTimeoutMs);
    return sets.find(({ state }) => state === 'active') ?? null;
  }

  private async embed(
    ctx: CallContext,
    { embedder, pause }: { embedder: Embedder; pause: Pause },
    text: string,
  ): Promise<Float32Array | ModelError> {
    try {
      const timeoutMs = this.settings.questionTimeoutMs;
      const [vector] = await embedder.embed([text], 'question', { timeoutMs, signal: ctx.signal });
      pause.succeeded();
      return vector ?? new ModelError('wrong', 'the model gave no vector');
    } catch (cause) {
      if (!(cause instanceof ModelError)) throw cause;
      pause.failed(cause);
      return cause;
    }
  }

  /** How the set is searched; null: it is too large for a search without an index. */
  private async plan(
    ctx: CallContext,
    set: VectorSet,
    collectionIds: readonly string[] | null,
  ): Promise<((request: RankRequest) => Promise<RankedPlace[]>) | null> {
    const { database } = this;
    const pgvector = await this.storage.pgvector();
    const indexed = pgvector && set.indexed && (set.dimensions ?? 0) <= INDEX_DIMENSIONS_MAX;
    const permitted = await this.permitted(ctx, collectionIds);
    if (pgvector && permitted <= EXACT_PASSAGES)
      return (request) => rankExactly(database, ctx, pgvector, request);
    if (pgvector && indexed) return (request) => rankByIndex(database, ctx, pgvector, request);
    const passages = await this.counts.get(set.id, () =>
      this.sets.passages(ctx, set.id, this.settings.rankTimeoutMs),
    );
    if (passages > this.settings.passagesMax) return null;
    return pgvector
      ? (request) => rankExactly(database, ctx, pgvector, request)
      : (request) => rankBySignature(database, ctx, request);
  }

  private permitted(ctx: CallContext, collectionIds: readonly string[] | null): Promise<number> {
    const who = [ctx.tenantId, ...principalsOf(ctx.caller), '', ...(collectionIds ?? ['all'])].join(',');
    return this.counts.get(who, async () => {
      const [row] = await this.database.once<{ passages: number }>(ctx, PERMITTED_COUNT, [collectionIds], {
        access: 'all',
        timeout: this.settings.rankTimeoutMs,
      });
      return row?.passages ?? 0;
    });
  }
}

const without = (outcome: VectorOutcome, reason?: string): VectorRank => ({
  passages: null,
  outcome,
  ...(reason === undefined ? {} : { reason }),
});
