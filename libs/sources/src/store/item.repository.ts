import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { ClaimedRun, Counter, NewItem, StoredItem } from './rows.js';
import { LeaseLost } from './run.repository.js';

/** Files of sources as the last sync saw them. Every write of a sync asks for its lease. */
export class ItemRepository {
  constructor(private readonly database: Database) {}

  all(ctx: CallContext, sourceId: string): Promise<StoredItem[]> {
    return this.database.once<StoredItem & Record<string, unknown>>(
      ctx,
      `select path, document_id as "documentId", fingerprint, sha256, state, reason_code as "reasonCode",
              run_id as "runId" from source_item where source_id = $1`,
      [sourceId],
    );
  }

  /** Keeps what became of a file and counts it, together. Throws LeaseLost. */
  async save(ctx: CallContext, run: ClaimedRun, item: NewItem, counter: Counter | null): Promise<void> {
    const count = counter === null ? '' : `, ${counter} = ${counter} + 1`;
    const rows = await this.database.once(
      ctx,
      `with run as (
         update source_run set processed = processed + 1, seen_at = now()${count}
          where id = $1 and lease = $2 and state = 'running' returning id),
       kept as (
         insert into source_item (source_id, path, tenant_id, document_id, fingerprint, sha256, bytes, state, reason_code,
                                  reason, run_id, updated_at)
         select $3, $4, app_tenant(), $5, $6, $7, $8, $9, $10, $11, run.id, now() from run
         on conflict (source_id, path) do update set document_id = excluded.document_id,
           fingerprint = excluded.fingerprint, sha256 = excluded.sha256, bytes = excluded.bytes, state = excluded.state,
           reason_code = excluded.reason_code, reason = excluded.reason, run_id = excluded.run_id, updated_at = now())
       select id from run`,
      [
        run.id,
        run.lease,
        run.source.id,
        item.path,
        item.documentId,
        item.fingerprint,
        item.sha256,
        item.bytes,
        item.state,
        item.reasonCode,
        item.reason,
      ],
    );
    if (rows.length === 0) throw new LeaseLost();
  }

  /** Counts something that is no file of its own. Throws LeaseLost. */
  async count(ctx: CallContext, run: ClaimedRun, counter: Counter): Promise<void> {
    const rows = await this.database.once(
      ctx,
      `update source_run set processed = processed + 1, ${counter} = ${counter} + 1, seen_at = now()
        where id = $1 and lease = $2 and state = 'running' returning id`,
      [run.id, run.lease],
    );
    if (rows.length === 0) throw new LeaseLost();
  }

  async forget(ctx: CallContext, sourceId: string, paths: readonly string[]): Promise<void> {
    await this.database.once(
      ctx,
      'delete from source_item where source_id = $1 and path = any ($2::text[])',
      [sourceId, paths],
    );
  }

  /** Which other source has a file with one of these documents; by document. */
  async otherOwners(
    ctx: CallContext,
    sourceId: string,
    documentIds: readonly string[],
  ): Promise<Map<string, string>> {
    const rows = await this.database.once<{ documentId: string; sourceId: string }>(
      ctx,
      `select distinct on (i.document_id) i.document_id as "documentId", i.source_id as "sourceId"
         from source_item i join source s on s.id = i.source_id
        where i.document_id = any ($2::uuid[]) and i.source_id <> $1 and s.state <> 'removing'
        order by i.document_id, s.created_at`,
      [sourceId, documentIds],
    );
    return new Map(rows.map((row) => [row.documentId, row.sourceId]));
  }
}
