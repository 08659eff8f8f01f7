import { createHash } from 'node:crypto';

/** One row of audit_record as it is stored, nothing parsed that the hash covers. */
export interface StoredRecord {
  tenantId: string;
  sequence: number;
  id: string;
  /** Microseconds since the epoch; null when the stored time is infinite. */
  recordedMicros: bigint | null;
  kind: string;
  traceId: string | null;
  actorId: string | null;
  actor: string;
  outcome: string | null;
  /** The text of the jsonb column, exactly as Postgres prints it. */
  detail: string;
  previousHash: Buffer;
  hash: Buffer;
}

/** What the first record of a chain continues. */
export const CHAIN_START = Buffer.alloc(32);

/**
 * The text that the hash covers: JSON with this order of keys, no blanks outside `detail`, times in UTC with
 * milliseconds. Written independently of audit_append in migrations/src/audit/functions.ts, which must agree.
 * undefined when the stored time is not one that audit_append writes.
 */
export function canonicalText(record: StoredRecord): string | undefined {
  const time = isoTime(record.recordedMicros);
  if (time === undefined) return undefined;
  const text = JSON.stringify({
    tenant: record.tenantId,
    sequence: record.sequence,
    id: record.id,
    recordedAt: time,
    kind: record.kind,
    traceId: record.traceId,
    actorId: record.actorId,
    actor: record.actor,
    outcome: record.outcome,
  });
  return `${text.slice(0, -1)},"detail":${record.detail}}`;
}

/** SHA-256 over the 32 bytes of the hash before and the UTF-8 of the canonical text. */
export function hashRecord(previous: Buffer, text: string): Buffer {
  return createHash('sha256').update(previous).update(text, 'utf8').digest();
}

/** Years of four digits, the only ones of one form. */
const LAST_YEAR_MS = Date.UTC(9999, 11, 31);

function isoTime(micros: bigint | null): string | undefined {
  if (micros === null || micros < 0n || micros % 1000n !== 0n) return undefined;
  const milliseconds = Number(micros / 1000n);
  return milliseconds > LAST_YEAR_MS ? undefined : new Date(milliseconds).toISOString();
}
