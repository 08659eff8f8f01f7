import type { DocumentRow, PassageRow } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { isUuid, likePattern } from '@lorekeep/kit/sql';
import { removeFromIndex } from './index-passages.js';
import { lockLineages } from './lock-place.js';
import { RetrievalFault } from './retrieval.errors.js';
import type { DocumentState } from './store/document.entity.js';

export interface DocumentFilter {
  /** Part of the title or the file name. */
  readonly search?: string | undefined;
  readonly collectionId?: string | undefined;
  readonly folderId?: string | undefined;
  /** `directly`: not what is in the folders of the folder, or of the collection. */
  readonly within?: 'beneath' | 'directly' | undefined;
  readonly state?: DocumentState | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Passages from an ordinal on, or those around one of them. */
export interface PassageStretch {
  readonly from?: number | undefined;
  /** The stretch that holds this passage; before `from`. One that the document does not have: from its beginning. */
  readonly passage?: string | undefined;
  readonly limit?: number | undefined;
}
export interface PassagesRead {
  readonly document: DocumentRow;
  /** Ordinal of the first row. */
  readonly from: number;
  /** Ordinal of the passage that was asked for; null where the document has it no more. */
  readonly at: number | null;
  readonly rows: PassageRow[];
}
/** What is read at once where nothing else is asked for. */
const PASSAGES_READ = 100;

type Row = Omit<DocumentRow, 'createdAt' | 'updatedAt' | 'bytes'> & {
  bytes: string;
  createdAt: Date;
  updatedAt: Date;
};

const COLUMNS = `d.id, d.title, d.file_name as "fileName", d.media_type as "mediaType", d.collection_id as "collectionId",
  c.name as collection, d.folder_id as "folderId", array(
    with recursive up (name, parent_id, depth) as (
      select f.name, f.parent_id, 1 from folder f where f.id = d.folder_id
      union all select f.name, f.parent_id, up.depth + 1 from up join folder f on f.id = up.parent_id)
    select up.name from up order by up.depth desc) as folders, d.state, d.reason_code as "reasonCode", d.reason, d.notes, d.bytes, d.pages, d.passages, d.created_at as "createdAt", d.updated_at as "updatedAt",
  d.version, d.source_id as "sourceId",
  case when d.replaced_at is not null then (select n.id from document n where n.lineage_id = d.lineage_id
    and n.replaced_at is null and n.deleted_at is null and n.state = 'ready') end as "replacedBy",
  case when $1 and d.state = 'ready' and d.replaced_at is null then (
    select json_build_object('documentId', n.id, 'state', n.state, 'reason', n.reason) from document n
     where n.lineage_id = d.lineage_id and n.version > d.version and n.replaced_at is null and n.deleted_at is null
     order by n.version desc limit 1) end as coming`;
const FROM = 'from document d join collection c on c.id = d.collection_id';
// Readers see what is finished; those who may write see every state.
const VISIBLE = `d.tenant_id = app_tenant() and d.deleted_at is null and ($1 or d.state = 'ready')`;

// A replaced version is opened by its citations alone; one that is coming stands in the row of the current one.
const LISTED = `d.replaced_at is null and (d.version = 1 or d.state = 'ready' or $4::text is not null or not exists (
  select from document o where o.lineage_id = d.lineage_id and o.version < d.version and o.state = 'ready'
     and o.replaced_at is null and o.deleted_at is null))`;

// A folder that is not there holds nothing; one that nobody may know of neither.
const PLACED = `($3::uuid is null or d.collection_id = $3)
  and (case when $5::uuid is not null and $6 then d.folder_id = $5
            when $5::uuid is not null then d.folder_id in (
              with recursive tree (id, collection_id) as (
                select f.id, f.collection_id from folder f where f.id = $5
                union all
                select f.id, f.collection_id from tree t join folder f
                    on f.collection_id = t.collection_id and f.parent_id = t.id)
              select tree.id from tree)
            else not $6 or d.folder_id is null end)`;

/** Whoever may write documents manages all of them, also those whose text they may not read. */
export const mayWrite = (ctx: CallContext): boolean => ctx.caller.permissions.has('documents.write');

/**
 * Documents as rows, passages and files. What is missing and what is forbidden are the same answer: null. Rows of all
 * documents are for those who may write; text and file are for readers alone.
 */
export class Documents {
  constructor(private readonly database: Database) {}

  async list(ctx: CallContext, filter: DocumentFilter): Promise<{ rows: DocumentRow[]; total: number }> {
    const pattern = filter.search ? likePattern(filter.search) : null;
    const where = `where ${VISIBLE} and ($2::text is null or d.title ilike $2 or d.file_name ilike $2)
      and ${PLACED} and ($4::text is null or d.state = $4) and ${LISTED}`;
    const { collectionId = null, folderId = null, state = null } = filter;
    const values = [mayWrite(ctx), pattern, collectionId, state, folderId, filter.within === 'directly'];
    return this.database.transaction(
      ctx,
      async (tx) => {
        const [count] = await tx.query<{ total: number }>(
          `select count(*)::int as total ${FROM} ${where}`,
          values,
        );
        const rows = await tx.query<Row & Record<string, unknown>>(
          `select ${COLUMNS} ${FROM} ${where} order by d.updated_at desc, d.id limit $7 offset $8`,
          [...values, filter.limit, filter.offset],
        );
        return { rows: rows.map(documentRow), total: count?.total ?? 0 };
      },
      { access: mayWrite(ctx) ? 'all' : 'caller' },
    );
  }

  async get(ctx: CallContext, id: string): Promise<DocumentRow | null> {
    const rows = await this.database.once<Row & Record<string, unknown>>(
      ctx,
      `select ${COLUMNS} ${FROM} where ${VISIBLE} and d.id = $2`,
      [mayWrite(ctx), id],
      { access: mayWrite(ctx) ? 'all' : 'caller' },
    );
    return rows[0] ? documentRow(rows[0]) : null;
  }

  /** The words for which a document is in quarantine, by the place of their note; the text is null where it is not kept. */
  async alarm(
    ctx: CallContext,
    id: string,
    at: number,
  ): Promise<{ title: string; text: string | null } | null> {
    if (!mayWrite(ctx)) return null;
    const rows = await this.database.once<{ title: string; text: string | null }>(
      ctx,
      `select d.title, nullif(f.alarms[$2::int + 1], '') as text from document d join document_content f on f.document_id = d.id
        where d.id = $1 and d.state = 'quarantined' and d.deleted_at is null`,
      [id, at],
      { access: 'all' },
    );
    return rows[0] ?? null;
  }

  /**
   * Which of these documents the caller may read at this moment, for what was written from them earlier. Deleted and
   * unknown ones are not among them, whoever asks. Throws RetrievalFault when it cannot be known.
   */
  async readableAmong(ctx: CallContext, documentIds: Iterable<string>): Promise<Set<string>> {
    const asked = [...new Set(documentIds)].filter(isUuid);
    if (asked.length === 0) return new Set();
    try {
      const rows = await this.database.once<{ id: string }>(
        ctx,
        `select d.id from document d
          where ${VISIBLE} and d.id = any ($2::uuid[])`,
        [false, asked],
      );
      return new Set(rows.map(({ id }) => id));
    } catch (cause) {
      throw new RetrievalFault(cause);
    }
  }

  /** The document and a stretch of its passages, in order: a document may have tens of thousands. */
  passages(ctx: CallContext, id: string, stretch: PassageStretch = {}): Promise<PassagesRead | null> {
    const { passage, limit = PASSAGES_READ } = stretch;
    return this.database.transaction(ctx, async (tx) => {
      const [found] = await tx.query<Row & Record<string, unknown>>(
        `select ${COLUMNS} ${FROM} where ${VISIBLE} and d.id = $2`,
        [false, id],
      );
      if (!found) return null;
      const [asked] = passage
        ? await tx.query<{ ordinal: number }>(
            'select ordinal from passage where id = $1 and document_id = $2',
            [passage, id],
          )
        : [];
      // Stretches begin at multiples of their length, so that one that was read once is not read again in part.
      const from = asked ? asked.ordinal - (asked.ordinal % limit) : (stretch.from ?? 0);
      const rows = await tx.query<PassageRow & Record<string, unknown>>(
        `select id, ordinal, heading, page, content from passage
          where document_id = $1 and ordinal >= $2 order by ordinal limit $3`,
        [id, from, limit],
      );
      return { document: documentRow(found), from, at: asked?.ordinal ?? null, rows };
    });
  }

  /** The original file. */
  async content(
    ctx: CallContext,
    id: string,
  ): Promise<{ fileName: string; mediaType: string; content: Buffer } | null> {
    const rows = await this.database.once<{ fileName: string; mediaType: string; content: Buffer }>(
      ctx,
      `select d.file_name as "fileName", d.media_type as "mediaType", f.content
         from document d join document_content f on f.document_id = d.id
        where ${VISIBLE} and d.id = $2`,
      [false, id],
    );
    return rows[0] ?? null;
  }

  /** How much there is in the whole tenant: figures alone. */
  async stock(ctx: CallContext): Promise<{ documents: number; passages: number }> {
    const [row] = await this.database.once<{ documents: number; passages: number }>(
      ctx,
      `select count(*)::int as documents, coalesce(sum(passages), 0)::int as passages
         from document where deleted_at is null and replaced_at is null and state = 'ready'`,
      [],
      { access: 'all' },
    );
    return row ?? { documents: 0, passages: 0 };
  }

  /**
   * Deletes text, file, passages and readers, of all versions where it is the current one; the bare row remains for the
   * history. False: no such document.
   */
  remove(ctx: CallContext, id: string): Promise<boolean> {
    if (!mayWrite(ctx)) return Promise.resolve(false);
    return this.database.transaction(
      ctx,
      async (tx) => {
        await lockLineages(tx, [id]);
        const ids = await versionsToRemove(tx, id);
        await deleteDocuments(tx, ids);
        return ids.length > 0;
      },
      { access: 'all' },
    );
  }
}

/** The current version takes the others with it; one that is replaced or not yet ready goes alone. */
async function versionsToRemove(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string; current: boolean }>(
    `select d.id, d.replaced_at is null and (d.state = 'ready' or not exists (
              select from document o where o.lineage_id = d.lineage_id and o.id <> d.id and o.deleted_at is null)) as current
       from document d where d.lineage_id = (select lineage_id from document where id = $1) and d.deleted_at is null`,
    [id],
  );
  const own = rows.find((row) => row.id === id);
  if (!own) return [];
  return own.current ? rows.map((row) => row.id) : [id];
}

/** Takes documents out of index and sight, with all that was kept of them; their bare rows remain. */
export async function deleteDocuments(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query('update document set deleted_at = now(), updated_at = now() where id = any ($1::uuid[])', [
    ids,
  ]);
  for (const id of ids) await removeFromIndex(tx, id);
  await tx.query('delete from document_content where document_id = any ($1::uuid[])', [ids]);
  // Readers belong to all versions: they go with the last one.
  const gone = await tx.query<{ lineage: string }>(
    `select distinct lineage_id as lineage from document d where id = any ($1::uuid[]) and not exists (
       select from document o where o.lineage_id = d.lineage_id and o.deleted_at is null)`,
    [ids],
  );
  const lineages = gone.map(({ lineage }) => lineage);
  await tx.query('delete from reader where document_id = any ($1::uuid[])', [lineages]);
  await tx.query('delete from access_entry where access_id = any ($1::uuid[])', [lineages]);
}

function documentRow(row: Row): DocumentRow {
  return {
    id: row.id,
    title: row.title,
    fileName: row.fileName,
    mediaType: row.mediaType,
    collectionId: row.collectionId,
    collection: row.collection,
    folderId: row.folderId,
    folders: row.folders,
    state: row.state,
    reasonCode: row.reasonCode,
    reason: row.reason,
    notes: row.notes,
    bytes: Number(row.bytes),
    pages: row.pages,
    passages: row.passages,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
    sourceId: row.sourceId,
    replacedBy: row.replacedBy,
    coming: row.coming,
  };
}
