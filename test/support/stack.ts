import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ClonedDatabase } from '@lorekeep/kit/testing';
import { Client } from './client.js';
import { copyFirstTenant } from './first-tenant.js';
import { until } from './until.js';

const run = promisify(execFile);
const ROOT = resolve(process.cwd());
const START_MS = 80_000;
const STOP_MS = 15_000;
export const ADMIN = 'admin@first.example';
export const PASSWORD = 'correct-horse-battery-staple';

export interface Stack {
  readonly url: string;
  readonly database: ClonedDatabase;
  readonly dataDir: string;
  /** Signed in as the first tenant's administrator. */
  readonly admin: Client;
  client(): Client;
  /** Creates a user with the usual password and signs in; a second try finds the user of the first. */
  person(
    email: string,
    options?: { roles?: string[]; groupIds?: string[]; admin?: Client; tenant?: string },
  ): Promise<Client>;
  /** A second tenant with an administrator of its own; a second try finds that of the first. */
  tenant(slug: string): Promise<Client>;
  /** One more gateway on the same database; returns its address. */
  gateway(environment?: Record<string, string>): Promise<string>;
  worker(): Promise<void>;
  /** Asks the gateway at this address to stop; resolves when it has ended, with the milliseconds that it took. */
  terminate(url: string): Promise<number>;
  logs(): string;
  stop(): Promise<void>;
}

/** Time limits of the steps, in milliseconds: nothing of a stack hangs unasked, however busy the machine is. */
const PATIENT = {
  ...Object.fromEntries(
    [
      'QUESTION_CHECK',
      'QUESTION_SEARCH',
      'QUESTION_AUDIT',
      'AUTH',
      'QUOTA',
      'FIREWALL',
      'SCANNER',
      'AUDIT',
    ].map((step) => [`${step}_TIMEOUT_MS`, '15000']),
  ),
  RETRIEVAL_VECTOR_RANK_TIMEOUT_MS: '10000',
};

/** Gateway and worker as processes of their own on a database of their own: black box, real everything. */
export async function startStack(
  environment: Record<string, string> = {},
  options: { worker?: boolean } = {},
): Promise<Stack> {
  const { database, dataDir, password } = await copyFirstTenant(createFirstTenant);
  const base = { ...settings(database, dataDir), ...environment };
  const processes = new Processes(base);
  try {
    // Most of what a stack costs is the start of its processes: side by side, as many as there are.
    const [url] = await Promise.all([processes.gateway({}), options.worker !== false && processes.worker()]);
    const cli = forCommands(base, database);
    const admin = await withPassword(new Client(url), ADMIN, password, 'main');
    return new RunningStack(url, database, dataDir, processes, cli, admin);
  } catch (error) {
    await processes.stop();
    await rm(dataDir, { recursive: true, force: true });
    throw new Error(`the stack did not start: ${String(error)}\n${processes.log.slice(-2_000)}`);
  }
}

class RunningStack implements Stack {
  private readonly made = new Set<string>();

  constructor(
    readonly url: string,
    readonly database: ClonedDatabase,
    readonly dataDir: string,
    private readonly processes: Processes,
    private readonly cli: Record<string, string>,
    readonly admin: Client,
  ) {}

  client(): Client {
    return new Client(this.url);
  }

  async person(
    email: string,
    options: { roles?: string[]; groupIds?: string[]; admin?: Client; tenant?: string } = {},
  ): Promise<Client> {
    const admin = options.admin ?? this.admin;
    const { roles = ['employee'], groupIds = [], tenant = 'main' } = options;
    const asked = JSON.stringify({ email, roles, groupIds, tenant });
    if (this.made.has(asked)) return this.again(email, tenant);
    const made = await admin.call('POST', '/api/admin/users', { email, displayName: email, roles, groupIds });
    if (made.status !== 201) throw new Error(`creating ${email} answered ${made.status}: ${made.text}`);
    const { initialPassword } = made.body as { initialPassword: string };
    const person = await withPassword(this.client(), email, initialPassword, tenant);
    this.made.add(asked);
    return person;
  }

  async tenant(slug: string): Promise<Client> {
    const email = `admin@${slug}.example`;
    if (this.made.has(slug)) return this.again(email, slug);
    await lorekeep(this.cli, 'create-tenant', slug, slug);
    const admin = await withPassword(this.client(), email, await createAdmin(this.cli, email, slug), slug);
    this.made.add(slug);
    return admin;
  }

  private async again(email: string, tenant: string): Promise<Client> {
    const client = this.client();
    await client.signIn(email, PASSWORD, tenant);
    return client;
  }

  gateway(environment: Record<string, string> = {}): Promise<string> {
    return this.processes.gateway(environment);
  }

  async worker(): Promise<void> {
    await this.processes.worker();
  }

  terminate(url: string): Promise<number> {
    return this.processes.terminate(url);
  }

  logs(): string {
    return this.processes.log;
  }

  async stop(): Promise<void> {
    await this.processes.stop();
    await rm(this.dataDir, { recursive: true, force: true });
    await this.database.drop();
  }
}

class Processes {
  log = '';
  private readonly children: ChildProcess[] = [];
  private readonly gateways = new Map<string, ChildProcess>();

  constructor(private readonly environment: Record<string, string>) {}

  async gateway(more: Record<string, string>): Promise<string> {
    const child = this.start('apps/gateway/dist/main.js', more);
    const { ready } = await message<{ ready: string }>(child, () => this.log);
    const url = ready.replace('[::1]', 'localhost');
    this.gateways.set(url, child);
    return url;
  }

  async worker(): Promise<void> {
    await message(this.start('apps/worker/dist/main.js', {}), () => this.log);
  }

  async terminate(url: string): Promise<number> {
    const child = this.gateways.get(url);
    if (!child) throw new Error(`no gateway at ${url}`);
    const started = performance.now();
    await stopChild(child);
    return performance.now() - started;
  }

  async stop(): Promise<void> {
    await Promise.all(this.children.map(stopChild));
  }

  private start(script: string, more: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, [join(ROOT, script)], {
      cwd: ROOT,
      env: { ...this.environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const keep = (chunk: Buffer) => {
      this.log = (this.log + chunk.toString()).slice(-200_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.children.push(child);
    return child;
  }
}

function message<T>(child: ChildProcess, log: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time\n${log()}`)), START_MS);
    child.once('message', (value) => {
      clearTimeout(timer);
      resolve(value as T);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code}\n${log()}`));
    });
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

/** Runs a command of the command line; returns its standard output. */
async function lorekeep(environment: Record<string, string>, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(ROOT, 'apps/cli/dist/main.js'), ...args], {
    env: environment,
  });
  return stdout.trim();
}

/** Returns the administrator's initial password. */
async function createFirstTenant(database: ClonedDatabase, dataDir: string): Promise<string> {
  const cli = forCommands(settings(database, dataDir), database);
  await lorekeep(cli, 'create-tenant', 'main', 'First');
  return createAdmin(cli, ADMIN, 'main');
}

function createAdmin(cli: Record<string, string>, email: string, tenant: string): Promise<string> {
  return lorekeep(cli, 'create-admin', email, '--tenant', tenant);
}

async function withPassword(client: Client, email: string, initial: string, tenant: string): Promise<Client> {
  // A machine that stood still keeps the database from answering in time.
  await until(() =>
    client.signIn(email, initial, tenant).catch((error: Error) => {
      if (!error.message.includes('answered 503')) throw error;
    }),
  );
  const changed = await client.call('POST', '/api/account/password', { current: initial, next: PASSWORD });
  if (changed.status !== 204)
    throw new Error(`changing the password answered ${changed.status}: ${changed.text}`);
  return client;
}

function settings(database: ClonedDatabase, dataDir: string): Record<string, string> {
  return {
    ...inherited(),
    ...PATIENT,
    DATABASE_URL: database.appUrl,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: '0',
    INFERENCE_SALT_SECRET: 'a-salt-secret-for-tests-of-32-characters',
    // A test sets the limits that it is about.
    QUOTA_NEW_TENANT_REQUESTS_PER_MINUTE: '0',
    QUOTA_NEW_TENANT_TOKENS_PER_DAY: '0',
    QUOTA_NEW_TENANT_CONCURRENT: '0',
  };
}

function forCommands(base: Record<string, string>, database: ClonedDatabase): Record<string, string> {
  return { ...base, PORT: '3000', MIGRATIONS_DATABASE_URL: database.ownerUrl };
}

/** PATH and the like, but no setting of Lorekeep that happens to be in the environment of the test run. */
function inherited(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'TMPDIR'];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
