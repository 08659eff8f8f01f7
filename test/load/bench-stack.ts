import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrate } from '@lorekeep/kit/database';
import { installJobQueue } from '@lorekeep/kit/jobs';
import { launchPostgres } from '@lorekeep/kit/postgres';
import { migrations } from '@lorekeep/migrations';
import { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';

const ROOT = resolve(process.cwd());
const HANDBOOK = join(ROOT, 'apps/cli/samples/handbook');
/** The kernel counts processor time in these. */
const TICKS_PER_SECOND = 100;

export interface BenchStack {
  readonly url: string;
  readonly key: string;
  /** The model server's base URL. */
  readonly upstream: string;
  /** Without a real one. */
  readonly vllm?: FakeVllm;
  /** Milliseconds of processor time that the gateway has used. */
  cpu(): number;
  /** Megabytes that the gateway has resident. */
  resident(): number;
  /** Transactions that Postgres has committed. */
  transactions(): Promise<number>;
  readonly gateway: ChildProcess;
  /** What one more process of the product is started with. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface BenchOptions {
  /** The sample handbook is taken in. */
  readonly documents: boolean;
  /** Of the gateway's process. */
  readonly nodeArguments?: string[];
  /** Postgres writes down every statement. */
  readonly statements?: boolean;
  readonly environment?: Record<string, string>;
  /** A model server that runs already; without one, the fake vLLM. */
  readonly upstream?: string;
}

/** A gateway of the built product on a durable Postgres of its own, the sample handbook taken in where it is wanted. */
export async function withBenchStack(
  { documents, nodeArguments = [], statements = false, environment: more = {}, upstream: real }: BenchOptions,
  work: (stack: BenchStack) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lorekeep-load-'));
  const server = await launchPostgres({
    folder: join(folder, 'postgres'),
    settings: statements ? { log_min_duration_statement: '0' } : {},
  });
  const children: ChildProcess[] = [];
  const vllm = real === undefined ? await startFakeVllm(['--model', 'm']) : undefined;
  const upstream = real ?? vllm?.url ?? '';
  const admin = new pg.Client({ connectionString: server.url() });
  try {
    await admin.connect();
    const environment = { ...(await prepare(admin, server.port, folder, upstream)), ...more };
    const cli = (...args: string[]) => lorekeep(environment, ...args);
    await cli('create-tenant', 'main', 'Bench');
    const gateway = start('gateway', environment, nodeArguments);
    children.push(gateway);
    const url = (await ready(gateway)).replace('[::1]', 'localhost');
    const client = await signIn(url, await cli('create-admin', 'admin@bench.example', '--tenant', 'main'));
    if (documents) await takeIn(client, start('worker', environment, []));
    const { body } = await client.call('POST', '/api/keys', { name: 'bench', scopes: ['ask'] });
    const stats = new pg.Client({ connectionString: server.url('bench') });
    await stats.connect();
    await work({
      ...{ url, key: (body as { key: string }).key, upstream, gateway, environment, ...(vllm && { vllm }) },
      cpu: () => cpuOf(gateway.pid ?? 0),
      resident: () => residentOf(gateway.pid ?? 0),
      transactions: () => transactionsOf(stats),
    });
    await stats.end();
  } finally {
    await Promise.all(children.map(ended));
    await admin.end();
    await vllm?.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepare(admin: pg.Client, port: number, folder: string, vllm: string) {
  const password = randomBytes(12).toString('hex');
  const at = (role: string) => `postgres://${role}:${password}@127.0.0.1:${port}/bench`;
  for (const role of ['lorekeep_owner', 'lorekeep_app'])
    await admin.query(`create role ${role} login nosuperuser nobypassrls password '${password}'`);
  await admin.query('create database bench owner lorekeep_owner');
  await migrate({ ownerUrl: at('lorekeep_owner'), appRole: 'lorekeep_app', migrations });
  await installJobQueue(at('lorekeep_owner'), 'lorekeep_app');
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    DATABASE_URL: at('lorekeep_app'),
    MIGRATIONS_DATABASE_URL: at('lorekeep_owner'),
    DATA_DIR: folder,
    HOST: '127.0.0.1',
    PORT: '3999',
    INFERENCE_URL: vllm,
    INFERENCE_SALT_SECRET: 'a-salt-secret-for-the-bench-of-32-characters',
    LOG_LEVEL: 'warn',
  };
}

function start(app: string, environment: Record<string, string>, nodeArguments: string[]): ChildProcess {
  const main = join(ROOT, `apps/${app}/dist/main.js`);
  return spawn(process.execPath, [...nodeArguments, main], {
    cwd: ROOT,
    env: { ...environment, PORT: '0' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    child.once('message', (message) => done((message as { ready: string }).ready));
    child.once('exit', (code) => fail(new Error(`ended with ${code}`)));
  });
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}

async function lorekeep(environment: Record<string, string>, ...args: string[]): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [join(ROOT, 'apps/cli/dist/main.js'), ...args], {
    env: environment,
  });
  return stdout.trim();
}

async function signIn(url: string, initial: string): Promise<Client> {
  const client = new Client(url);
  await client.signIn('admin@bench.example', initial);
  await client.call('POST', '/api/account/password', { current: initial, next: 'correct-horse-battery' });
  return client;
}

/** The sample handbook; the worker ends when it is in. */
async function takeIn(client: Client, worker: ChildProcess): Promise<void> {
  try {
    const made = await client.call('POST', '/api/collections', { slug: 'handbook', name: 'Handbook' });
    const { id } = made.body as { id: string };
    const me = (await client.call('GET', '/api/session')).body as { id: string };
    const readers = [{ principal: `user:${me.id}`, effect: 'allow' }];
    await client.call('PUT', `/api/collections/${id}/readers`, { readers });
    const manifest = JSON.parse(await readFile(join(HANDBOOK, 'manifest.json'), 'utf8')) as {
      documents: { path: string }[];
    };
    for (const { path } of manifest.documents) {
      const content = new Uint8Array(await readFile(join(HANDBOOK, path)));
      const { body } = await client.upload(id, basename(path), content);
      await client.settled((body as { id: string }).id, 120_000);
    }
  } finally {
    await ended(worker);
  }
}

/** Milliseconds of processor time that a process has used. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1_000;
}

function residentOf(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * 4_096) / 2 ** 20;
}

async function transactionsOf(stats: pg.Client): Promise<number> {
  const { rows } = await stats.query<{ count: string }>(
    "select xact_commit as count from pg_stat_database where datname = 'bench'",
  );
  return Number(rows[0]?.count);
}
