import pg from 'pg';

/** Tables of the queue that carry row security without a policy: nobody but their owner would see a row. */
const TABLES = ['_private_jobs', '_private_job_queues', '_private_tasks', '_private_known_crontabs'];

/**
 * Installs or upgrades the schema `graphile_worker` as the owner of the database, and lets the application's role add
 * and run jobs. Jobs hold ids only, never text of a tenant, so that the queue is one for all tenants.
 * Safe to call again.
 */
export async function installJobQueue(ownerUrl: string, appRole: string): Promise<void> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(appRole)) {
    throw new Error('the application role must be a plain lower-case Postgres name');
  }
  // Loaded here: whoever only adds jobs does without.
  const [{ runMigrations }, { quietLogger }] = await Promise.all([
    import('graphile-worker'),
    import('./quiet-logger.js'),
  ]);
  await runMigrations({ connectionString: ownerUrl, logger: quietLogger, noPreparedStatements: true });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('begin');
    await owner.query(`
      grant usage on schema graphile_worker to ${appRole};
      grant select, insert, update, delete on all tables in schema graphile_worker to ${appRole};
      grant usage on all sequences in schema graphile_worker to ${appRole};
      grant execute on all functions in schema graphile_worker to ${appRole};
      revoke insert, update, delete on graphile_worker.migrations from ${appRole};`);
    for (const table of TABLES) {
      await owner.query(`
        drop policy if exists application on graphile_worker.${table};
        create policy application on graphile_worker.${table} to ${appRole} using (true) with check (true);`);
    }
    await owner.query('commit');
  } finally {
    await owner.end();
  }
}
