import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { SegmentBuilder, type BuiltSegment } from './build-segment.js';
import { ANALYZER_VERSION, passageTerms } from './passage-terms.js';
import { PassageNumbers, SERVER, type Numbers } from './take-numbers.js';
import { writeSegment } from './write-segment.js';

/** A passage as the document path cut it; its place is its position in the list. */
export interface NewPassage {
  readonly heading: string;
  readonly page: number | null;
  readonly content: string;
  readonly language: string;
}

/** A document's part of the index, made before the transaction that stores it. */
export interface PreparedIndex {
  readonly documentId: string;
  readonly passages: readonly NewPassage[];
  readonly lengths: Uint16Array;
  readonly numbers: Numbers;
  readonly segment: BuiltSegment;
}

/** What the document's row says of its index; `$2 …` of a statement that also returns SERVER as `server`. */
export const INDEX_COLUMNS = 'first_passage = $2, passages = $3, terms = $4, analyzer = $5';
export const indexValues = (prepared: PreparedIndex): readonly unknown[] => [
  prepared.numbers.first,
  prepared.passages.length,
  prepared.segment.terms,
  ANALYZER_VERSION,
];

/**
 * Keeps the passages of documents and their part of the index, inside the transaction of the document's own change
 * (`access: 'all'`): searchable with its commit, and never half.
 */
export class Indexer {
  private readonly numbers: PassageNumbers;

  constructor(database: Database) {
    this.numbers = new PassageNumbers(database);
  }

  /** The work that needs no transaction: terms, numbers, bytes. */
  async prepare(
    ctx: CallContext,
    documentId: string,
    title: string,
    passages: readonly NewPassage[],
  ): Promise<PreparedIndex> {
    // A document without passages has a number too: it is indexed, with nothing.
    const numbers = await this.numbers.take(ctx, Math.max(1, passages.length));
    const builder = new SegmentBuilder();
    const lengths = builder.add(documentId, numbers.first, passageTerms(title, passages));
    return { documentId, passages, lengths, numbers, segment: builder.build() };
  }

  /**
   * Stores passages and segment of a document whose row the same transaction has set to INDEX_COLUMNS; `server` is what
   * that statement returned. What was stored of the document before goes.
   */
  async store(tx: Tx, ctx: CallContext, prepared: PreparedIndex, server: string): Promise<void> {
    this.numbers.confirm(ctx, prepared.numbers, server);
    const { documentId, passages, lengths, segment } = prepared;
    await tx.query('delete from passage where document_id = $1', [documentId], 'index-clear');
    if (passages.length === 0) return;
    await tx.query(
      `insert into passage (tenant_id, document_id, ordinal, heading, page, content, language, terms)
       select app_tenant(), $1, p.place - 1, p.heading, p.page, p.content, p.language, p.terms
         from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::int[])
              with ordinality as p (heading, page, content, language, terms, place)`,
      [
        documentId,
        passages.map(({ heading }) => heading),
        passages.map(({ page }) => page),
        passages.map(({ content }) => content),
        passages.map(({ language }) => language),
        [...lengths],
      ],
      'index-passages',
    );
    await writeSegment(tx, 0, segment);
  }

  /** Replaces what is indexed of the document; running it twice leaves the same. */
  async index(
    tx: Tx,
    ctx: CallContext,
    documentId: string,
    passages: readonly NewPassage[],
  ): Promise<{ passages: number; terms: number }> {
    const [document] = await tx.query<{ title: string }>(
      'select title from document where id = $1 for update',
      [documentId],
    );
    if (!document) throw new Error('the document to be indexed is gone');
    const prepared = await this.prepare(ctx, documentId, document.title, passages);
    const [row] = await tx.query<{ server: string }>(
      `update document set ${INDEX_COLUMNS} where id = $1 returning ${SERVER} as server`,
      [documentId, ...indexValues(prepared)],
    );
    await this.store(tx, ctx, prepared, row?.server ?? '');
    return { passages: passages.length, terms: prepared.segment.terms };
  }
}

/** Takes the document out of the index; a later merge drops its postings. */
export async function removeFromIndex(tx: Tx, documentId: string): Promise<void> {
  await tx.query('delete from passage where document_id = $1', [documentId]);
  await tx.query('update document set passages = 0, terms = 0, first_passage = null where id = $1', [
    documentId,
  ]);
}
