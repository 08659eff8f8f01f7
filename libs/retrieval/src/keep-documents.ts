import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { ensureFolder } from './ensure-folder.js';
import { lockCollections } from './flatten-access.js';
import { INDEX_COLUMNS, Indexer, indexValues, removeFromIndex, type NewPassage } from './index-passages.js';
import {
  lockForReplacing,
  lockLineage,
  replaceOlder,
  withdrawUnfinished,
  type Predecessor,
} from './keep-versions.js';
import type { DocumentState } from './store/document.entity.js';
import { SERVER } from './take-numbers.js';

export interface NewDocument {
  readonly id: string;
  readonly collectionId: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Buffer;
  readonly sha256: Buffer;
  /** The folder that it is put into; undefined: `folder` says it. */
  readonly folderId?: string | undefined;
  /** Names of the folders that it is in, from the collection downwards; a new version is where the one before is. */
  readonly folder?: readonly string[] | undefined;
  /** The source that brings it; undefined: uploaded. */
  readonly sourceId?: string | undefined;
  /** Any version of the document that this is a new version of. */
  readonly replaces?: string | undefined;
}

export interface Received {
  readonly documentId: string;
  /** The same content is in the collection already: nothing was added. */
  readonly duplicate: boolean;
}

export interface StoredFile {
  readonly fileName: string;
  readonly title: string;
  readonly content: Buffer;
  readonly released: boolean;
}

export interface FinishedDocument {
  readonly title: string;
  readonly language: string;
  readonly pages: number | null;
  /** What was left out when it was read, in at most 50 sentences. */
  readonly notes?: readonly string[];
  readonly passages: readonly NewPassage[];
}

export interface RefusedDocument {
  readonly state: 'refused' | 'quarantined';
  readonly code: string;
  readonly reason: string;
  readonly notes?: readonly string[];
  /** For each of the notes the words that alarmed; empty where they are not kept. */
  readonly alarms?: readonly string[];
}

const ALL = { access: 'all' } as const;
/** Not a result: a crash that loses it begins anew in any case. */
const PROGRESS = { ...ALL, durable: false } as const;

/** What the document path keeps of a document on its way from file to index. For the system, not for callers. */
export class DocumentStore {
  private readonly indexer: Indexer;

  constructor(private readonly database: Database) {
    this.indexer = new Indexer(database);
  }

  /** A transaction that may write documents of the caller's tenant. */
  transaction<T>(ctx: CallContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(ctx, work, ALL);
  }

  /**
   * Stores a file with the readers of its folder, or as a new version of a document with that one's. The same content
   * in the same collection is the document that is there already. Null: no such collection, or no such folder in it.
   */
  async receive(tx: Tx, ctx: CallContext, document: NewDocument): Promise<Received | null> {
    const { id, sha256, replaces } = document;
    const before = replaces === undefined ? null : await lockLineage(tx, replaces);
    const collectionId = before?.collectionId ?? document.collectionId;
    if ((await lockCollections(tx, [collectionId], 'arrive')).length === 0) return null;
    if (document.folderId !== undefined && !(await isFolder(tx, collectionId, document.folderId)))
      return null;
    const same = await sameContent(tx, collectionId, sha256);
    if (same) {
      // The old content is back before the newer one was read: the newer one is not wanted any more.
      if (before?.lineageId === same.lineageId) await withdrawUnfinished(tx, same.lineageId, same.version);
      return { documentId: same.id, duplicate: true };
    }
    // A version that was never searchable gives way to the one that comes now.
    if (before) await withdrawUnfinished(tx, before.lineageId, 0);
    if (!(await insertDocument(tx, ctx, { ...document, collectionId }, before))) {
      const winner = await sameContent(tx, collectionId, sha256);
      // Deleted between the two statements: the caller may upload again.
      if (!winner) throw new Error('the same document was being deleted at this moment');
      return { documentId: winner.id, duplicate: true };
    }
    await tx.query(
      'insert into document_content (document_id, tenant_id, content) values ($1, app_tenant(), $2)',
      [id, document.content],
    );
    return { documentId: id, duplicate: false };
  }

  /** The file to be ingested, whose state says from now on that it is being read. Null when the document is gone. */
  async begin(ctx: CallContext, id: string): Promise<StoredFile | null> {
    const rows = await this.database.once<StoredFile & Record<string, unknown>>(
      ctx,
      `update document d set state = 'parsing', reason_code = null, reason = null, notes = '{}', updated_at = now()
         from document_content f
        where d.id = $1 and d.deleted_at is null and f.document_id = d.id
        returning d.file_name as "fileName", d.title, f.content, d.released`,
      [id],
      { ...PROGRESS, prepared: 'document-begin' },
    );
    return rows[0] ?? null;
  }

  /** Shows how far the document is. False: it is gone. */
  async advance(ctx: CallContext, id: string, state: 'screening' | 'indexing'): Promise<boolean> {
    const rows = await this.database.once(
      ctx,
      `update document set state = $2, reason_code = null, reason = null, updated_at = now()
        where id = $1 and deleted_at is null returning id`,
      [id, state],
      PROGRESS,
    );
    return rows.length > 0;
  }

  /** Ends the way of a document that is not taken: nothing of it can be found. False: it is gone. */
  refuse(ctx: CallContext, id: string, verdict: RefusedDocument): Promise<boolean> {
    return this.transaction(ctx, async (tx) => {
      const rows = await tx.query(
        `update document set state = $2, reason_code = $3, reason = $4, notes = $5, updated_at = now()
          where id = $1 and deleted_at is null returning id`,
        [id, verdict.state, verdict.code, verdict.reason, verdict.notes ?? []],
      );
      if (rows.length === 0) return false;
      await tx.query('update document_content set alarms = $2 where document_id = $1 and alarms <> $2', [
        id,
        verdict.alarms ?? [],
      ]);
      await removeFromIndex(tx, id);
      return true;
    });
  }

  /** Makes the document searchable: passages, index and state in one transaction. False: it is gone. */
  async finish(ctx: CallContext, id: string, finished: FinishedDocument): Promise<boolean> {
    const { title, language, pages, notes = [], passages } = finished;
    const prepared = await this.indexer.prepare(ctx, id, title, passages);
    return this.transaction(ctx, async (tx) => {
      await lockForReplacing(tx, id);
      const [row] = await tx.query<{ server: string; versions: boolean }>(
        `update document set state = 'ready', reason_code = null, reason = null, updated_at = now(), ${INDEX_COLUMNS},
                title = $6, language = $7, pages = $8, notes = $9
          where id = $1 and deleted_at is null
          returning ${SERVER} as server, version > 1 or exists (select from document newer
            where newer.lineage_id = document.lineage_id and newer.version > document.version) as versions`,
        [id, ...indexValues(prepared), title, language, pages, notes],
        'document-finish',
      );
      if (!row) return false;
      await this.indexer.store(tx, ctx, prepared, row.server);
      if (row.versions) await replaceOlder(tx, id);
      return true;
    });
  }

  /**
   * Back to the beginning, from one of the given states. A version once released stays so: its content is the same.
   * False: no such document, or in another state.
   */
  async restart(tx: Tx, id: string, from: readonly DocumentState[], released: boolean): Promise<boolean> {
    const rows = await tx.query(
      `update document set state = 'received', released = released or $3, reason_code = null, reason = null, updated_at = now()
        where id = $1 and deleted_at is null and replaced_at is null and state = any ($2::text[]) returning id`,
      [id, from, released],
    );
    return rows.length > 0;
  }
}

async function isFolder(tx: Tx, collectionId: string, id: string): Promise<boolean> {
  const found = await tx.query('select id from folder where id = $1 and collection_id = $2', [
    id,
    collectionId,
  ]);
  return found.length > 0;
}

async function sameContent(
  tx: Tx,
  collectionId: string,
  sha256: Buffer,
): Promise<{ id: string; lineageId: string; version: number } | undefined> {
  const rows = await tx.query<{ id: string; lineageId: string; version: number }>(
    `select id, lineage_id as "lineageId", version from document
      where collection_id = $1 and sha256 = $2 and deleted_at is null and replaced_at is null`,
    [collectionId, sha256],
  );
  return rows[0];
}

/** False: the same content came in at the same moment. */
async function insertDocument(
  tx: Tx,
  ctx: CallContext,
  document: NewDocument,
  before: Predecessor | null,
): Promise<boolean> {
  const { id, collectionId, title, fileName, mediaType, content, sha256 } = document;
  const folderId = before
    ? before.folderId
    : (document.folderId ?? (await ensureFolder(tx, collectionId, document.folder ?? [])));
  const rows = await tx.query(
    `insert into document (id, tenant_id, collection_id, folder_id, access_id, lineage_id, version, source_id, title,
                           file_name, media_type, bytes, sha256, state, created_by)
     values ($1, app_tenant(), $2, $3,
       -- A new document has no readers of its own.
       coalesce($4, (select access_id from folder where id = $3), $2), $5, $6, $7, $8, $9, $10, $11, $12, 'received', $13)
     on conflict (tenant_id, collection_id, sha256) where deleted_at is null and replaced_at is null
     do nothing returning id`,
    [
      id,
      collectionId,
      folderId,
      before?.accessId ?? null,
      before?.lineageId ?? id,
      before?.version ?? 1,
      before ? before.sourceId : (document.sourceId ?? null),
      title,
      fileName,
      mediaType,
      content.length,
      sha256,
      ctx.caller.userId,
    ],
  );
  return rows.length > 0;
}
