import { isUuid } from '@lorekeep/kit/sql';
import { ALIVE } from '../../hold-index.js';
import type { Pgvector } from '../find-storage.js';

/**
 * The permission test of the lexical search, in SQL: what the caller's principals may read now. The statements run with
 * access to all documents, like every use of an index; what they find is read under the caller's own access.
 */
const PERMITTED = `d.tenant_id = (select app_tenant()) and ${ALIVE} and d.first_passage is not null
    and d.access_id = any ((select array(select app_readable_access()))::uuid[])
    and ($2::uuid[] is null or d.collection_id = any ($2::uuid[]))`;

/** Into the text of a statement: an index of one set is used only where the statement names the set itself. */
export function quoteId(id: string): string {
  if (!isUuid(id)) throw new Error('not the id of a set of vectors');
  return `'${id}'`;
}

const found = (nearest: string): string => `
with near as materialized (${nearest})
select p.document_id as "documentId", p.ordinal, n.first_passage::float8 as first
  from near n join passage p on p.id = n.passage_id order by n.distance, p.document_id, p.ordinal limit $3`;

/** The index goes on in rough order: of twice as many the nearer half is nearly right. */
const OVERSAMPLING = 2;

/** Through pgvector's index; `$1` the question's vector, `$2` collections or null, `$3` passages wanted. */
export function indexStatement(setId: string, dimensions: number, { schema }: Pgvector): string {
  const type = `${schema}.halfvec(${dimensions})`;
  const distance = `v.embedding::${type} operator(${schema}.<=>) $1::${type}`;
  return found(`
    select v.passage_id, d.first_passage, ${distance} as distance
      from passage_vector v join document d on d.id = v.document_id
     where v.set_id = ${quoteId(setId)} and ${PERMITTED}
     order by ${distance} limit $3 * ${OVERSAMPLING}`);
}

/** Every permitted vector compared by pgvector, from the documents on. */
export function exactStatement(setId: string, dimensions: number, { schema }: Pgvector): string {
  const type = `${schema}.halfvec(${dimensions})`;
  // The sum keeps the planner from the index.
  return found(`
    select v.passage_id, d.first_passage,
           (v.embedding::${type} operator(${schema}.<=>) $1::${type}) + 0 as distance
      from document d join passage_vector v on v.set_id = ${quoteId(setId)} and v.document_id = d.id
     where ${PERMITTED}
     order by distance limit $3`);
}

/** Every permitted signature compared without pgvector; `$1` the question's bits. */
export function signatureStatement(setId: string): string {
  return `
    select v.passage_id as id, d.first_passage::float8 as first,
           bit_count(v.signature # $1::varbit) as distance
      from passage_vector v join document d on d.id = v.document_id
     where v.set_id = ${quoteId(setId)} and ${PERMITTED}
     order by distance limit $3`;
}

/** Exactly these vectors, as bytes; the ids come from the database. */
export const vectorsStatement = (setId: string, passageIds: readonly string[]): string => `
  select v.passage_id, v.document_id, p.ordinal, v.embedding
    from passage_vector v join passage p on p.id = v.passage_id
   where v.set_id = ${quoteId(setId)} and v.passage_id in (${passageIds.map(quoteId).join(', ')})`;

/** Passages that the caller may read, about: it chooses between index and exact search, nothing else. */
export const PERMITTED_COUNT =
  `select coalesce(sum(d.passages), 0)::int as passages from document d where ${PERMITTED}`.replaceAll(
    '$2',
    '$1',
  );
