import type { Tx } from '@lorekeep/kit/database';
import { ALIVE } from '../../hold-index.js';
import { numbersOf, signatureOf } from '../models/unit-vector.js';

export interface NewVector {
  readonly passageId: string;
  readonly documentId: string;
  readonly hash: Buffer;
  readonly vector: Float32Array;
}

/** A passage whose text has a vector in the set already. */
export interface SameText {
  readonly passageId: string;
  readonly documentId: string;
  readonly hash: Buffer;
}

export async function insertVectors(tx: Tx, setId: string, vectors: readonly NewVector[]): Promise<void> {
  if (vectors.length === 0) return;
  await tx.query(
    `insert into passage_vector (set_id, passage_id, tenant_id, document_id, hash, signature, embedding)
     select $1, v.passage_id, app_tenant(), v.document_id, v.hash, v.signature::varbit, v.embedding::real[]
       from unnest($2::uuid[], $3::uuid[], $4::bytea[], $5::text[], $6::text[])
            as v (passage_id, document_id, hash, signature, embedding)
     on conflict do nothing`,
    [
      setId,
      vectors.map(({ passageId }) => passageId),
      vectors.map(({ documentId }) => documentId),
      vectors.map(({ hash }) => hash),
      vectors.map(({ vector }) => signatureOf(vector)),
      vectors.map(({ vector }) => `{${numbersOf(vector)}}`),
    ],
  );
}

/** Copies of the vectors that the same texts have. */
export async function copyVectors(tx: Tx, setId: string, same: readonly SameText[]): Promise<void> {
  if (same.length === 0) return;
  await tx.query(
    `insert into passage_vector (set_id, passage_id, tenant_id, document_id, hash, signature, embedding)
     select $1, w.passage_id, app_tenant(), w.document_id, v.hash, v.signature, v.embedding
       from unnest($2::uuid[], $3::uuid[], $4::bytea[]) as w (passage_id, document_id, hash)
       cross join lateral (select * from passage_vector v where v.set_id = $1 and v.hash = w.hash limit 1) v
     on conflict do nothing`,
    [
      setId,
      same.map(({ passageId }) => passageId),
      same.map(({ documentId }) => documentId),
      same.map(({ hash }) => hash),
    ],
  );
}

/** Known from the first vector on, so that nothing of the document can be left behind when it goes. */
const BEGUN = -1;

/** Notes which of the documents have all their vectors; drops what belonged to passages that they no longer have. */
export async function noteDocuments(tx: Tx, setId: string, documentIds: readonly string[]): Promise<number> {
  await tx.query(
    `insert into vector_document (set_id, document_id, tenant_id, first_passage, passages)
     select $1, d.id, app_tenant(), ${BEGUN}, 0 from document d where d.id = any ($2::uuid[]) on conflict do nothing`,
    [setId, documentIds],
  );
  const whole = await tx.query<{ id: string }>(
    `update vector_document e set first_passage = d.first_passage, passages = d.passages
       from document d
      where e.set_id = $1 and e.document_id = d.id and d.id = any ($2::uuid[]) and ${ALIVE}
        and d.first_passage is not null
        and not exists (select from passage p where p.document_id = d.id
              and not exists (select from passage_vector v where v.set_id = $1 and v.passage_id = p.id))
      returning d.id`,
    [setId, documentIds],
  );
  await tx.query(
    `delete from passage_vector v where v.set_id = $1 and v.document_id = any ($2::uuid[])
        and not exists (select from passage p where p.id = v.passage_id)`,
    [setId, whole.map(({ id }) => id)],
  );
  return whole.length;
}
