import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { ensureFolder } from './ensure-folder.js';
import { flattenDocument } from './flatten-access.js';
import { lockLineages } from './lock-place.js';
import { deleteDocuments } from './manage-documents.js';
import type { DocumentState } from './store/document.entity.js';

export interface SourcedState {
  /** The newest version, which may not be the one that was asked for. */
  readonly documentId: string;
  readonly title: string;
  readonly state: DocumentState;
  readonly reason: string | null;
}

export interface OwnedDocument {
  readonly lineageId: string;
  /** All its versions. */
  readonly documentIds: readonly string[];
  readonly path: string;
}

const ALL = { access: 'all' } as const;

/** Documents that a source keeps: the source may move and delete what it brought itself. For the system. */
export class SourcedDocuments {
  constructor(private readonly database: Database) {}

  /** To where the source has it now; with the document, its readers are those of its new folder. False: not its own. */
  place(
    ctx: CallContext,
    documentId: string,
    to: { sourceId: string; folder: readonly string[]; fileName: string },
  ): Promise<boolean> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        await lockLineages(tx, [documentId]);
        const [document] = await currentOf(tx, documentId, to.sourceId);
        if (!document) return false;
        const folderId = await ensureFolder(tx, document.collectionId, to.folder);
        if (folderId === document.folderId && to.fileName === document.fileName) return true;
        await tx.query(
          'update document set folder_id = $2, file_name = $3, updated_at = now() where id = $1',
          [document.id, folderId, to.fileName],
        );
        await flattenDocument(tx, document.id);
        return true;
      },
      ALL,
    );
  }

  /** With all its versions. False: not its own, or gone. */
  remove(ctx: CallContext, documentId: string, sourceId: string): Promise<boolean> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        await lockLineages(tx, [documentId]);
        const rows = await tx.query<{ id: string }>(
          `select id from document where lineage_id = (select lineage_id from document where id = $1)
              and source_id = $2 and deleted_at is null`,
          [documentId, sourceId],
        );
        await deleteDocuments(
          tx,
          rows.map(({ id }) => id),
        );
        return rows.length > 0;
      },
      ALL,
    );
  }

  /** Another source has the same content and keeps it from now on; null: nobody does, it counts as uploaded. */
  async handOver(ctx: CallContext, documentId: string, from: string, to: string | null): Promise<void> {
    await this.database.once(
      ctx,
      `update document set source_id = $3
        where lineage_id = (select lineage_id from document where id = $1) and source_id = $2`,
      [documentId, from, to],
      ALL,
    );
  }

  /** All that a source brought counts as uploaded from now on. */
  async release(ctx: CallContext, sourceId: string): Promise<void> {
    await this.database.once(
      ctx,
      'update document set source_id = null where source_id = $1',
      [sourceId],
      ALL,
    );
  }

  /** Everything that a source keeps, with where it is: `folder/file`, from the collection downwards. */
  async owned(ctx: CallContext, sourceId: string): Promise<OwnedDocument[]> {
    return this.database.once<OwnedDocument & Record<string, unknown>>(
      ctx,
      `with recursive way (id, path) as (
         select id, name || '/' from folder where parent_id is null
         union all
         select f.id, w.path || f.name || '/' from folder f join way w on w.id = f.parent_id)
       select d.lineage_id as "lineageId", array_agg(d.id order by d.version) as "documentIds",
              (array_agg(coalesce(w.path, '') || d.file_name order by d.version desc)
                filter (where d.replaced_at is null))[1] as path
         from document d left join way w on w.id = d.folder_id
        where d.source_id = $1 and d.deleted_at is null
        group by d.lineage_id having bool_or(d.replaced_at is null)`,
      [sourceId],
      ALL,
    );
  }

  /** How many documents of each source are not read to their end; sources without are missing. */
  async underWay(ctx: CallContext): Promise<Map<string, number>> {
    const rows = await this.database.once<{ id: string; documents: number }>(
      ctx,
      `select source_id as id, count(*)::int as documents from document
        where tenant_id = app_tenant() and source_id is not null and deleted_at is null
          and state in ('received', 'parsing', 'screening', 'indexing') group by source_id`,
      [],
      ALL,
    );
    return new Map(rows.map(({ id, documents }) => [id, documents]));
  }

  /** By the ids that were asked for; what is gone is missing. */
  async states(ctx: CallContext, documentIds: readonly string[]): Promise<Map<string, SourcedState>> {
    const rows = await this.database.once<SourcedState & { asked: string }>(
      ctx,
      `select distinct on (a.id) a.id as asked, d.id as "documentId", d.title, d.state, d.reason
         from document a join document d on d.lineage_id = a.lineage_id
        where a.id = any ($1::uuid[]) and d.deleted_at is null and d.replaced_at is null
        order by a.id, d.version desc`,
      [documentIds],
      ALL,
    );
    return new Map(rows.map(({ asked, ...state }) => [asked, state]));
  }
}

function currentOf(
  tx: Tx,
  documentId: string,
  sourceId: string,
): Promise<{ id: string; collectionId: string; folderId: string | null; fileName: string }[]> {
  return tx.query(
    `select id, collection_id as "collectionId", folder_id as "folderId", file_name as "fileName" from document
      where lineage_id = (select lineage_id from document where id = $1) and source_id = $2
        and deleted_at is null and replaced_at is null order by version desc`,
    [documentId, sourceId],
  );
}
