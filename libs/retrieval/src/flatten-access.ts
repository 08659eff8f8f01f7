import type { Tx } from '@lorekeep/kit/database';

/**
 * The rule, in one place. Allowed: the document's own readers where it names any, else its collection's. Denied: what
 * either of them denies. Deny wins.
 */
const EFFECTIVE_READERS = `
  select d.tenant_id, d.id as document_id, r.principal,
         case when bool_or(r.effect = 'deny') then 'deny' else 'allow' end as effect
    from document d
    join reader r on r.document_id = d.id
      or (r.collection_id = d.collection_id and (r.effect = 'deny' or not exists (
            select from reader own where own.document_id = d.id and own.effect = 'allow')))`;

/**
 * Rewrites document_access of one document, in the transaction that changed it or its readers. The collection is
 * locked against a change of its readers that would not see this document.
 */
export async function flattenDocument(tx: Tx, documentId: string): Promise<void> {
  await tx.query(
    'select c.id from collection c join document d on d.collection_id = c.id where d.id = $1 for share of c',
    [documentId],
  );
  await tx.query('delete from document_access where document_id = $1', [documentId]);
  await tx.query(
    `insert into document_access (tenant_id, document_id, principal, effect)
     ${EFFECTIVE_READERS} where d.id = $1 and d.deleted_at is null group by 1, 2, 3`,
    [documentId],
  );
}

/** The same for all documents of a collection; the caller holds the collection's row `for update`. */
export async function flattenCollection(tx: Tx, collectionId: string): Promise<void> {
  await tx.query(
    'delete from document_access a using document d where d.id = a.document_id and d.collection_id = $1',
    [collectionId],
  );
  await tx.query(
    `insert into document_access (tenant_id, document_id, principal, effect)
     ${EFFECTIVE_READERS} where d.collection_id = $1 and d.deleted_at is null group by 1, 2, 3`,
    [collectionId],
  );
}
