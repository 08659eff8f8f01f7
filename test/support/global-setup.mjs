// One Postgres cluster per Jest run, with the template database that every db-spec and e2e-spec clones.
// The connection data goes into a JSON file named by LOREKEEP_TEST_POSTGRES.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { compilePackages } from './compile.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const TEMPLATE = 'lorekeep_template';

export default async function globalSetup() {
  const folder = join(root, '.lorekeep', `test-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const code = await compilePackages(
    {
      kit: join(root, 'libs/kit'),
      contracts: join(root, 'libs/contracts'),
      migrations: join(root, 'migrations'),
    },
    folder,
  );
  const load = (path) => import(pathToFileURL(join(code, path)).href);
  const { launchPostgres, isAlive, readPostmaster, stopServer } = await load('kit/dist/postgres/index.js');
  await sweep({ isAlive, readPostmaster, stopServer });

  const server = await launchPostgres({
    folder: join(folder, 'postgres'),
    durable: false,
    maxConnections: 300,
    // One that has pgvector, where the run has found it: the same server with one extension more to choose.
    ...(process.env.PGVECTOR_POSTGRES ? { program: process.env.PGVECTOR_POSTGRES } : {}),
    // A vacuum that happens to visit the template would hold up its copies.
    settings: { autovacuum: 'off' },
  });
  globalThis.lorekeepTestCluster = { server, folder };
  endWithProcess(server.pid, folder);
  try {
    const connection = await prepareTemplate(
      server,
      await load('kit/dist/database/index.js'),
      await load('migrations/dist/index.js'),
      await load('kit/dist/jobs/index.js'),
    );
    const file = join(folder, 'connection.json');
    await writeFile(file, JSON.stringify({ ...connection, code }), { mode: 0o600 });
    process.env.LOREKEEP_TEST_POSTGRES = file;
  } catch (cause) {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}

async function prepareTemplate(server, { migrate }, { migrations }, { installJobQueue }) {
  const admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
  try {
    const ownerPassword = randomBytes(12).toString('hex');
    const appPassword = randomBytes(12).toString('hex');
    await admin.query(`create role lorekeep_owner login nosuperuser nobypassrls password '${ownerPassword}'`);
    await admin.query(`create role lorekeep_app login nosuperuser nobypassrls password '${appPassword}'`);
    await admin.query(`create database ${TEMPLATE} owner lorekeep_owner`);
    const at = `127.0.0.1:${server.port}`;
    const ownerUrl = `postgres://lorekeep_owner:${ownerPassword}@${at}/`;
    await migrate({ ownerUrl: ownerUrl + TEMPLATE, appRole: 'lorekeep_app', migrations });
    await installJobQueue(ownerUrl + TEMPLATE, 'lorekeep_app');
    await admin.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
    return {
      adminUrl: server.url(),
      ownerUrl,
      appUrl: `postgres://lorekeep_app:${appPassword}@${at}/`,
      template: TEMPLATE,
    };
  } finally {
    await admin.end();
  }
}

// Clusters of runs that were killed.
async function sweep({ isAlive, readPostmaster, stopServer }) {
  const home = join(root, '.lorekeep');
  for (const name of await readdir(home)) {
    const pid = Number(/^test-(\d+)$/.exec(name)?.[1] ?? 0);
    if (!pid || pid === process.pid || isAlive(pid)) continue;
    const data = join(home, name, 'postgres', 'data');
    const server = await readPostmaster(data);
    if (server) await stopServer(server.pid, data);
    await rm(join(home, name), { recursive: true, force: true });
  }
}

// Jest ends at once on a signal, without a teardown.
function endWithProcess(pid, folder) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // it has ended already
      }
      rmSync(folder, { recursive: true, force: true });
      process.exit(130);
    });
  }
}
