import type { Tx } from '@lorekeep/kit/database';

/** Folders within folders, and characters of a name. */
export const FOLDER_DEPTH_MAX = 32;
export const FOLDER_NAME_MAX = 255;

/**
 * The folder at a path of names, made where it is missing; it inherits its readers. Null: the collection itself.
 * The caller holds the collection's row.
 */
export async function ensureFolder(
  tx: Tx,
  collectionId: string,
  path: readonly string[],
): Promise<string | null> {
  if (path.length > FOLDER_DEPTH_MAX || path.some((name) => name === '' || name.length > FOLDER_NAME_MAX))
    throw new RangeError('a path of folders beyond its limits');
  let parent: string | null = null;
  for (const name of path) {
    await tx.query(
      `insert into folder (tenant_id, collection_id, parent_id, name, access_id)
       select app_tenant(), $1, $2, $3, coalesce((select access_id from folder where id = $2), $1)
       on conflict (collection_id, parent_id, name) do nothing`,
      [collectionId, parent, name],
    );
    const [row]: { id: string }[] = await tx.query<{ id: string }>(
      'select id from folder where collection_id = $1 and parent_id is not distinct from $2 and name = $3 for share',
      [collectionId, parent, name],
    );
    if (!row) throw new Error('the folder was being deleted at this moment');
    parent = row.id;
  }
  return parent;
}
