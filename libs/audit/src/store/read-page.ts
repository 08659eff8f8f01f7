import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { StoredRecord } from '../chain/canonical-record.js';
import { QUESTION_CLOSED, QUESTION_OPENED } from '../kinds.js';
import type { Condition } from '../query/audit-filter.js';

/** Records in one page; with PAGE_BYTES it bounds the memory of whoever reads the whole chain. */
export const PAGE_RECORDS = 500;
/** Bytes of detail in one page; a single larger record is a page of its own. */
export const PAGE_BYTES = 8 * 1024 * 1024;

export interface PagedRecord extends StoredRecord {
  /** False for an opened question that has no closing record; true for everything else. */
  closed: boolean;
}

interface Row {
  sequence: string;
  tenant_id: string;
  id: string;
  micros: string | null;
  kind: string;
  trace_id: string | null;
  actor_id: string | null;
  actor: string;
  outcome: string | null;
  detail: string;
  previous_hash: Buffer;
  hash: Buffer;
  closed: boolean;
}

/** The next records after `after`, ascending, that meet `where`; empty at the end. */
export async function readPage(
  db: Database,
  ctx: CallContext,
  page: { after: number; upTo?: number; where?: Condition; records?: number },
): Promise<PagedRecord[]> {
  const values = [...(page.where?.values ?? [])];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const sql = `
    select p.*, p.kind <> ${bind(QUESTION_OPENED)} or exists (
             select from audit_record c
              where c.tenant_id = p.tenant_id and c.trace_id = p.trace_id and c.kind = ${bind(QUESTION_CLOSED)}
                and c.detail -> 'opened' = to_jsonb(p.sequence)) as closed
      from (select q.*, sum(octet_length(q.detail)) over (order by q.sequence) as bytes,
                   row_number() over (order by q.sequence) as position
              from (select r.tenant_id, r.sequence, r.id, r.kind, r.trace_id, r.actor_id, r.actor, r.outcome,
                           case when isfinite(r.recorded_at)
                                then (extract(epoch from r.recorded_at) * 1000000)::bigint end as micros,
                           r.detail::text as detail, r.previous_hash, r.hash
                      from audit_record r
                     where r.tenant_id = app_tenant() and r.sequence > ${bind(page.after)}
                       and r.sequence <= ${bind(page.upTo ?? Number.MAX_SAFE_INTEGER)}
                       ${page.where ? `and ${page.where.sql}` : ''}
                     order by r.sequence limit ${bind(page.records ?? PAGE_RECORDS)}) q) p
     where p.position = 1 or p.bytes <= ${bind(PAGE_BYTES)}
     order by p.sequence`;
  return (await db.once<Row>(ctx, sql, values)).map(toRecord);
}

function toRecord(row: Row): PagedRecord {
  return {
    tenantId: row.tenant_id,
    sequence: Number(row.sequence),
    id: row.id,
    recordedMicros: row.micros === null ? null : BigInt(row.micros),
    kind: row.kind,
    traceId: row.trace_id,
    actorId: row.actor_id,
    actor: row.actor,
    outcome: row.outcome,
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
    closed: row.closed,
  };
}
