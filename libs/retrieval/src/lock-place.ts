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

/**
 * Locks the documents that `ids` name any version of, after their collections and `others`, in the order that everybody
 * keeps: collections by id, then lineages by id. The first version stands for all, also for those that come later: a
 * lock on each would miss one that was being added.
 */
export async function lockLineages(
  tx: Tx,
  ids: readonly string[],
  others: readonly string[] = [],
): Promise<void> {
  const locked = new Set<string>();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const places = await tx.query<{ collection: string }>(
      `select distinct collection_id as collection from document
        where lineage_id in (select lineage_id from document where id = any ($1::uuid[])) and deleted_at is null`,
      [ids],
    );
    const collections = [...others, ...places.map(({ collection }) => collection)];
    if (attempt > 0 && collections.every((id) => locked.has(id))) return;
    for (const id of collections) locked.add(id);
    await lockCollections(tx, [...locked], 'arrive');
    await tx.query(
      `select id from document where id in (select lineage_id from document where id = any ($1::uuid[]))
        order by id for update`,
      [ids],
    );
  }
  throw new Error('the documents do not stay in one place');
}

/** The same for documents that must all be there; null: one of them is not, or is deleted. */
export async function lockDocuments(
  tx: Tx,
  ids: readonly string[],
  others: readonly string[] = [],
): Promise<LockedDocument[] | null> {
  await lockLineages(tx, ids, others);
  const found = await tx.query<LockedDocument & Record<string, unknown>>(
    `select id, lineage_id as "lineageId", collection_id as "collectionId", folder_id as "folderId" from document
      where id = any ($1::uuid[]) and deleted_at is null`,
    [ids],
  );
  return found.length === new Set(ids).size ? found : null;
}

export async function lockDocument(tx: Tx, id: string): Promise<LockedDocument | null> {
  return (await lockDocuments(tx, [id]))?.[0] ?? null;
}
