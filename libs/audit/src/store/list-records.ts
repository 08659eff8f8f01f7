import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { JsonObject } from '../json.js';
import type { AuditRecord } from '../query/audit-query.js';
import type { Condition } from '../query/audit-filter.js';

interface Row {
  sequence: string;
  id: string;
  recorded_at: Date | number;
  kind: string;
  trace_id: string | null;
  actor_id: string | null;
  actor: string;
  outcome: string | null;
  detail: JsonObject;
  hash: Buffer;
}

const COLUMNS =
  'r.sequence, r.id, r.recorded_at, r.kind, r.trace_id, r.actor_id, r.actor, r.outcome, r.detail, r.hash';

/** Newest first. */
export async function listRecords(
  db: Database,
  ctx: CallContext,
  page: { where: Condition; before: number | null; limit: number },
): Promise<AuditRecord[]> {
  const values = [...page.where.values];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const rows = await db.once<Row>(
    ctx,
    `select ${COLUMNS} from audit_record r
      where r.tenant_id = app_tenant() and ${page.where.sql}
        ${page.before === null ? '' : `and r.sequence < ${bind(page.before)}`}
      order by r.sequence desc limit ${bind(page.limit)}`,
    values,
  );
  return rows.map(toRecord);
}

export async function getRecord(
  db: Database,
  ctx: CallContext,
  sequence: number,
): Promise<AuditRecord | null> {
  const [row] = await db.once<Row>(
    ctx,
    `select ${COLUMNS} from audit_record r where r.tenant_id = app_tenant() and r.sequence = $1`,
    [sequence],
  );
  return row ? toRecord(row) : null;
}

function toRecord(row: Row): AuditRecord {
  return {
    sequence: Number(row.sequence),
    id: row.id,
    recordedAt: row.recorded_at instanceof Date ? row.recorded_at.toISOString() : String(row.recorded_at),
    kind: row.kind,
    traceId: row.trace_id,
    actorId: row.actor_id,
    actor: row.actor,
    outcome: row.outcome,
    detail: row.detail,
    hash: row.hash.toString('hex'),
  };
}
