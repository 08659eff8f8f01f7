import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { levelOf, SegmentBuilder } from './build-segment.js';
import { LEVEL_REPLACED } from './choose-merge.js';
import { ALIVE, holdIndex, waitForIndex } from './hold-index.js';
import { ANALYZER_VERSION, passageTerms } from './passage-terms.js';
import { PassageNumbers, SERVER } from './take-numbers.js';
import { writeSegment } from './write-segment.js';

/** What one transaction indexes: a crash loses no more than this, and memory holds no more. */
const BATCH_PASSAGES = 4_000;
/** Many small documents are a batch too. */
const BATCH_DOCUMENTS = 2_000;

export interface RebuildState {
  readonly documents: number;
  readonly passages: number;
}

interface Candidate extends Record<string, unknown> {
  readonly id: string;
  readonly title: string;
  readonly passages: number;
  readonly changedIn: string;
}

interface PassageText extends Record<string, unknown> {
  readonly documentId: string;
  readonly heading: string;
  readonly content: string;
}

interface Indexed {
  readonly ids: string[];
  readonly first: number[];
  readonly lengths: Uint16Array[];
  readonly terms: number[];
}

// Older ones alone: during an upgrade an old worker must not undo what a new one does.
const OUTSTANDING = `d.tenant_id = app_tenant() and ${ALIVE}
  and (d.first_passage is null or d.analyzer < ${ANALYZER_VERSION})`;
const ALL = { access: 'all' } as const;

/**
 * Indexes again what was indexed by an older version of the analyzer, or not at all although ready: from the stored
 * passages, batch by batch, each document searchable as it was until its batch is committed.
 */
export class RebuildIndex {
  private readonly numbers: PassageNumbers;

  constructor(private readonly database: Database) {
    this.numbers = new PassageNumbers(database);
  }

  /** What is still to be done. */
  async outstanding(ctx: CallContext): Promise<RebuildState> {
    const [row] = await this.database.once<{ documents: number; passages: number }>(
      ctx,
      `select count(*)::int as documents, coalesce(sum(d.passages), 0)::int as passages from document d where ${OUTSTANDING}`,
      [],
      ALL,
    );
    return row ?? { documents: 0, passages: 0 };
  }

  /**
   * Marks every document as one to be indexed again, and the segments as going with the last of them; all stay
   * searchable meanwhile. Segments first: what is indexed between the two statements is then done twice and never lost.
   */
  markAll(ctx: CallContext): Promise<void> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        await waitForIndex(tx, ctx.signal);
        await tx.query('update segment set level = $1 where tenant_id = app_tenant()', [LEVEL_REPLACED]);
        await tx.query(
          'update document set analyzer = 0 where tenant_id = app_tenant() and first_passage is not null',
        );
        await tx.query(
          `update passage_number set next = greatest(next,
             (select max(first_passage + passages) from document where tenant_id = app_tenant()))
            where tenant_id = app_tenant()`,
        );
      },
      ALL,
    );
  }

  /** One batch. Null: another process is at it. No documents: nothing is left. */
  batch(ctx: CallContext): Promise<RebuildState | null> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        if (!(await holdIndex(tx))) return null;
        const candidates = await candidatesOf(tx);
        if (candidates.length === 0) {
          await tx.query('delete from segment where tenant_id = app_tenant() and level = $1', [
            LEVEL_REPLACED,
          ]);
          return { documents: 0, passages: 0 };
        }
        const texts = await textsOf(tx, candidates);
        const passages = [...texts.values()].reduce((sum, list) => sum + list.length, 0);
        const numbers = await this.numbers.take(ctx, passages + candidates.length);
        const builder = new SegmentBuilder();
        const indexed = await indexAll(ctx, builder, numbers.first, candidates, texts);
        const { pointed, server } = await pointTo(tx, candidates, texts, indexed);
        this.numbers.confirm(ctx, numbers, server);
        await rewriteLengths(tx, indexed, pointed);
        if (builder.passages > 0) await writeSegment(tx, levelOf(builder.passages), builder.build());
        return { documents: candidates.length, passages };
      },
      ALL,
    );
  }
}

async function candidatesOf(tx: Tx): Promise<Candidate[]> {
  const found = await tx.query<Candidate>(
    `select d.id, d.title, d.passages, d.changed_in as "changedIn" from document d where ${OUTSTANDING}
      order by d.created_at, d.id limit ${BATCH_DOCUMENTS}`,
  );
  let sum = 0;
  // One document at least, however large.
  return found.filter(({ passages }, at) => (sum += passages) <= BATCH_PASSAGES || at === 0);
}

async function textsOf(tx: Tx, candidates: readonly Candidate[]): Promise<Map<string, PassageText[]>> {
  const rows = await tx.query<PassageText>(
    `select document_id as "documentId", heading, content from passage where document_id = any ($1::uuid[])
      order by document_id, ordinal`,
    [candidates.map(({ id }) => id)],
  );
  const texts = new Map<string, PassageText[]>(candidates.map(({ id }) => [id, []]));
  for (const row of rows) texts.get(row.documentId)?.push(row);
  return texts;
}

async function indexAll(
  ctx: CallContext,
  builder: SegmentBuilder,
  begin: number,
  candidates: readonly Candidate[],
  texts: ReadonlyMap<string, readonly PassageText[]>,
): Promise<Indexed> {
  const indexed: Indexed = { ids: [], first: [], lengths: [], terms: [] };
  let first = begin;
  for (const { id, title } of candidates) {
    const passages = texts.get(id) ?? [];
    const lengths = builder.add(id, first, passageTerms(title, passages));
    indexed.ids.push(id);
    indexed.first.push(first);
    indexed.lengths.push(lengths);
    indexed.terms.push(lengths.reduce((sum, length) => sum + length, 0));
    // A document without passages has a number too.
    first += Math.max(1, passages.length);
    ctx.signal.throwIfAborted();
    await nextTurn();
  }
  return indexed;
}

/** What has changed since it was read is left alone: its place in the new segment is dead from the beginning. */
async function pointTo(
  tx: Tx,
  candidates: readonly Candidate[],
  texts: ReadonlyMap<string, readonly PassageText[]>,
  { ids, first, terms }: Indexed,
): Promise<{ pointed: Set<string>; server: string }> {
  const rows = await tx.query<{ id: string }>(
    `update document d set first_passage = v.first, passages = v.passages, terms = v.terms, analyzer = ${ANALYZER_VERSION}
       from (select * from unnest($1::uuid[], $2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::bigint[])
                    as v (id, first, passages, terms, title, changed_in) order by v.id) v
      where d.id = v.id and d.changed_in = v.changed_in and d.title = v.title and ${ALIVE}
      returning d.id`,
    [
      ids,
      first,
      ids.map((id) => texts.get(id)?.length ?? 0),
      terms,
      candidates.map(({ title }) => title),
      candidates.map(({ changedIn }) => changedIn),
    ],
  );
  const [row] = await tx.query<{ server: string }>(`select ${SERVER} as server`);
  return { pointed: new Set(rows.map(({ id }) => id)), server: row?.server ?? '' };
}

async function rewriteLengths(tx: Tx, indexed: Indexed, pointed: ReadonlySet<string>): Promise<void> {
  const places = [...indexed.ids.keys()].filter((place) => pointed.has(indexed.ids[place] ?? ''));
  const lengthsOf = (place: number): Uint16Array => indexed.lengths[place] ?? new Uint16Array(0);
  await tx.query(
    `update passage p set terms = v.terms
       from unnest($1::uuid[], $2::int[], $3::int[]) as v (document_id, ordinal, terms)
      where p.document_id = v.document_id and p.ordinal = v.ordinal and p.terms <> v.terms`,
    [
      places.flatMap((place) => Array.from(lengthsOf(place), () => indexed.ids[place])),
      places.flatMap((place) => Array.from(lengthsOf(place), (_, ordinal) => ordinal)),
      places.flatMap((place) => [...lengthsOf(place)]),
    ],
  );
}
