import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { ALIVE } from '../hold-index.js';
import { INDEX_DIMENSIONS_MAX, VectorStorage } from './find-storage.js';
import { modelKey, type VectorSettings } from './read-settings.js';
import { INDEX_FROM } from './step-vectors.js';
import type { VectorSetState } from './store/vector.entity.js';

/** How the vectors of a set are searched. `none`: too many for a search without an index. */
export type VectorSearch = 'index' | 'exact' | 'signature' | 'none';

export interface SetStatus {
  readonly model: string;
  readonly state: VectorSetState;
  readonly dimensions: number | null;
  /** Passages that have vectors, of all that are searched. */
  readonly done: number;
  readonly total: number;
  /** Passages that the model would not take. */
  readonly skipped: number;
  /** Seconds until all have vectors, at the speed so far; null: not known, or nothing is left. */
  readonly remainingSeconds: number | null;
  /** Why the model gave nothing at the last attempt; null: it did. */
  readonly failure: string | null;
  readonly failedAt: Date | null;
  readonly retryAt: Date | null;
}

export interface VectorStatus {
  /** Names of the models that are configured, the one in use first. */
  readonly models: readonly string[];
  readonly reranker: string | null;
  /** Version; null: not enabled, or too old. */
  readonly pgvector: string | null;
  readonly search: VectorSearch | 'words';
  /** What it comes to, in a sentence. */
  readonly summary: string;
  readonly sets: readonly SetStatus[];
}

interface Row extends Omit<SetStatus, 'remainingSeconds'>, Record<string, unknown> {
  readonly key: string;
  readonly rate: number | null;
  readonly indexed: boolean;
}

const STATUS = `
  select s.model_key as key, s.model, s.state, s.dimensions, s.skipped::int as skipped, s.failure,
         s.failed_at as "failedAt", s.retry_at as "retryAt",
         case when s.working_ms > 0 and s.embedded > 0 then s.embedded * 1000.0 / s.working_ms end::float8 as rate,
         to_regclass('public.passage_vector_' || replace(s.id::text, '-', '')) is not null as indexed,
         (select coalesce(sum(d.passages), 0)::int from document d where d.tenant_id = app_tenant() and ${ALIVE}
             and d.first_passage is not null) as total,
         (select coalesce(sum(e.passages), 0)::int from vector_document e
            join document d on d.id = e.document_id and e.first_passage = d.first_passage and ${ALIVE}
           where e.set_id = s.id) as done
    from vector_set s where s.tenant_id = app_tenant()
   order by array_position(array['active', 'building', 'retired'], s.state), s.created_at`;

/** How far a tenant's vectors are, and what searches do with them: for the operator and administrators. */
export class ShowVectors {
  private readonly storage: VectorStorage;

  constructor(
    private readonly database: Database,
    private readonly settings: VectorSettings,
    clock: Clock,
  ) {
    this.storage = new VectorStorage(database, clock);
  }

  async run(ctx: CallContext): Promise<VectorStatus> {
    const rows = await this.database.once<Row>(ctx, STATUS, [], { access: 'all' });
    const pgvector = (await this.storage.pgvector())?.version ?? null;
    const search = this.searchOf(rows, pgvector !== null);
    return {
      models: this.settings.models.map(({ model }) => model),
      reranker: this.settings.rerank?.model ?? null,
      pgvector,
      search,
      summary: this.summarise(rows, search),
      sets: rows.map(statusOf),
    };
  }

  private searchOf(rows: readonly Row[], pgvector: boolean): VectorStatus['search'] {
    const active = this.servedSet(rows);
    if (!active) return 'words';
    const indexable = (active.dimensions ?? 0) <= INDEX_DIMENSIONS_MAX;
    if (pgvector && active.indexed && indexable) return 'index';
    if (active.done > this.settings.passagesMax && !(pgvector && active.done <= INDEX_FROM)) return 'none';
    return pgvector ? 'exact' : 'signature';
  }

  private servedSet(rows: readonly Row[]): Row | undefined {
    const keys = this.settings.models.map(modelKey);
    return rows.find(({ state, key }) => state === 'active' && keys.includes(key));
  }

  private summarise(rows: readonly Row[], search: VectorStatus['search']): string {
    const { models, passagesMax } = this.settings;
    if (models.length === 0)
      return 'No embedding model is configured: passages are found by their words alone.';
    const failing = rows.find(({ failure, state }) => failure !== null && state !== 'retired');
    const trouble = failing
      ? ` The model ${failing.model} gave nothing at the last attempt: ${failing.failure}.`
      : '';
    if (search === 'none')
      return `Passages are found by their words alone: there are more than ${passagesMax} (RETRIEVAL_VECTOR_PASSAGES_MAX), and pgvector has no index of their vectors.${trouble}`;
    if (search === 'words') {
      const orphan = rows.some(({ state }) => state === 'active');
      const why = orphan
        ? 'the vectors are of a model that is no longer configured, those of the new one are being made'
        : 'the vectors are being made';
      return `Passages are found by their words alone: ${why}.${trouble}`;
    }
    const how = {
      index: "through pgvector's index",
      exact: 'by pgvector, one by one',
      signature: 'by signature, without pgvector',
    };
    return `Passages are found by words and vectors, ${how[search]}.${trouble}`;
  }
}

function statusOf({ key: _key, rate, indexed: _indexed, ...row }: Row): SetStatus {
  const left = row.total - row.done;
  const known = left > 0 && rate !== null && rate > 0 && row.state !== 'retired';
  return { ...row, remainingSeconds: known ? Math.ceil(left / rate) : null };
}
