import type { DocumentVersion } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { mayWrite } from './manage-documents.js';

/** Versions that are deleted in one transaction. */
const TRIM_BATCH = 100;

/** The versions of documents: the current one is searched, replaced ones are kept for the citations that name them. */
export class Versions {
  constructor(private readonly database: Database) {}

  /** Newest first; those that are not ready are for those who may write. Null: no such document for this caller. */
  async list(ctx: CallContext, documentId: string): Promise<DocumentVersion[] | null> {
    const all = mayWrite(ctx);
    const rows = await this.database.once<
      Omit<DocumentVersion, 'createdAt' | 'replacedAt' | 'bytes'> & {
        bytes: string;
        createdAt: Date;
        replacedAt: Date | null;
      }
    >(
      ctx,
      `select d.id, d.version, d.file_name as "fileName", d.state, d.reason, d.bytes, d.created_at as "createdAt",
              d.replaced_at as "replacedAt"
         from document d
        where d.tenant_id = app_tenant() and d.deleted_at is null and ($1 or d.state = 'ready')
          and d.lineage_id = (select lineage_id from document where id = $2 and deleted_at is null)
        order by d.version desc`,
      [all, documentId],
      { access: all ? 'all' : 'caller' },
    );
    if (rows.length === 0) return null;
    return rows.map((row) => ({
      ...row,
      bytes: Number(row.bytes),
      createdAt: row.createdAt.toISOString(),
      replacedAt: row.replacedAt?.toISOString() ?? null,
    }));
  }

  /** Deletes what is beyond the newest `keep` replaced versions of each document; how many. For the system. */
  async trim(ctx: CallContext, keep: number): Promise<number> {
    for (let trimmed = 0; ;) {
      const batch = await this.trimBatch(ctx, keep);
      trimmed += batch;
      if (batch < TRIM_BATCH || ctx.signal.aborted) return trimmed;
    }
  }

  private trimBatch(ctx: CallContext, keep: number): Promise<number> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        const rows = await tx.query<{ id: string }>(
          `update document set deleted_at = now(), updated_at = now(), passages = 0, terms = 0, first_passage = null
            where id in (
              select id from (select id, row_number() over (partition by lineage_id order by version desc) as place
                                from document where replaced_at is not null and deleted_at is null) v
               where place > $1 limit $2)
              and deleted_at is null returning id`,
          [keep, TRIM_BATCH],
        );
        const ids = rows.map(({ id }) => id);
        await tx.query('delete from passage where document_id = any ($1::uuid[])', [ids]);
        await tx.query('delete from document_content where document_id = any ($1::uuid[])', [ids]);
        return ids.length;
      },
      { access: 'all' },
    );
  }
}
