import { analyze } from '@lorekeep/kit/text';
import type { Tx } from '@lorekeep/kit/database';

/** A passage as the document path cut it; its place is its position in the list. */
export interface NewPassage {
  readonly heading: string;
  readonly page: number | null;
  readonly content: string;
  readonly language: string;
}

/** Rows per INSERT: keeps one message to the server below some megabytes. */
const POSTINGS_PER_STATEMENT = 20_000;
/** Column type of `frequency`. */
const FREQUENCY_MAX = 32_767;

interface Columns {
  readonly terms: string[];
  readonly passages: string[];
  readonly frequencies: number[];
  readonly lengths: number[];
}

/**
 * Keeps the passages and posting rows of documents, inside the transaction of the document's own change
 * (`access: 'all'`): searchable with its commit, and never half.
 */
export class Indexer {
  /** Replaces what is indexed of the document; running it twice leaves the same. Title and headings count as text. */
  async index(
    tx: Tx,
    documentId: string,
    passages: readonly NewPassage[],
  ): Promise<{ passages: number; terms: number }> {
    const [document] = await tx.query<{ title: string }>(
      'select title from document where id = $1 for update',
      [documentId],
    );
    if (!document) throw new Error('the document to be indexed is gone');
    await this.removeRows(tx, documentId);
    const ids: string[] = [];
    const lengths: number[] = [];
    let batch = emptyColumns();
    const batches = [batch];
    for (const passage of passages) {
      const id = crypto.randomUUID();
      const terms = analyze(`${document.title}\n${passage.heading}\n${passage.content}`);
      ids.push(id);
      lengths.push(terms.length);
      if (batch.terms.length >= POSTINGS_PER_STATEMENT) batches.push((batch = emptyColumns()));
      addPostings(batch, id, terms);
    }
    await insertPassages(tx, documentId, ids, lengths, passages);
    for (const columns of batches) await insertPostings(tx, documentId, columns);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    await tx.query('update document set passages = $2, terms = $3 where id = $1', [
      documentId,
      ids.length,
      total,
    ]);
    return { passages: ids.length, terms: total };
  }

  /** Takes the document out of the index. */
  async remove(tx: Tx, documentId: string): Promise<void> {
    await this.removeRows(tx, documentId);
    await tx.query('update document set passages = 0, terms = 0 where id = $1', [documentId]);
  }

  private async removeRows(tx: Tx, documentId: string): Promise<void> {
    // Postings go with their passages.
    await tx.query('delete from passage where document_id = $1', [documentId]);
  }
}

const emptyColumns = (): Columns => ({ terms: [], passages: [], frequencies: [], lengths: [] });

function addPostings(columns: Columns, passageId: string, terms: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const [term, count] of counts) {
    columns.terms.push(term);
    columns.passages.push(passageId);
    columns.frequencies.push(Math.min(count, FREQUENCY_MAX));
    columns.lengths.push(terms.length);
  }
}

async function insertPassages(
  tx: Tx,
  documentId: string,
  ids: readonly string[],
  lengths: readonly number[],
  passages: readonly NewPassage[],
): Promise<void> {
  await tx.query(
    `insert into passage (id, tenant_id, document_id, ordinal, heading, page, content, language, terms)
     select p.id, app_tenant(), $1, p.place - 1, p.heading, p.page, p.content, p.language, p.terms
       from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::int[])
            with ordinality as p (id, heading, page, content, language, terms, place)`,
    [
      documentId,
      ids,
      passages.map((passage) => passage.heading),
      passages.map((passage) => passage.page),
      passages.map((passage) => passage.content),
      passages.map((passage) => passage.language),
      lengths,
    ],
  );
}

async function insertPostings(tx: Tx, documentId: string, columns: Columns): Promise<void> {
  if (columns.terms.length === 0) return;
  // In the order of the index, which saves it half of its work.
  await tx.query(
    `insert into posting (tenant_id, term, passage_id, document_id, frequency, passage_terms)
     select app_tenant(), p.term, p.passage_id, $1, p.frequency, p.length
       from unnest($2::text[], $3::uuid[], $4::smallint[], $5::int[]) as p (term, passage_id, frequency, length)
      order by p.term, p.passage_id`,
    [documentId, columns.terms, columns.passages, columns.frequencies, columns.lengths],
  );
}
