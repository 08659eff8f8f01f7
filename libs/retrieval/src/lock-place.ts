import type { Tx } from '@lorekeep/kit/database';
import { lockCollections } from './flatten-access.js';

export interface LockedFolder {
  readonly collectionId: string;
  readonly parentId: string | null;
  readonly name: string;
}

export interface LockedDocument {
  readonly id: string;
  readonly lineageId: string;
  readonly collectionId: string;
  readonly folderId: string | null;
}

/** A document that is moved again and again while it is looked for; more often than this is no accident. */
const ATTEMPTS = 5;

/** The folder, with its collection locked for a change of folders; null: there is none. A folder keeps its collection. */
export async function lockFolder(tx: Tx, id: string): Promise<LockedFolder | null> {
  const [place] = await tx.query<{ id: string }>('select collection_id as id from folder where id = $1', [
    id,
  ]);
  if (!place) return null;
  await lockCollections(tx, [place.id], 'change');
  const [folder] = await tx.query<LockedFolder & Record<string, unknown>>(
    'select collection_id as "collectionId", parent_id as "parentId", name from folder where id = $1',
    [id],
  );
  return folder ?? null;
}

/** Documents that are not deleted, locked after their collections and `others`; null: one of them is not there. */
export async function lockDocuments(
  tx: Tx,
  ids: readonly string[],
  others: readonly string[] = [],
): Promise<LockedDocument[] | null> {
  const wanted = [...new Set(ids)];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const places = await tx.query<{ id: string; collection: string }>(
      'select id, collection_id as collection from document where id = any ($1::uuid[]) and deleted_at is null',
      [wanted],
    );
    if (places.length < wanted.length) return null;
    const collections = [...new Set([...others, ...places.map(({ collection }) => collection)])];
    await lockCollections(tx, collections, 'arrive');
    const locked = await tx.query<LockedDocument & Record<string, unknown>>(
      `select id, lineage_id as "lineageId", collection_id as "collectionId", folder_id as "folderId" from document
        where id = any ($1::uuid[]) and collection_id = any ($2::uuid[]) and deleted_at is null
        order by id for update`,
      [wanted, collections],
    );
    if (locked.length === wanted.length) return locked;
  }
  throw new Error('the documents do not stay in one place');
}

export async function lockDocument(tx: Tx, id: string): Promise<LockedDocument | null> {
  return (await lockDocuments(tx, [id]))?.[0] ?? null;
}
