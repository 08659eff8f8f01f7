import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { ALIVE } from '../../hold-index.js';
import type { Embedder } from '../models/embedder.js';
import { ModelError } from '../models/model.errors.js';
import type { VectorSettings } from '../read-settings.js';
import type { VectorSet } from '../vector-sets.js';
import { embedTexts } from './embed-texts.js';
import { hashOf, textOf, type BarePassage } from './passage-text.js';
import { copyVectors, insertVectors, noteDocuments, type NewVector, type SameText } from './store-vectors.js';

/** Documents looked at in one step, and passages embedded in it: what a crash loses, and what memory holds. */
const STEP_DOCUMENTS = 100;
const STEP_PASSAGES = 256;

export interface Embedded {
  /** Passages that the model was asked for. */
  readonly embedded: number;
  /** Passages whose text had a vector already. */
  readonly reused: number;
  /** True: every document that was there when the step began has its vectors. */
  readonly complete: boolean;
  /** Below it no transaction is under way: what changes later has at least this number. */
  readonly horizon: string;
}

interface Pending extends Record<string, unknown> {
  readonly id: string | null;
  readonly horizon: string;
}

const ALL = { access: 'all' } as const;

/** Documents without vectors, or that were indexed anew since. A first row without id says the horizon. */
const PENDING = `
  select null::uuid as id, pg_snapshot_xmin(pg_current_snapshot())::text as horizon
  union all
  (select d.id, '' from document d left join vector_document e on e.set_id = $1 and e.document_id = d.id
    where d.tenant_id = app_tenant() and ${ALIVE} and d.first_passage is not null and d.changed_in >= $2::bigint
      and (e.document_id is null or e.first_passage <> d.first_passage)
    order by d.changed_in, d.id limit ${STEP_DOCUMENTS})`;

const BARE = `
  select p.id, p.document_id as "documentId", d.title, p.heading, p.content
    from passage p join document d on d.id = p.document_id
   where p.document_id = any ($2::uuid[]) and ${ALIVE}
     and not exists (select from passage_vector v where v.set_id = $1 and v.passage_id = p.id)
   order by p.document_id, p.ordinal limit ${STEP_PASSAGES}`;

/** Makes the vectors that a set lacks, step by step; what is to be done is read from the tables alone. */
export class EmbedDocuments {
  constructor(
    private readonly database: Database,
    private readonly settings: Pick<
      VectorSettings,
      'batch' | 'concurrency' | 'rate' | 'characters' | 'passageTimeoutMs'
    >,
    private readonly clock: Clock,
  ) {}

  /** One step; `since` is the horizon of a step that was complete, or 0. @throws ModelError */
  async step(ctx: CallContext, set: VectorSet, embedder: Embedder, since: string): Promise<Embedded> {
    const began = this.clock.monotonic();
    const [first, ...pending] = await this.database.once<Pending>(ctx, PENDING, [set.id, since], ALL);
    const horizon = first?.horizon ?? since;
    const documentIds = pending.map(({ id }) => id as string);
    if (documentIds.length === 0) return { embedded: 0, reused: 0, complete: true, horizon };
    const bare = await this.database.once<BarePassage & Record<string, unknown>>(
      ctx,
      BARE,
      [set.id, documentIds],
      ALL,
    );
    const { fresh, same } = await this.divide(ctx, set, bare);
    const vectors = await this.embed(ctx, set, embedder, [...fresh.values()]);
    await this.pace(ctx, fresh.size, began);
    const whole = await this.store(ctx, set, { vectors, same, documentIds, began });
    return {
      embedded: vectors.length,
      reused: same.length,
      complete: documentIds.length < STEP_DOCUMENTS && whole === documentIds.length,
      horizon,
    };
  }

  /** Each text once: what has a vector in the set, or stands in this step already, is copied. */
  private async divide(
    ctx: CallContext,
    set: VectorSet,
    bare: readonly BarePassage[],
  ): Promise<{ fresh: Map<string, SameText & { text: string }>; same: SameText[] }> {
    const wanted = bare.map((passage) => {
      const text = textOf(passage, this.settings.characters);
      return { passageId: passage.id, documentId: passage.documentId, text, hash: hashOf(text) };
    });
    const known = await this.database.once<{ hash: string }>(
      ctx,
      `select distinct encode(hash, 'hex') as hash from passage_vector where set_id = $1 and hash = any ($2::bytea[])`,
      [set.id, wanted.map(({ hash }) => hash)],
      ALL,
    );
    const there = new Set(known.map(({ hash }) => hash));
    const fresh = new Map<string, SameText & { text: string }>();
    const same: SameText[] = [];
    for (const passage of wanted) {
      const hash = passage.hash.toString('hex');
      if (there.has(hash) || fresh.has(hash)) same.push(passage);
      else fresh.set(hash, passage);
    }
    return { fresh, same };
  }

  private async embed(
    ctx: CallContext,
    set: VectorSet,
    embedder: Embedder,
    fresh: readonly (SameText & { text: string })[],
  ): Promise<NewVector[]> {
    if (fresh.length === 0) return [];
    const { batch, concurrency, passageTimeoutMs } = this.settings;
    const found = await embedTexts(
      embedder,
      fresh.map(({ text }) => text),
      { batch, concurrency, timeoutMs: passageTimeoutMs, signal: ctx.signal, dimensions: set.dimensions },
    );
    const dimensions = set.dimensions ?? found.find((vector) => vector)?.length;
    if (dimensions === undefined) throw new ModelError('refused', 'the model takes none of the texts');
    // A vector without direction is near nothing: the passage is found by its words alone, and not tried again.
    return fresh.map(({ passageId, documentId, hash }, i) => ({
      passageId,
      documentId,
      hash,
      vector: found[i] ?? new Float32Array(dimensions),
    }));
  }

  /** Waits as long as the rate demands. */
  private async pace(ctx: CallContext, passages: number, began: number): Promise<void> {
    const { rate } = this.settings;
    const wait = rate > 0 ? (passages / rate) * 1_000 - (this.clock.monotonic() - began) : 0;
    if (wait > 0) await delay(wait, undefined, { signal: ctx.signal });
  }

  private store(
    ctx: CallContext,
    set: VectorSet,
    step: {
      vectors: readonly NewVector[];
      same: readonly SameText[];
      documentIds: readonly string[];
      began: number;
    },
  ): Promise<number> {
    const { vectors, same, documentIds, began } = step;
    const skipped = vectors.filter(({ vector }) => vector.every((value) => value === 0)).length;
    return this.database.transaction(
      ctx,
      async (tx) => {
        const [row] = await tx.query<{ dimensions: number | null }>(
          `update vector_set set dimensions = coalesce(dimensions, $2), embedded = embedded + $3,
                  working_ms = working_ms + $4, skipped = skipped + $5, failure = null, retry_at = null
            where id = $1 and state <> 'retired' returning dimensions`,
          [
            set.id,
            vectors[0]?.vector.length ?? null,
            vectors.length,
            Math.round(this.clock.monotonic() - began),
            skipped,
          ],
        );
        if (!row) throw new Error('the set of vectors was retired meanwhile');
        if (vectors.length > 0 && vectors[0]?.vector.length !== row.dimensions)
          throw new Error('another worker has begun the set with other dimensions');
        await insertVectors(tx, set.id, vectors);
        await copyVectors(tx, set.id, same);
        return noteDocuments(tx, set.id, documentIds);
      },
      ALL,
    );
  }
}
