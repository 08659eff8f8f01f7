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
const ADMIN = 'admin@bench.example';
/** Those of a new tenant, but for the first: see `prepare`. */
const LIMITS = { requestsPerMinute: 1_000_000, tokensPerDay: 100_000_000, concurrentQuestions: 512 };
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
  /** Milliseconds of processor time that Postgres has used. */
  databaseCpu(): number;
  /** Statements that Postgres has run, those within functions too; where they are counted, else 0. */
  statements(): Promise<number>;
  /** Transactions that Postgres has committed. */
  transactions(): Promise<number>;
  /** Gives the tenant the limits of a new one, or takes them away. */
  limit(isLimited: boolean): Promise<void>;
  readonly gateway: ChildProcess;
  /** Makes another tenant; a key of its administrator. */
  anotherKey(slug: string): Promise<string>;
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
  /** Postgres counts them. */
  readonly count?: boolean;
  readonly environment?: Record<string, string>;
  /** A model server that runs already; without one, the fake vLLM. */
  readonly upstream?: string;
}

/** A gateway of the built product on a durable Postgres of its own, the sample handbook taken in where it is wanted. */
export async function withBenchStack(
  options: BenchOptions,
  work: (stack: BenchStack) => Promise<void>,
): Promise<void> {
  const { documents, nodeArguments = [], environment: more = {}, upstream: real } = options;
  const folder = await mkdtemp(join(tmpdir(), 'lorekeep-load-'));
  const server = await launchPostgres({ folder: join(folder, 'postgres'), settings: settingsOf(options) });
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
    const signedIn = async (slug: string) =>
      signIn(url, slug, await cli('create-admin', ADMIN, '--tenant', slug));
    const client = await signedIn('main');
    if (documents) await takeIn(client, start('worker', environment, []));
    const stats = new pg.Client({ connectionString: server.url('bench') });
    await stats.connect();
    if (options.count) await admin.query('create extension pg_stat_statements');
    await work({
      ...{ url, key: await keyOf(client), upstream, gateway, environment, ...(vllm && { vllm }) },
      cpu: () => cpuOf(gateway.pid ?? 0),
      resident: () => residentOf(gateway.pid ?? 0),
      databaseCpu: () => cpuOfAll(server.pid),
      statements: async () => (options.count ? statementsOf(admin) : 0),
      transactions: () => transactionsOf(stats),
      limit: (isLimited) => limit(client, isLimited),
      anotherKey: async (slug) => {
        await cli('create-tenant', slug, slug);
        return keyOf(await signedIn(slug));
      },
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

function settingsOf({ statements, count }: BenchOptions): Record<string, string> {
  return {
    ...(statements && { log_min_duration_statement: '0' }),
    ...(count && { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'all' }),
  };
}

async function limit(client: Client, isLimited: boolean): Promise<void> {
  const policy = { subjectKind: 'tenant', subjectId: null, ...LIMITS };
  const { body } = await client.call('PUT', '/api/admin/quotas', policy);
  const { id } = body as { id: string };
  if (!isLimited) await client.call('DELETE', `/api/admin/quotas/${id}`);
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
    // As `lorekeep start` and the image have it.
    MALLOC_MMAP_THRESHOLD_: '131072',
    // All that a new tenant has is counted, as for everybody; but a bench asks more than 6,000 questions a minute.
    QUOTA_NEW_TENANT_REQUESTS_PER_MINUTE: String(LIMITS.requestsPerMinute),
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

async function signIn(url: string, slug: string, initial: string): Promise<Client> {
  const client = new Client(url);
  await client.signIn(ADMIN, initial, slug);
  await client.call('POST', '/api/account/password', { current: initial, next: 'correct-horse-battery' });
  return client;
}

async function keyOf(client: Client): Promise<string> {
  const { body } = await client.call('POST', '/api/keys', { name: 'bench', scopes: ['ask'] });
  return (body as { key: string }).key;
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

/** Of a process, those that it has started and those of them that have ended. */
function cpuOfAll(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ended = ((Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND) * 1_000;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + cpuOf(Number(child)), cpuOf(pid) + ended);
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

async function statementsOf(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ count: string }>(
    `select sum(calls) as count from pg_stat_statements(false)
      where dbid = (select oid from pg_database where datname = 'bench')`,
  );
  return Number(rows[0]?.count);
}
