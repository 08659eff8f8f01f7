import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';

/** First half of the advisory lock's key; the number is arbitrary and ours. */
const SEAL_LOCK = 50_237_719;

/** Runs `work` while no other process seals the same tenant, wherever it runs. */
export function withSealLock<T>(
  db: Database,
  ctx: CallContext,
  timeout: number,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction(
    ctx,
    async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [SEAL_LOCK, ctx.tenantId]);
      return work(tx);
    },
    { timeout },
  );
}

export interface ChainEnd {
  /** 0 for a tenant without records. */
  sequence: number;
  hash: Buffer;
  /** Of the record that the end names; null when it is not there. */
  lastHash: Buffer | null;
  /** Of the records asked for; null where there is none. */
  hashes: (Buffer | null)[];
}

export async function readChainEnd(tx: Pick<Tx, 'query'>, sequences: number[]): Promise<ChainEnd> {
  const [row] = await tx.query<{
    sequence: string;
    hash: Buffer;
    last: Buffer | null;
    hashes: (Buffer | null)[];
  }>(
    `select h.sequence, h.hash,
            (select r.hash from audit_record r where r.tenant_id = h.tenant_id and r.sequence = h.sequence) as last,
            array(select (select r.hash from audit_record r where r.tenant_id = h.tenant_id and r.sequence = wanted.s)
                    from unnest($1::bigint[]) with ordinality wanted (s, n) order by wanted.n) as hashes
       from audit_head h where h.tenant_id = app_tenant()`,
    [sequences],
  );
  if (!row) return { sequence: 0, hash: Buffer.alloc(32), lastHash: null, hashes: sequences.map(() => null) };
  return { sequence: Number(row.sequence), hash: row.hash, lastHash: row.last, hashes: row.hashes };
}
