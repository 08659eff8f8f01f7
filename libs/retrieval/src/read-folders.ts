import type { FolderRow } from '@lorekeep/contracts';
import type { Tx } from '@lorekeep/kit/database';

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly ownReaders: boolean;
  readonly documents: number;
}

export interface FolderTree {
  /** Directly in the collection. */
  readonly documents: number;
  /** By name; those in a folder follow their `parentId`. */
  readonly rows: FolderRow[];
}

// The count sees, by row security, only what the caller may read; a version that is coming is no second document.
const COUNTS = `select d.folder_id, count(distinct d.lineage_id)::int as documents from document d
  where d.collection_id = $1 and d.tenant_id = app_tenant() and d.deleted_at is null and d.replaced_at is null
    and ($2 or d.state = 'ready') group by d.folder_id`;

const FOLDERS = `select f.id, f.parent_id as "parentId", f.name, f.access_id = f.id as "ownReaders",
       coalesce(n.documents, 0) as documents
  from folder f left join (${COUNTS}) n on n.folder_id = f.id where f.collection_id = $1 order by f.name, f.id`;

/**
 * The folders of a collection as a caller may know of them. A name may itself be a secret: whoever does not manage
 * documents sees a folder only where something readable lies in it or beneath. Null: nothing that the caller may know
 * of, which is also the answer where there is no such collection.
 */
export async function readFolders(tx: Tx, collectionId: string, all: boolean): Promise<FolderTree | null> {
  const rows = await tx.query<Row>(FOLDERS, [collectionId, all]);
  const [inIt] = await tx.query<{ documents: number }>(
    `select n.documents from (${COUNTS}) n where n.folder_id is null`,
    [collectionId, all],
  );
  const total = totals(rows);
  const shown = rows.filter((row) => all || (total.get(row.id) ?? 0) > 0);
  const documents = inIt?.documents ?? 0;
  if (!all && documents === 0 && shown.length === 0) return null;
  if (all && (await tx.query('select id from collection where id = $1', [collectionId])).length === 0)
    return null;
  return {
    documents,
    rows: shown.map((row) => ({
      id: row.id,
      collectionId,
      parentId: row.parentId,
      name: row.name,
      documents: row.documents,
      documentsBeneath: total.get(row.id) ?? 0,
      ownReaders: all && row.ownReaders,
    })),
  };
}

/** Documents in each folder and beneath it. */
function totals(rows: readonly Row[]): Map<string, number> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const total = new Map<string, number>();
  for (const { documents, id } of rows) {
    if (documents === 0) continue;
    for (let at = byId.get(id); at; at = at.parentId === null ? undefined : byId.get(at.parentId)) {
      total.set(at.id, (total.get(at.id) ?? 0) + documents);
    }
  }
  return total;
}
