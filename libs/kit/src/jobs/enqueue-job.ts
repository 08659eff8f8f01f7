import type { Tx } from '../database/index.js';

export interface JobOptions {
  /** A waiting job with the same key is replaced instead of doubled. */
  readonly key?: string;
  /** How often it is tried before it stays failed. */
  readonly attempts: number;
}

/** Adds a job in the caller's transaction: it exists if and only if the transaction commits. Ids only, no text. */
export async function enqueueJob(
  tx: Tx,
  task: string,
  payload: Readonly<Record<string, string | number | boolean>>,
  options: JobOptions,
): Promise<void> {
  await tx.query(
    `select id from graphile_worker.add_job($1, payload => $2::json, job_key => $3, max_attempts => $4)`,
    [task, JSON.stringify(payload), options.key ?? null, options.attempts],
  );
}
