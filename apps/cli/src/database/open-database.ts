import { launchPostgres, type RunningPostgres } from '@lorekeep/kit/postgres';
import { join } from 'node:path';
import pg from 'pg';
import type { Settings } from '../cli.config.js';
import { isRunning, readInstance } from '../instance/claim-instance.js';
import { loadSecrets, type Secrets } from '../secrets/load-secrets.js';
import type { Progress } from '../terminal/progress.js';

/** The database of this installation, embedded or not, reachable. */
export interface OpenDatabase {
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** Name of the role that receives the grants. */
  readonly appRole: string;
  readonly embedded: boolean;
  /** Settles when the embedded server goes away by itself. */
  readonly lost: Promise<void>;
  close(): Promise<void>;
}

const OWNER = 'lorekeep_owner';
const APP = 'lorekeep_app';
const DATABASE = 'lorekeep';

/** Starts or joins the embedded Postgres, or checks the one named by the settings. */
export async function openDatabase(settings: Settings, progress: Progress): Promise<OpenDatabase> {
  if (settings.external) return openExternal(settings.external);
  if (!isServed(settings.dataDir)) progress.step('Starting the embedded database');
  const server = await launchPostgres({
    folder: join(settings.dataDir, 'postgres'),
    notice: (line) => progress.say(line),
  });
  try {
    const secrets = loadSecrets(settings.dataDir);
    await ensureRoles(server, secrets);
    return {
      appUrl: roleUrl(server, APP, secrets.databaseAppPassword),
      ownerUrl: roleUrl(server, OWNER, secrets.databaseOwnerPassword),
      appRole: APP,
      embedded: true,
      lost: server.lost,
      close: async () => void (await server.stop()),
    };
  } catch (cause) {
    await server.stop();
    throw cause;
  }
}

/** Whether a Lorekeep runs here, whose database is joined. */
function isServed(dataDir: string): boolean {
  const instance = readInstance(dataDir);
  return instance !== undefined && instance.ready && isRunning(instance);
}

async function openExternal(external: { appUrl: string; ownerUrl: string }): Promise<OpenDatabase> {
  for (const url of [external.ownerUrl, external.appUrl])
    await withClient(url, (client) => client.query('select 1'));
  return {
    ...external,
    appRole: decodeURIComponent(new URL(external.appUrl).username),
    embedded: false,
    lost: new Promise<void>(() => {}),
    close: async () => {},
  };
}

/** Two roles, neither a superuser: the owner migrates, the application is subject to row security. */
async function ensureRoles(server: RunningPostgres, secrets: Secrets): Promise<void> {
  const passwords = { [OWNER]: secrets.databaseOwnerPassword, [APP]: secrets.databaseAppPassword };
  await withClient(server.url(), async (client) => {
    for (const [role, password] of Object.entries(passwords)) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      const verb = rowCount ? 'alter' : 'create';
      await client.query(
        `${verb} role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password ${client.escapeLiteral(password)}`,
      );
    }
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE} owner ${OWNER}`);
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'lorekeep-cli',
  });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

function roleUrl(server: RunningPostgres, role: string, password: string): string {
  return `postgres://${role}:${encodeURIComponent(password)}@${server.host}:${server.port}/${DATABASE}`;
}
