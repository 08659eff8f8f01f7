import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { chown, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterHome } from './cluster-home.js';
import { explainOutput, explainSystemError } from './explain-failure.js';
import { PostgresLaunchError } from './postgres.errors.js';
import { isAlive, isServerOf, readPostmaster, type Postmaster } from './read-postmaster.js';
import { commandAs } from './run-as.js';

/** Recovery after a crash replays the write-ahead log (1 GB at most by default), which a slow disk needs minutes for. */
export const START_TIMEOUT_MS = 180_000;
const POLL_MS = 15;
/** Between our test of a port and the server's bind somebody else may take it. */
const PORT_ATTEMPTS = 5;
const UNFINISHED_LOCK_MS = 500;
const LOG_BYTES_MAX = 5 * 1024 * 1024;

export interface ServerSettings {
  /** Fixed port; without it a free one is chosen and remembered. */
  readonly port?: number;
  /** false only for throw-away clusters of tests. */
  readonly durable: boolean;
  readonly maxConnections: number;
  /** Further settings of the server, by name. */
  readonly extra: Readonly<Record<string, string | number>>;
}

/** Starts the server and waits until it accepts connections. Throws a PostgresLaunchError. */
export async function startServer(cluster: ClusterHome, settings: ServerSettings): Promise<Postmaster> {
  await removeForeignLock(cluster.data);
  for (let attempt = 1; ; attempt++) {
    const port = settings.port ?? (await choosePort(cluster.home, attempt));
    try {
      const server = await startOn(cluster, settings, port);
      await remember(cluster, port);
      return server;
    } catch (cause) {
      const taken = cause instanceof PostgresLaunchError && cause.code === 'PORT_TAKEN';
      if (taken && settings.port !== undefined) throw portTaken(settings.port, cause.detail);
      if (!taken || attempt === PORT_ATTEMPTS) throw cause;
    }
  }
}

async function startOn(cluster: ClusterHome, settings: ServerSettings, port: number): Promise<Postmaster> {
  const logPath = join(cluster.home, 'server.log');
  const { log, from } = await openLog(logPath, cluster);
  const plan = commandAs(
    cluster.runAs,
    cluster.binaries.postgres,
    serverArguments(cluster.data, settings, port),
  );
  const child = spawn(plan.file, plan.args, {
    uid: plan.uid,
    gid: plan.gid,
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
    // A session of its own: Ctrl-C in the terminal must not stop the database under its users.
    detached: true,
  });
  closeSync(log);
  let ended: string | undefined;
  child.once('error', (cause) => (ended = String(cause)));
  child.once('exit', (code, signal) => (ended ??= `exit ${code ?? signal}`));
  child.unref();
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const server = await readPostmaster(cluster.data);
    if (server?.pid === child.pid && server?.status === 'ready') return server;
    if (ended) throw explainOutput(`${readLog(logPath, from)}\n${ended}`, cluster.home);
    await delay(POLL_MS);
  }
  child.kill('SIGQUIT');
  throw new PostgresLaunchError(
    'START_TIMEOUT',
    `The embedded database was not ready after ${START_TIMEOUT_MS / 1000} seconds: see ${logPath} and start again.`,
  );
}

function serverArguments(data: string, settings: ServerSettings, port: number): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: settings.maxConnections,
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Compiling a plan costs more than our statements take.
    jit: 'off',
    ...(settings.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...settings.extra,
  };
  return ['-D', data, ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * Removes a lock file whose process id now belongs to some other program, or that was never finished. One of a dead
 * process stays: the server checks it itself, and more thoroughly (shared memory still in use).
 */
async function removeForeignLock(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  // Empty for an instant while a server starts; for good when the disk was full or the power failed.
  if (!(await readPostmaster(data))) await delay(UNFINISHED_LOCK_MS);
  const server = await readPostmaster(data);
  const foreign = server && isAlive(server.pid) && !(await isServerOf(server.pid, data));
  if (!server || foreign) await rm(lock, { force: true });
}

async function openLog(path: string, cluster: ClusterHome): Promise<{ log: number; from: number }> {
  try {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > LOG_BYTES_MAX) await rename(path, `${path}.1`);
    const log = openSync(path, 'a', 0o600);
    if (cluster.runAs.kind === 'user') await chown(path, cluster.runAs.uid, cluster.runAs.gid);
    return { log, from: size > LOG_BYTES_MAX ? 0 : size };
  } catch (cause) {
    throw explainSystemError(cause, cluster.home);
  }
}

function readLog(path: string, from: number): string {
  return readFileSync(path).subarray(from).toString('utf8');
}

async function choosePort(home: string, attempt: number): Promise<number> {
  const remembered = attempt === 1 ? readRemembered(home) : undefined;
  if (remembered && (await listenOnce(remembered))) return remembered;
  const free = await listenOnce(0);
  if (!free)
    throw new PostgresLaunchError('PORT_TAKEN', 'No free port on 127.0.0.1: end other programs first.');
  return free;
}

function readRemembered(home: string): number | undefined {
  try {
    const { port } = JSON.parse(readFileSync(join(home, 'state.json'), 'utf8')) as { port: unknown };
    return typeof port === 'number' && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

async function remember(cluster: ClusterHome, port: number): Promise<void> {
  await writeFile(join(cluster.home, 'state.json'), JSON.stringify({ port }), { mode: 0o600 });
}

/** The port that could be listened on, or nothing when it is taken. */
async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((done) => {
    server.once('error', () => done(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

function portTaken(port: number, detail: string): PostgresLaunchError {
  return new PostgresLaunchError(
    'PORT_TAKEN',
    `Port ${port} for the embedded database is taken: end the program that uses it, or choose another port.`,
    detail,
  );
}
