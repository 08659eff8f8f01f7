import type { CallContext } from '@lorekeep/kit/context';
import { principalsOf } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { passageTerms } from '../passage-terms.js';
import { weighTerms } from '../search/weigh-terms.js';

interface NaivePassage {
  readonly key: string;
  readonly number: number;
  readonly accessId: string;
  readonly collectionId: string;
  readonly length: number;
  readonly counts: ReadonlyMap<string, number>;
}

interface Entry {
  readonly accessId: string;
  readonly principal: string;
  readonly effect: string;
}

/** What a document's row and passages say, in plain columns. */
interface Row extends Record<string, unknown> {
  readonly documentId: string;
  readonly title: string;
  readonly first: string;
  readonly accessId: string;
  readonly collectionId: string;
  readonly passages: { ordinal: number; heading: string; content: string }[];
}

const DOCUMENTS = `
  select d.id as "documentId", d.title, d.first_passage as first, d.access_id as "accessId",
         d.collection_id as "collectionId",
         (select json_agg(json_build_object('ordinal', p.ordinal, 'heading', p.heading, 'content', p.content)
                          order by p.ordinal) from passage p where p.document_id = d.id) as passages
    from document d
   where d.state = 'ready' and d.deleted_at is null and d.replaced_at is null and d.first_passage is not null
     and d.passages > 0 and ($1::uuid is null or d.id > $1) order by d.id limit 2000`;

/** As the index has them. */
const FREQUENCY_MAX = 255;
const LENGTH_MAX = 65_535;

/**
 * BM25 over all passages of a tenant, term by term and passage by passage out of the stored text, with what may not be
 * read left out of the ranking: what the search must give, without an index.
 */
export class NaiveSearch {
  private readonly byTerm = new Map<string, NaivePassage[]>();
  private readonly average: number;

  private constructor(
    readonly passages: readonly NaivePassage[],
    private readonly entries: readonly Entry[],
  ) {
    this.average = passages.reduce((sum, { length }) => sum + length, 0) / Math.max(1, passages.length);
    for (const passage of passages)
      for (const term of passage.counts.keys()) {
        const list = this.byTerm.get(term);
        if (list) list.push(passage);
        else this.byTerm.set(term, [passage]);
      }
  }

  static async load(database: Database, ctx: CallContext): Promise<NaiveSearch> {
    const passages: NaivePassage[] = [];
    for (let after: string | null = null; ;) {
      const rows: Row[] = await database.once<Row>(ctx, DOCUMENTS, [after], { access: 'all' });
      for (const row of rows) passages.push(...passagesOf(row));
      const last = rows.at(-1);
      if (!last) break;
      after = last.documentId;
    }
    const entries = await database.once<Entry & Record<string, unknown>>(
      ctx,
      'select access_id as "accessId", principal, effect from access_entry',
      [],
      { access: 'all' },
    );
    return new NaiveSearch(passages, entries);
  }

  /** Keys `document/ordinal`, best first, ties by number; and how many of the best k of all are not among them. */
  search(
    ctx: CallContext,
    query: { text: string; k: number; collectionIds?: readonly string[]; context?: string },
  ): { keys: string[]; scores: number[]; withheld: number } {
    const readable = this.readableLists(ctx);
    const scored = this.score(query.text, query.context).filter(
      ({ passage }) => !query.collectionIds || query.collectionIds.includes(passage.collectionId),
    );
    scored.sort((a, b) => b.score - a.score || a.passage.number - b.passage.number);
    const own = scored.filter(({ passage }) => readable.has(passage.accessId)).slice(0, query.k);
    const best = scored.slice(0, query.k);
    return {
      keys: own.map(({ passage }) => passage.key),
      scores: own.map(({ score }) => score),
      withheld: best.filter(({ passage }) => !readable.has(passage.accessId)).length,
    };
  }

  readableLists(ctx: CallContext): Set<string> {
    const principals = principalsOf(ctx.caller);
    const mine = this.entries.filter(({ principal }) => principals.includes(principal));
    const denied = new Set(mine.filter(({ effect }) => effect === 'deny').map(({ accessId }) => accessId));
    return new Set(mine.map(({ accessId }) => accessId).filter((id) => !denied.has(id)));
  }

  private score(text: string, context?: string): { passage: NaivePassage; score: number }[] {
    const scores = new Map<NaivePassage, number>();
    for (const { term, weight } of weighTerms(text, context)) {
      const found = this.byTerm.get(term) ?? [];
      const idf = Math.log(1 + (this.passages.length - found.length + 0.5) / (found.length + 0.5));
      for (const passage of found) {
        const frequency = passage.counts.get(term) ?? 0;
        const norm = 1.2 * (0.25 + (0.75 * passage.length) / this.average);
        const part = (weight * idf * 2.2 * frequency) / (frequency + norm);
        // The index rounds so, lest the order of the terms decide between equals.
        const rounded = Math.round(part * 2 ** 40) / 2 ** 40;
        scores.set(passage, (scores.get(passage) ?? 0) + rounded);
      }
    }
    return [...scores].map(([passage, score]) => ({ passage, score }));
  }
}

function passagesOf(row: Row): NaivePassage[] {
  const terms = passageTerms(row.title, row.passages);
  return row.passages.map(({ ordinal }, i) => {
    const counts = new Map<string, number>();
    for (const term of terms[i] ?? []) counts.set(term, Math.min(FREQUENCY_MAX, (counts.get(term) ?? 0) + 1));
    return {
      key: `${row.documentId}/${ordinal}`,
      number: Number(row.first) + ordinal,
      accessId: row.accessId,
      collectionId: row.collectionId,
      length: Math.min(LENGTH_MAX, terms[i]?.length ?? 0),
      counts,
    };
  });
}
