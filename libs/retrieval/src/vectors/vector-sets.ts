import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { VectorSetState } from './store/vector.entity.js';
import { indexNameOf } from './find-storage.js';

/** A set of vectors as its row says. */
export interface VectorSet {
  readonly id: string;
  readonly key: string;
  readonly model: string;
  readonly dimensions: number | null;
  readonly state: VectorSetState;
  /** Seconds since it was retired. */
  readonly retired: number | null;
  readonly indexed: boolean;
}

const ALL = { access: 'all' } as const;

const SETS = `select s.id, s.model_key as key, s.model, s.dimensions, s.state,
    extract(epoch from now() - s.retired_at)::float8 as retired,
    to_regclass('public.passage_vector_' || replace(s.id::text, '-', '')) is not null as indexed
  from vector_set s where s.tenant_id = app_tenant() order by s.created_at`;

/** The rows of a tenant's sets, and what becomes of them. */
export class VectorSets {
  constructor(private readonly database: Database) {}

  list(ctx: CallContext, timeout?: number): Promise<VectorSet[]> {
    return this.database.once<VectorSet & Record<string, unknown>>(ctx, SETS, [], {
      ...ALL,
      ...(timeout === undefined ? {} : { timeout }),
    });
  }

  /** Begins a set for the model, unless there is one. */
  async begin(ctx: CallContext, key: string, model: string): Promise<void> {
    await this.database.once(
      ctx,
      `insert into vector_set (tenant_id, model_key, model, state) values (app_tenant(), $1, $2, 'building')
       on conflict (tenant_id, model_key) where state <> 'retired' do nothing`,
      [key, model],
      ALL,
    );
  }

  /** For so long this worker alone embeds for the set. False: another one does. */
  async hold(ctx: CallContext, id: string, holder: string, milliseconds: number): Promise<boolean> {
    const rows = await this.database.once(
      ctx,
      `update vector_set set holder = $2, held_until = now() + $3 * interval '1 millisecond'
        where id = $1 and (holder = $2 or held_until is null or held_until < now()) returning id`,
      [id, holder, milliseconds],
      { ...ALL, durable: false },
    );
    return rows.length > 0;
  }

  async release(ctx: CallContext, holder: string): Promise<void> {
    await this.database.once(
      ctx,
      'update vector_set set holder = null, held_until = null where tenant_id = app_tenant() and holder = $1',
      [holder],
      { ...ALL, durable: false },
    );
  }

  async failed(ctx: CallContext, id: string, failure: string, retryMs: number): Promise<void> {
    await this.database.once(
      ctx,
      `update vector_set set failure = $2, failed_at = now(), retry_at = now() + $3 * interval '1 millisecond'
        where id = $1`,
      [id, failure, Math.round(retryMs)],
      ALL,
    );
  }

  /** Searches use it from now on; what they used before is kept for those that are under way. */
  activate(ctx: CallContext, id: string): Promise<void> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        await tx.query(
          `update vector_set set state = 'retired', retired_at = now()
            where tenant_id = app_tenant() and state = 'active' and id <> $1`,
          [id],
        );
        await tx.query(
          `update vector_set set state = 'active', activated_at = now() where id = $1 and state = 'building'`,
          [id],
        );
      },
      ALL,
    );
  }

  /** A set that nobody wants any more, whatever its state. */
  async retire(ctx: CallContext, id: string): Promise<void> {
    await this.database.once(
      ctx,
      `update vector_set set state = 'retired', retired_at = coalesce(retired_at, now()) where id = $1`,
      [id],
      ALL,
    );
  }

  /** Passages that have vectors. */
  async passages(ctx: CallContext, id: string, timeout?: number): Promise<number> {
    const [row] = await this.database.once<{ passages: number }>(
      ctx,
      'select coalesce(sum(passages), 0)::int as passages from vector_document where set_id = $1',
      [id],
      { ...ALL, ...(timeout === undefined ? {} : { timeout }) },
    );
    return row?.passages ?? 0;
  }

  /** Makes the index of a set where pgvector is enabled. Writers of vectors wait meanwhile, searches do not. */
  async makeIndex(ctx: CallContext, id: string, timeoutMs: number): Promise<boolean> {
    const [row] = await this.database.once<{ made: boolean }>(ctx, 'select vector_index($1) as made', [id], {
      ...ALL,
      timeout: timeoutMs,
    });
    return row?.made === true;
  }

  /** One batch of a retired set's rows, the set itself with the last. True: it is gone. */
  removeBatch(ctx: CallContext, id: string, rows: number): Promise<boolean> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        const [index] = await tx.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
          `public.${indexNameOf(id)}`,
        ]);
        if (index?.there) await tx.query('select vector_index_drop($1)', [id]);
        const gone = await tx.query(
          `delete from passage_vector where set_id = $1 and passage_id in
             (select passage_id from passage_vector where set_id = $1 limit $2) returning 1`,
          [id, rows],
        );
        if (gone.length === rows) return false;
        await tx.query('delete from vector_set where id = $1', [id]);
        return true;
      },
      ALL,
    );
  }
}
