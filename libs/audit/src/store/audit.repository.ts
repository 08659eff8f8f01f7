import { systemContext } from '@lorekeep/kit/context';
import { type Database, DatabaseTimeout } from '@lorekeep/kit/database';
import type { Appended } from '../append/append-queue.js';
import { AuditFault } from '../audit.errors.js';

/**
 * One transaction in one round trip; the chain of the tenant is locked inside the server only, so that a slow process
 * holds up nobody. Always durable (see audit_append). Throws AuditFault.
 */
export async function appendBatch(
  db: Database,
  tenantId: string,
  batch: { records: string; count: number; timeout: number },
): Promise<Appended> {
  let rows: { first: string; last: string; hash: Buffer }[];
  try {
    rows = await db.once(
      systemContext(tenantId),
      'select first_sequence as first, last_sequence as last, last_hash as hash from audit_append($1::jsonb)',
      [batch.records],
      { timeout: batch.timeout },
    );
  } catch (cause) {
    throw new AuditFault(cause instanceof DatabaseTimeout ? 'AUDIT_TIMEOUT' : 'AUDIT_UNAVAILABLE', cause);
  }
  const row = rows[0];
  const appended = { firstSequence: Number(row?.first), lastSequence: Number(row?.last), hash: row?.hash };
  const { firstSequence, lastSequence, hash } = appended;
  const complete = lastSequence - firstSequence + 1 === batch.count && firstSequence >= 1;
  if (!complete || !Buffer.isBuffer(hash) || hash.length !== 32) {
    throw new AuditFault('AUDIT_UNAVAILABLE', new Error(`unusable answer: ${JSON.stringify(rows)}`));
  }
  return { firstSequence, lastSequence, hash };
}
