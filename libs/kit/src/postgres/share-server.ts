import { setTimeout as delay } from 'node:timers/promises';
import { realpathSync } from 'node:fs';
import pg from 'pg';
import type { Superuser } from './initialise-cluster.js';
import { inUse } from './explain-failure.js';
import { PostgresLaunchError } from './postgres.errors.js';
import { isServerOf } from './read-postmaster.js';

/**
 * Launchers count themselves with an advisory lock: each holds it shared, on one idle connection. Whoever leaves and
 * then gets it alone was the last, and stops the server. A killed launcher loses its connection and so its share.
 */
const MEMBERS_LOCK = 7_205_759_403;

const CONNECT_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 60_000;
const POLL_MS = 15;

/** The driver has both methods; its type declarations lack them. */
type Member = pg.Client & { ref(): void; unref(): void };

/** Connects as a member. Throws IN_USE when the server turns out to be another folder's. */
export async function joinServer(port: number, superuser: Superuser, data: string): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    ...superuser,
    database: 'postgres',
    application_name: 'lorekeep-launcher',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ssl: false,
  });
  // The end of the connection is what counts; without a listener an error would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data: string }>('SELECT current_setting($1) AS data', [
      'data_directory',
    ]);
    if (realpathSync(rows[0]?.data ?? '/') !== realpathSync(data))
      throw inUse(data, `port ${port} serves ${rows[0]?.data}`);
    await client.query('SELECT pg_advisory_lock_shared($1)', [MEMBERS_LOCK]);
  } catch (cause) {
    await client.end().catch(() => {});
    throw cause;
  }
  // A launcher that forgets to leave must not keep its process alive.
  (client as Member).unref();
  return client;
}

/** Leaves; stops the server when nobody else is a member. Returns whether it was stopped. */
export async function leaveServer(member: pg.Client, pid: number, data: string): Promise<boolean> {
  (member as Member).ref();
  const last = await isLast(member);
  if (last) await stopServer(pid, data);
  await member.end().catch(() => {});
  return last;
}

async function isLast(member: pg.Client): Promise<boolean> {
  try {
    await member.query('SELECT pg_advisory_unlock_shared($1)', [MEMBERS_LOCK]);
    const { rows } = await member.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
      MEMBERS_LOCK,
    ]);
    return rows[0]?.alone ?? false;
  } catch {
    return true; // the server is gone or going
  }
}

/** Fast shutdown: ends sessions, writes a checkpoint. Immediate shutdown (recovered at the next start) if that hangs. */
export async function stopServer(pid: number, data: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!(await isServerOf(pid, data))) return;
    process.kill(pid, signal);
    const deadline = performance.now() + STOP_TIMEOUT_MS;
    while (performance.now() < deadline) {
      if (!(await isServerOf(pid, data))) return;
      await delay(POLL_MS);
    }
  }
  throw new PostgresLaunchError(
    'STOP_TIMEOUT',
    `The embedded database (process ${pid}) does not end: end it by hand.`,
  );
}
