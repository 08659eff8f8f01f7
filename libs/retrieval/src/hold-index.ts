import { setTimeout as delay } from 'node:timers/promises';
import type { Tx } from '@lorekeep/kit/database';

/**
 * One process at a time changes the segments of a tenant, new documents aside: held until the transaction ends, however
 * it ends. False: another one is at it.
 */
export async function holdIndex(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('lorekeep index ' || app_tenant(), 0)) as held`,
  );
  return row?.held === true;
}

/** SQL: the row `d` of a document whose passages can be found, if `first_passage` is where a segment has them. */
export const ALIVE = `d.state = 'ready' and d.deleted_at is null and d.replaced_at is null`;

const WAIT_MS = 250;

/** The same, however long the other one takes. */
export async function waitForIndex(tx: Tx, signal: AbortSignal): Promise<void> {
  while (!(await holdIndex(tx))) await delay(WAIT_MS, undefined, { signal });
}
