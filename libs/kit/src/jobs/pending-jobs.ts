import type { Tx } from '../database/index.js';

/** Of these keys, those whose job waits for its first or next try, or runs. One that failed for the last time does not. */
export async function pendingJobs(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ key: string }>(
    `select key from graphile_worker._private_jobs
      where key = any($1) and (attempts < max_attempts or locked_at is not null)`,
    [keys],
  );
  return new Set(rows.map(({ key }) => key));
}
