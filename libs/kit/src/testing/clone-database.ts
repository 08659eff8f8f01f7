import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

export interface ClonedDatabase {
  readonly name: string;
  /** URL of the role that owns the schema. */
  readonly ownerUrl: string;
  /** URL of the role that the application uses: no owner, no bypass of row security. */
  readonly appUrl: string;
  /** Drops the database; throws when a connection to it was left open. */
  drop(): Promise<void>;
}

interface TestCluster {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly template: string;
}

const CLONE_ATTEMPTS = 20;
const RETRY_MS = 100;
/** A closed socket needs a moment until the server has noticed. */
const GRACE_MS = 1000;
const OBJECT_IN_USE = '55006';

/** A fresh copy of the migrated template database, or of another; needs Jest's global setup (projects db and e2e). */
export async function cloneDatabase(template?: string): Promise<ClonedDatabase> {
  const cluster = readCluster();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(cluster, (admin) => create(admin, name, template ?? cluster.template));
  return {
    name,
    ownerUrl: cluster.ownerUrl + name,
    appUrl: cluster.appUrl + name,
    drop: () => asAdmin(cluster, (admin) => drop(admin, name)),
  };
}

function readCluster(): TestCluster {
  const file = process.env['LOREKEEP_TEST_POSTGRES'];
  if (!file) throw new Error('no test cluster: run this spec in the Jest project db or e2e');
  return JSON.parse(readFileSync(file, 'utf8')) as TestCluster;
}

async function asAdmin<T>(cluster: TestCluster, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: cluster.adminUrl, application_name: 'lorekeep-testing' });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function create(admin: pg.Client, name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await admin.query(
        `create database ${name} template ${template} strategy file_copy owner lorekeep_owner`,
      );
      return;
    } catch (cause) {
      const busy = (cause as { code?: string }).code === OBJECT_IN_USE;
      if (!busy || attempt === CLONE_ATTEMPTS) throw cause;
      await delay(RETRY_MS);
    }
  }
}

async function drop(admin: pg.Client, name: string): Promise<void> {
  const leaked = await openConnections(admin, name);
  await admin.query(`drop database ${name} with (force)`);
  if (leaked.length > 0) {
    throw new Error(
      `${leaked.length} connection(s) to the test database were left open: ${leaked.join('; ')}`,
    );
  }
}

async function openConnections(admin: pg.Client, name: string): Promise<string[]> {
  const deadline = performance.now() + GRACE_MS;
  for (;;) {
    const { rows } = await admin.query<{ who: string }>(
      `select application_name || ', ' || coalesce(state, '?') || ', last: ' || left(query, 80) as who
         from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || performance.now() > deadline) return rows.map((row) => row.who);
    await delay(20);
  }
}
