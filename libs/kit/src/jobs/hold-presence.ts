import pg from 'pg';
import { setTimeout as delay } from 'node:timers/promises';

/** Names our advisory locks among others; the number is arbitrary. */
const LOCK_CLASS = 502_377;
const RECONNECT_MS = 1_000;
/** A pool that has just started may hold its first job a moment before its presence. */
const GRACE_SECONDS = 10;
/** Beyond this a job that kills its worker every time is left alone. */
const ATTEMPTS_MAX = 10;

/**
 * Holds an advisory lock for as long as this process lives, so that others can tell its jobs from those of a dead
 * process, which the queue itself would give back after four hours only.
 */
export class Presence {
  private client: pg.Client | undefined;
  private ended = false;

  constructor(
    private readonly connectionString: string,
    private readonly poolId: string,
  ) {}

  async begin(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      application_name: 'lorekeep-worker-presence',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_CLASS, this.poolId]);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.ended) return client.end();
    // Not before: one that could not connect ends too, and each of them would try again beside the others.
    client.once('end', () => void this.resume());
    this.client = client;
  }

  /** Gives back the jobs of pools that are gone; a job on its last attempt gets one more, to be told as failed. */
  async releaseOrphans(): Promise<number> {
    if (!this.client) return 0;
    const { rows } = await this.client.query<{ locked_by: string }>(
      `select distinct locked_by from graphile_worker._private_jobs
        where locked_by is not null and locked_by <> $1 and locked_at < now() - make_interval(secs => $2)`,
      [this.poolId, GRACE_SECONDS],
    );
    let released = 0;
    for (const { locked_by: pool } of rows) released += await this.releaseIfGone(pool);
    return released;
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.client?.end().catch(() => undefined);
  }

  private async releaseIfGone(pool: string): Promise<number> {
    if (!this.client) return 0;
    const free = await this.client.query<{ free: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as free',
      [LOCK_CLASS, pool],
    );
    if (!free.rows[0]?.free) return 0;
    try {
      const result = await this.client.query(
        `update graphile_worker._private_jobs
            set locked_at = null, locked_by = null, run_at = now(),
                max_attempts = case when attempts < $2 then greatest(max_attempts, attempts + 1) else max_attempts end
          where locked_by = $1`,
        [pool, ATTEMPTS_MAX],
      );
      return result.rowCount ?? 0;
    } finally {
      await this.client.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK_CLASS, pool]);
    }
  }

  private async resume(): Promise<void> {
    this.client = undefined;
    while (!this.ended) {
      await delay(RECONNECT_MS, undefined, { ref: false });
      if (this.ended) return;
      try {
        return await this.begin();
      } catch {
        // the next round tries again
      }
    }
  }
}
