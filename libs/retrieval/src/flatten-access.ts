import type { Tx } from '@lorekeep/kit/database';

/** Beyond any depth of folders: the collection is the last to be asked. */
const LAST = 1_000;

/** Some seconds of work: whatever the size of a folder, no statement comes near the time that one may take. */
const REPOINTED_AT_ONCE = 50_000;

/**
 * The rule, in one place, for lists that `target` names as (list_id, collection_id, folder_id, document_id), the last
 * two null where there is none. Allowed: the nearest of document, folders upwards and collection that allows anybody.
 * Denied: what any of them denies. Deny wins, nobody named means nobody.
 */
const writeLists = (target: string): string => `
  with recursive target (list_id, collection_id, folder_id, document_id) as (${target}),
  above (list_id, folder_id, depth) as (
    select list_id, folder_id, 1 from target where folder_id is not null
    union all
    select a.list_id, f.parent_id, a.depth + 1 from above a join folder f on f.id = a.folder_id
     where f.parent_id is not null),
  said (list_id, depth, principal, effect) as (
    select t.list_id, 0, r.principal, r.effect from target t join reader r on r.document_id = t.document_id
    union all
    select a.list_id, a.depth, r.principal, r.effect from above a join reader r on r.folder_id = a.folder_id
    union all
    select t.list_id, ${LAST}, r.principal, r.effect from target t join reader r on r.collection_id = t.collection_id),
  nearest (list_id, depth) as (select list_id, min(depth) from said where effect = 'allow' group by list_id)
  insert into access_entry (access_id, principal, tenant_id, effect)
  select s.list_id, s.principal, app_tenant(), case when bool_or(s.effect = 'deny') then 'deny' else 'allow' end
    from said s left join nearest n on n.list_id = s.list_id
   where s.effect = 'deny' or s.depth = n.depth
   group by s.list_id, s.principal`;

/** Folders that name readers of their own, among $1. */
const FOLDERS = `select f.id, f.collection_id, f.id, null::uuid from folder f
   where f.id = any ($1::uuid[]) and exists (select from reader own where own.folder_id = f.id)`;

/**
 * Documents that name readers of their own, by their lineage: readers are kept under the id of the first version and
 * hold for all. Where a new version is under way, the one in force says where the document is.
 */
const documents = (where: string): string => `select distinct on (d.lineage_id)
     d.lineage_id, d.collection_id, d.folder_id, d.lineage_id
    from reader r join document d on d.lineage_id = r.document_id
   where d.replaced_at is null and d.deleted_at is null and ${where}
   order by d.lineage_id, d.version`;

/**
 * Locks collections against what would not see this change, or what this change would not see, in an order that
 * everybody keeps: collections by id, then documents. `change`: readers of more than one document, folders. `arrive`:
 * one document and its readers. Returns those that exist.
 */
export async function lockCollections(
  tx: Tx,
  ids: readonly string[],
  mode: 'arrive' | 'change',
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from collection where id = any ($1::uuid[]) order by id
        for ${mode === 'arrive' ? 'share' : 'no key update'}`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/**
 * Rewrites the access list of one document and points all its versions to the list in force, in the transaction that
 * made it, moved it or changed its readers.
 */
export async function flattenDocument(tx: Tx, documentId: string): Promise<void> {
  const [found] = await tx.query<{ lineage: string; collection: string }>(
    'select lineage_id as lineage, collection_id as collection from document where id = $1',
    [documentId],
  );
  if (!found) return;
  await lockCollections(tx, [found.collection], 'arrive');
  await flattenDocuments(tx, [found.lineage]);
}

/** The same for documents by their lineage; the caller has locked their collections. */
export async function flattenDocuments(tx: Tx, lineageIds: readonly string[]): Promise<void> {
  await tx.query('delete from access_entry where access_id = any ($1::uuid[])', [lineageIds]);
  await tx.query(writeLists(documents('d.lineage_id = any ($1::uuid[])')), [lineageIds]);
  await tx.query(
    `update document d set access_id = v.access_id
       from (select d.id, case when exists (select from reader own where own.document_id = d.lineage_id)
                        then d.lineage_id else coalesce(f.access_id, d.collection_id) end as access_id
               from document d left join folder f on f.id = d.folder_id
              where d.lineage_id = any ($1::uuid[]) and d.deleted_at is null) v
      where d.id = v.id and d.access_id <> v.access_id`,
    [lineageIds],
  );
}

/** Rewrites the lists of a collection and of what is in it; the caller has locked it for `change`. No document changes. */
export async function flattenCollection(tx: Tx, collectionId: string): Promise<void> {
  const folders = await tx.query<{ id: string }>('select id from folder where collection_id = $1', [
    collectionId,
  ]);
  await tx.query('delete from access_entry where access_id = $1', [collectionId]);
  await tx.query(writeLists('select $1::uuid, $1::uuid, null::uuid, null::uuid'), [collectionId]);
  await rewriteLists(
    tx,
    collectionId,
    folders.map(({ id }) => id),
    true,
  );
}

/**
 * The same for a folder and what is beneath it, after a change of its readers or of its place. Where readers of its own
 * have come or gone, what is beneath points to another list than before.
 */
export async function flattenFolder(tx: Tx, collectionId: string, folderId: string): Promise<void> {
  const beneath = await foldersBeneath(tx, collectionId, folderId);
  const repointed = await tx.query<{ id: string }>(
    `with recursive tree (id, access_id) as (
       select f.id, case when exists (select from reader own where own.folder_id = f.id) then f.id
                         else coalesce(p.access_id, f.collection_id) end
         from folder f left join folder p on p.id = f.parent_id where f.id = $2
       union all
       select f.id, case when exists (select from reader own where own.folder_id = f.id) then f.id else t.access_id end
         from tree t join folder f on f.collection_id = $1 and f.parent_id = t.id)
     update folder f set access_id = t.access_id from tree t
      where f.id = t.id and f.access_id <> t.access_id returning f.id`,
    [collectionId, folderId],
  );
  await repoint(
    tx,
    repointed.map(({ id }) => id),
  );
  await rewriteLists(
    tx,
    collectionId,
    beneath.map(({ id }) => id),
    false,
  );
}

/** Documents that have no readers of their own to the list of their folder, so many in one statement. */
async function repoint(tx: Tx, folderIds: readonly string[]): Promise<void> {
  for (let changed = folderIds.length > 0 ? REPOINTED_AT_ONCE : 0; changed === REPOINTED_AT_ONCE;) {
    const [row] = await tx.query<{ n: number }>(
      `with old as (
         select d.id, f.access_id from folder f join document d on d.folder_id = f.id
          where f.id = any ($1::uuid[]) and d.access_id <> f.access_id and d.deleted_at is null
            and not exists (select from reader own where own.document_id = d.lineage_id)
          limit ${REPOINTED_AT_ONCE}),
       changed as (update document d set access_id = old.access_id from old where d.id = old.id returning 1)
       select count(*)::int as n from changed`,
      [folderIds],
    );
    changed = row?.n ?? 0;
  }
}

/** The folder itself and all beneath it. */
export function foldersBeneath(
  tx: Tx,
  collectionId: string,
  folderId: string,
): Promise<{ id: string; depth: number }[]> {
  return tx.query<{ id: string; depth: number }>(
    `with recursive tree (id, depth) as (
       select id, 0 from folder where id = $2 and collection_id = $1
       union all
       select f.id, t.depth + 1 from tree t join folder f on f.collection_id = $1 and f.parent_id = t.id)
     select id, depth from tree`,
    [collectionId, folderId],
  );
}

/** The lists of these folders and of the documents in them; `whole`: they are all, and the collection itself counts. */
async function rewriteLists(
  tx: Tx,
  collectionId: string,
  folderIds: readonly string[],
  whole: boolean,
): Promise<void> {
  const inside = documents('d.collection_id = $2 and ($3 or d.folder_id = any ($1::uuid[]))');
  const values = [folderIds, collectionId, whole];
  await tx.query(
    `delete from access_entry where access_id = any ($1::uuid[])
        or access_id in (select own.list_id from (${inside}) as own (list_id, c, f, l))`,
    values,
  );
  await tx.query(writeLists(FOLDERS), [folderIds]);
  await tx.query(writeLists(inside), values);
}
