import type { Tx } from '@lorekeep/kit/database';
import { FOLDER_DEPTH_MAX, FOLDERS_MAX } from './folder-limits.js';
import { cleanFolderName } from './folder-name.js';
import { foldersFull, folderTooDeep } from './retrieval.errors.js';

/**
 * The folder at a path of names, made where it is missing; it inherits its readers. Null: the collection itself.
 * The caller holds the collection's row. Throws like whoever makes a folder by hand: FOLDER_NAME_INVALID,
 * FOLDER_TOO_DEEP, FOLDERS_FULL.
 */
export async function ensureFolder(
  tx: Tx,
  collectionId: string,
  path: readonly string[],
): Promise<string | null> {
  if (path.length > FOLDER_DEPTH_MAX) throw folderTooDeep(FOLDER_DEPTH_MAX);
  let parent: string | null = null;
  for (const name of path.map(cleanFolderName)) {
    const place: Place = [collectionId, parent, name];
    const id: string | undefined = (await held(tx, place)) ?? (await made(tx, place));
    if (id === undefined) throw new Error('the folder was being deleted at this moment');
    parent = id;
  }
  return parent;
}

type Place = readonly [collectionId: string, parentId: string | null, name: string];

async function held(tx: Tx, place: Place): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    'select id from folder where collection_id = $1 and parent_id is not distinct from $2 and name = $3 for share',
    place,
  );
  return row?.id;
}

/** Documents arrive side by side: each may count before the others have made theirs, and so go a few beyond. */
async function made(tx: Tx, place: Place): Promise<string | undefined> {
  const [count] = await tx.query<{ n: number }>(
    'select count(*)::int as n from folder where collection_id = $1',
    [place[0]],
  );
  if ((count?.n ?? 0) >= FOLDERS_MAX) throw foldersFull(FOLDERS_MAX);
  await tx.query(
    `insert into folder (tenant_id, collection_id, parent_id, name, access_id)
     select app_tenant(), $1, $2, $3, coalesce((select access_id from folder where id = $2), $1)
     on conflict (collection_id, parent_id, name) do nothing`,
    place,
  );
  return held(tx, place);
}
