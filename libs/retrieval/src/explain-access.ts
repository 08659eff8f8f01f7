import type { Tx } from '@lorekeep/kit/database';
import { PRINCIPAL_NAME, principalsOfUser, type NamedReader } from './name-principals.js';

export interface AccessExplanation {
  readonly readable: boolean;
  /** The entries that concern the person; those that decide come first. Empty: nobody has let them in. */
  readonly because: (NamedReader & { readonly source: 'collection' | 'document' })[];
}

/** Null where there is no such person or document in this tenant. The verdict is the one that row security gives. */
export async function explainAccess(
  tx: Tx,
  userId: string,
  documentId: string,
): Promise<AccessExplanation | null> {
  const principals = await principalsOfUser(tx, userId);
  const found = await tx.query('select id from document where id = $1 and deleted_at is null', [documentId]);
  if (!principals || found.length === 0) return null;
  const [verdict] = await tx.query<{ readable: boolean }>(
    `select coalesce(bool_and(effect = 'allow'), false) as readable from access_entry
      where access_id = (select access_id from document where id = $1) and principal = any ($2::text[])`,
    [documentId, principals],
  );
  // An allowing entry of the collection counts only where the document names no readers of its own.
  const because = await tx.query<AccessExplanation['because'][number] & Record<string, unknown>>(
    `select case when r.document_id is null then 'collection' else 'document' end as source,
            r.principal, r.effect, ${PRINCIPAL_NAME} as name
       from reader r join document d on d.id = $1 and (r.document_id = d.id or r.collection_id = d.collection_id)
      where r.principal = any ($2::text[])
        and (r.document_id is not null or r.effect = 'deny'
             or not exists (select from reader own where own.document_id = d.id and own.effect = 'allow'))
      order by r.effect desc, 1 desc, 4`,
    [documentId, principals],
  );
  return { readable: verdict?.readable ?? false, because };
}
