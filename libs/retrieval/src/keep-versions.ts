import type { Tx } from '@lorekeep/kit/database';
import { lockLineages } from './lock-place.js';

/** What a new version takes over from the document whose place it will take. */
export interface Predecessor {
  readonly lineageId: string;
  readonly collectionId: string;
  readonly folderId: string | null;
  readonly accessId: string;
  readonly sourceId: string | null;
  /** Of the new version. */
  readonly version: number;
}

/** Locks the versions of a document against others that are coming or ending; null: it is gone. */
export async function lockLineage(tx: Tx, documentId: string): Promise<Predecessor | null> {
  await lockLineages(tx, [documentId]);
  const rows = await tx.query<Predecessor & { alive: boolean; ready: boolean }>(
    `select d.lineage_id as "lineageId", d.collection_id as "collectionId", d.folder_id as "folderId",
            d.access_id as "accessId", d.source_id as "sourceId", d.version,
            d.deleted_at is null and d.replaced_at is null as alive, d.state = 'ready' as ready
       from document d where d.lineage_id = (select lineage_id from document where id = $1)
      order by d.version`,
    [documentId],
  );
  const alive = rows.filter((row) => row.alive);
  const current = alive.find((row) => row.ready) ?? alive.at(-1);
  const last = rows.at(-1);
  return current && last ? { ...current, version: last.version + 1 } : null;
}

/**
 * Takes back versions that never became searchable, newer than `after`: another one is coming, or the old content is
 * back. Their ingestion finds them gone.
 */
export async function withdrawUnfinished(tx: Tx, lineageId: string, after: number): Promise<void> {
  const gone = await tx.query<{ id: string }>(
    `update document set deleted_at = now(), updated_at = now()
      where lineage_id = $1 and version > $2 and deleted_at is null and replaced_at is null
        and state <> 'ready' and first_passage is null returning id`,
    [lineageId, after],
  );
  await tx.query('delete from document_content where document_id = any ($1::uuid[])', [
    gone.map(({ id }) => id),
  ]);
}

/**
 * Before a version becomes searchable that others come before: they are changed after it, and must not be held
 * meanwhile by whoever changes the document or a whole folder. A first version waits for nobody.
 */
export async function lockForReplacing(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `select c.id from document d join collection c on c.id = d.collection_id join document head on head.id = d.lineage_id
      where d.id = $1 and d.version > 1 for share of c for update of head`,
    [id],
    'document-replacing',
  );
}

/**
 * In the transaction in which a version becomes searchable: the ones before it cease to be. A version that comes later
 * than a newer one is replaced at once. They stay under one access list, which belongs to their lineage.
 */
export async function replaceOlder(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update document d set replaced_at = now()
       from document own
      where own.id = $1 and d.lineage_id = own.lineage_id and d.deleted_at is null and d.replaced_at is null
        and (d.version < own.version or (d.id = own.id and exists (
              select from document newer where newer.lineage_id = own.lineage_id and newer.version > own.version
                 and newer.state = 'ready' and newer.deleted_at is null)))`,
    [id],
  );
}
