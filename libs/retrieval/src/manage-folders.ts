import type { FolderRow } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { flattenDocuments, flattenFolder, foldersBeneath, lockCollections } from './flatten-access.js';
import { FOLDER_DEPTH_MAX, FOLDERS_MAX } from './folder-limits.js';
import { cleanFolderName } from './folder-name.js';
import { lockDocuments, lockFolder } from './lock-place.js';
import { deleteDocuments, mayWrite } from './manage-documents.js';
import { readFolders, type FolderTree } from './read-folders.js';
import {
  documentExists,
  documentSourced,
  folderInsideItself,
  folderNotEmpty,
  foldersFull,
  folderTaken,
  folderTooDeep,
  folderTooFull,
} from './retrieval.errors.js';

/** That one deletion of a folder, or one move, takes along: a transaction of some seconds. */
export const DOCUMENTS_AT_ONCE_MAX = 5_000;

const ALL = { access: 'all' } as const;
const UNIQUE_VIOLATION = '23505';

export interface FolderPlace {
  readonly collectionId: string;
  /** Null: directly in the collection. */
  readonly folderId: string | null;
}

/**
 * Folders of a collection, each in another or in the collection itself; what is in a folder has its readers. All but
 * `tree` is for those who hold `documents.write`, which the door has checked. Null: no such thing here.
 */
export class Folders {
  constructor(private readonly database: Database) {}

  tree(ctx: CallContext, collectionId: string): Promise<FolderTree | null> {
    const all = mayWrite(ctx);
    return this.database.transaction(ctx, (tx) => readFolders(tx, collectionId, all), {
      access: all ? 'all' : 'caller',
    });
  }

  /** With the readers of what it is in. Throws FOLDER_NAME_INVALID, FOLDER_EXISTS, FOLDER_TOO_DEEP, FOLDERS_FULL. */
  async create(
    ctx: CallContext,
    { collectionId, parentId, name }: { collectionId: string; parentId: string | null; name: string },
  ): Promise<FolderRow | null> {
    const clean = cleanFolderName(name);
    return this.change(ctx, async (tx) => {
      if ((await lockCollections(tx, [collectionId], 'change')).length === 0) return null;
      const depth = await depthOf(tx, collectionId, parentId);
      if (depth === null) return null;
      if (depth + 1 > FOLDER_DEPTH_MAX) throw folderTooDeep(FOLDER_DEPTH_MAX);
      const [count] = await tx.query<{ n: number }>(
        'select count(*)::int as n from folder where collection_id = $1',
        [collectionId],
      );
      if ((count?.n ?? 0) >= FOLDERS_MAX) throw foldersFull(FOLDERS_MAX);
      const [row] = await tx.query<{ id: string }>(
        `insert into folder (tenant_id, collection_id, parent_id, name, access_id)
         select app_tenant(), $1, $2, $3, coalesce((select access_id from folder where id = $2), $1) returning id`,
        [collectionId, parentId, clean],
      );
      return rowOf(tx, collectionId, row?.id ?? '');
    });
  }

  /**
   * Another name, another place in its collection (`parentId` null: directly in it), or both; what is beneath goes with
   * it and has the readers of the new place. Throws like `create`, and FOLDER_INSIDE_ITSELF.
   */
  async update(
    ctx: CallContext,
    id: string,
    change: { name?: string | undefined; parentId?: string | null | undefined },
  ): Promise<FolderRow | null> {
    const name = change.name === undefined ? null : cleanFolderName(change.name);
    return this.change(ctx, async (tx) => {
      const folder = await lockFolder(tx, id);
      if (!folder) return null;
      const { collectionId } = folder;
      const parentId = change.parentId === undefined ? folder.parentId : change.parentId;
      const moved = parentId !== folder.parentId;
      if (moved && !(await fits(tx, collectionId, id, parentId))) return null;
      await tx.query('update folder set name = coalesce($2, name), parent_id = $3 where id = $1', [
        id,
        name,
        parentId,
      ]);
      if (moved) await flattenFolder(tx, collectionId, id);
      return rowOf(tx, collectionId, id);
    });
  }

  /**
   * Deletes the folder and the folders beneath. Documents go only with `confirmed`, the number of them that whoever
   * asks was told; another number, or none, throws FOLDER_NOT_EMPTY with the right one. Throws FOLDER_TOO_FULL.
   */
  remove(
    ctx: CallContext,
    id: string,
    confirmed: number | null = null,
  ): Promise<{ documents: number; folders: number; name: string } | null> {
    return this.change(ctx, async (tx) => {
      const folder = await lockFolder(tx, id);
      if (!folder) return null;
      const ids = (await foldersBeneath(tx, folder.collectionId, id)).map((each) => each.id);
      const rows = await tx.query<{ id: string; lineage: string }>(
        `select id, lineage_id as lineage from document where folder_id = any ($1::uuid[]) and deleted_at is null
          order by version desc for update`,
        [ids],
      );
      const documents = new Set(rows.map(({ lineage }) => lineage)).size;
      if (documents !== (confirmed ?? 0)) throw folderNotEmpty(documents, ids.length - 1);
      if (rows.length > DOCUMENTS_AT_ONCE_MAX) throw folderTooFull(DOCUMENTS_AT_ONCE_MAX);
      await deleteDocuments(
        tx,
        rows.map((row) => row.id),
      );
      // The bare rows of what was deleted earlier must not keep the folder.
      await tx.query('update document set folder_id = null where folder_id = any ($1::uuid[])', [ids]);
      await tx.query('delete from access_entry where access_id = any ($1::uuid[])', [ids]);
      await tx.query('delete from folder where id = any ($1::uuid[])', [ids]);
      return { documents, folders: ids.length, name: folder.name };
    });
  }

  /**
   * Puts documents into a folder or a collection, with all their versions, all or none; readers of their own go with
   * them. Null: one of them, or the place, is not there. Throws DOCUMENT_EXISTS, DOCUMENT_SOURCED.
   */
  place(ctx: CallContext, documentIds: readonly string[], to: FolderPlace): Promise<number | null> {
    return this.change(ctx, async (tx) => {
      const found = await lockDocuments(tx, documentIds, [to.collectionId]);
      if (!found || !(await isPlace(tx, to))) return null;
      const lineages = [...new Set(found.map(({ lineageId }) => lineageId))];
      const sourced = await tx.query(
        `select id from document where lineage_id = any ($1::uuid[]) and source_id is not null
            and deleted_at is null limit 1`,
        [lineages],
      );
      if (sourced.length > 0) throw documentSourced();
      await tx
        .query(
          `update document set collection_id = $2, folder_id = $3, updated_at = now()
            where lineage_id = any ($1::uuid[]) and deleted_at is null`,
          [lineages, to.collectionId, to.folderId],
        )
        .catch((cause: unknown) => {
          throw isTaken(cause) ? documentExists() : cause;
        });
      await flattenDocuments(tx, lineages);
      return lineages.length;
    });
  }

  private change<T>(ctx: CallContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(
      ctx,
      (tx) =>
        work(tx).catch((cause: unknown) => {
          throw isTaken(cause) ? folderTaken() : cause;
        }),
      ALL,
    );
  }
}

const isTaken = (cause: unknown): boolean => (cause as { code?: string }).code === UNIQUE_VIOLATION;

/** How deep the folder lies: 1 directly in the collection, 0 the collection itself; null: not in this collection. */
async function depthOf(tx: Tx, collectionId: string, folderId: string | null): Promise<number | null> {
  if (folderId === null) return 0;
  const rows = await tx.query(
    `with recursive up (id, parent_id) as (
       select id, parent_id from folder where id = $2 and collection_id = $1
       union all
       select f.id, f.parent_id from up join folder f on f.id = up.parent_id)
     select id from up`,
    [collectionId, folderId],
  );
  return rows.length === 0 ? null : rows.length;
}

/** False: the new parent is not there. */
async function fits(tx: Tx, collectionId: string, id: string, parentId: string | null): Promise<boolean> {
  const depth = await depthOf(tx, collectionId, parentId);
  if (depth === null) return false;
  const beneath = await foldersBeneath(tx, collectionId, id);
  if (beneath.some((folder) => folder.id === parentId)) throw folderInsideItself();
  const height = Math.max(...beneath.map((folder) => folder.depth));
  if (depth + 1 + height > FOLDER_DEPTH_MAX) throw folderTooDeep(FOLDER_DEPTH_MAX);
  return true;
}

async function isPlace(tx: Tx, { collectionId, folderId }: FolderPlace): Promise<boolean> {
  const rows =
    folderId === null
      ? await tx.query('select id from collection where id = $1', [collectionId])
      : await tx.query('select id from folder where id = $2 and collection_id = $1', [
          collectionId,
          folderId,
        ]);
  return rows.length > 0;
}

async function rowOf(tx: Tx, collectionId: string, id: string): Promise<FolderRow | null> {
  const tree = await readFolders(tx, collectionId, true);
  return tree?.rows.find((row) => row.id === id) ?? null;
}
