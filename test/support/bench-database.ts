import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '@lorekeep/kit/database';
import { launchPostgres } from '@lorekeep/kit/postgres';
import { migrations } from '@lorekeep/migrations';

export interface BenchDatabase {
  /** Superuser's. */
  adminUrl: string;
  appUrl: string;
  /** A tenant that exists. */
  tenantId: string;
  /** One statement as the owner, inside the tenant. */
  asOwner(sql: string, values?: unknown[]): Promise<pg.QueryResult>;
}

/** Runs `work` on a migrated database of a throw-away cluster that is as durable as the product's. */
export async function withBenchDatabase<T>(work: (database: BenchDatabase) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lorekeep-bench-'));
  const server = await launchPostgres({ folder: join(folder, 'postgres') });
  const password = randomBytes(12).toString('hex');
  const url = (role: string) => `postgres://${role}:${password}@127.0.0.1:${server.port}/bench`;
  const owner = new pg.Client({ connectionString: url('lorekeep_owner') });
  try {
    const admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
    for (const role of ['lorekeep_owner', 'lorekeep_app']) {
      await admin.query(`create role ${role} login nosuperuser nobypassrls password '${password}'`);
    }
    await admin.query('create database bench owner lorekeep_owner');
    await admin.end();
    await migrate({ ownerUrl: url('lorekeep_owner'), appRole: 'lorekeep_app', migrations });
    await owner.connect();
    const tenantId = randomUUID();
    await owner.query(`select set_config('app.tenant', $1, false)`, [tenantId]);
    await owner.query(`insert into tenant (id, slug, name) values ($1, 'bench', 'Bench')`, [tenantId]);
    const asOwner = (sql: string, values: unknown[] = []) => owner.query(sql, values);
    return await work({ adminUrl: server.url('bench'), appUrl: url('lorekeep_app'), tenantId, asOwner });
  } finally {
    await owner.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Figures {
  concurrency: number;
  perSecond: number;
  /** Milliseconds of one call. */
  p50: number;
  p95: number;
  p99: number;
}

/** `concurrency` loops that call `work` one after another for `seconds`, after a short warm-up. */
export async function measureLoops(
  concurrency: number,
  seconds: number,
  work: () => Promise<unknown>,
): Promise<Figures> {
  const run = async (duration: number): Promise<number[]> => {
    const times: number[] = [];
    const end = performance.now() + duration * 1000;
    const loop = async () => {
      while (performance.now() < end) {
        const began = performance.now();
        await work();
        times.push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, loop));
    return times.sort((a, b) => a - b);
  };
  await run(1);
  const times = await run(seconds);
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(2));
  return {
    concurrency,
    perSecond: Math.round(times.length / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

/** With what else was running: a record made on a busy machine must say so. */
export function machine(): string {
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus().length} x ${cpus()[0]?.model ?? '?'}, Node ${process.versions.node}, load ${load} before the start`;
}
