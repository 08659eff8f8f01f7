import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';

const FOLDERS = resolve('.lorekeep');
const TEMPLATE = 'lorekeep_first_tenant';

export interface FirstTenant {
  readonly database: ClonedDatabase;
  readonly dataDir: string;
  readonly password: string;
}

/** Makes the first tenant in this database and data folder; resolves with its administrator's password. */
type Make = (database: ClonedDatabase, dataDir: string) => Promise<string>;

/** A copy of the first tenant, which the first stack of a run makes: two starts of the command line less for the others. */
export async function copyFirstTenant(make: Make): Promise<FirstTenant> {
  const file = process.env['LOREKEEP_TEST_POSTGRES'] ?? '';
  const { adminUrl } = JSON.parse(readFileSync(file, 'utf8')) as { adminUrl: string };
  const original = join(dirname(file), 'first-tenant');
  const passwordFile = `${original}.password`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Workers of Jest wait for the one that makes it; the lock goes with the connection.
    await admin.query('select pg_advisory_lock(1)');
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [TEMPLATE]);
    if (!rowCount) {
      await rm(original, { recursive: true, force: true });
      const database = await cloneDatabase();
      await writeFile(passwordFile, await make(database, original));
      await admin.query(`alter database ${database.name} with is_template true allow_connections false`);
      await admin.query(`alter database ${database.name} rename to ${TEMPLATE}`);
    }
  } finally {
    await admin.end();
  }
  const password = await readFile(passwordFile, 'utf8');
  const database = await cloneDatabase(TEMPLATE);
  const dataDir = await mkdtemp(join(FOLDERS, 'e2e-'));
  await cp(original, dataDir, { recursive: true });
  return { database, dataDir, password };
}
