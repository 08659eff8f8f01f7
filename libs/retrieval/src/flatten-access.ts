import type { Tx } from '@lorekeep/kit/database';

/**
 * The rule for documents with readers of their own, in one place. Allowed: the document's own readers where it allows
 * anybody, else its collection's. Denied: what either of them denies. Deny wins.
 */
const OWN_LISTS = `
  insert into access_entry (access_id, principal, tenant_id, effect)
  select d.id, r.principal, d.tenant_id, case when bool_or(r.effect = 'deny') then 'deny' else 'allow' end
    from document d
    join reader r on r.document_id = d.id
      or (r.collection_id = d.collection_id and (r.effect = 'deny' or not exists (
            select from reader own where own.document_id = d.id and own.effect = 'allow')))
   where exists (select from reader own where own.document_id = d.id) and d.deleted_at is null`;

/**
 * Rewrites the access list of one document, in the transaction that changed it or its readers. The collection is
 * locked against a change of its readers that would not see this document.
 */
export async function flattenDocument(tx: Tx, documentId: string): Promise<void> {
  await tx.query(
    'select c.id from collection c join document d on d.collection_id = c.id where d.id = $1 for share of c',
    [documentId],
  );
  await tx.query('delete from access_entry where access_id = $1', [documentId]);
  await tx.query(`${OWN_LISTS} and d.id = $1 group by 1, 2, 3`, [documentId]);
  await tx.query(
    `update document d set access_id = v.access_id
       from (select id, case when exists (select from reader own where own.document_id = document.id)
                        then id else collection_id end as access_id from document where id = $1) v
      where d.id = v.id and d.access_id <> v.access_id`,
    [documentId],
  );
}

/** The same for a collection and what is in it; the caller holds the collection's row `for update`. */
export async function flattenCollection(tx: Tx, collectionId: string): Promise<void> {
  await tx.query(
    `delete from access_entry where access_id = $1
        or access_id in (select id from document where collection_id = $1 and access_id = id)`,
    [collectionId],
  );
  await tx.query(
    `insert into access_entry (access_id, principal, tenant_id, effect)
     select collection_id, principal, tenant_id, effect from reader where collection_id = $1`,
    [collectionId],
  );
  await tx.query(`${OWN_LISTS} and d.collection_id = $1 group by 1, 2, 3`, [collectionId]);
}
