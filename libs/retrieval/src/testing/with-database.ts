import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '@lorekeep/kit/database';
import { launchPostgres } from '@lorekeep/kit/postgres';
import { migrations } from '@lorekeep/migrations';

/** Runs `work` on a fresh, migrated database of a throw-away cluster with the settings of the product. */
export async function withDatabase<T>(
  work: (urls: { ownerUrl: string; appUrl: string; adminUrl: string }) => Promise<T>,
  options: { readonly program?: string } = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lorekeep-bench-'));
  const server = await launchPostgres({ folder: join(folder, 'postgres'), ...options });
  try {
    const admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
    const password = randomBytes(12).toString('hex');
    for (const role of ['lorekeep_owner', 'lorekeep_app']) {
      await admin.query(`create role ${role} login nosuperuser nobypassrls password '${password}'`);
    }
    await admin.query('create database bench owner lorekeep_owner');
    await admin.end();
    const at = (role: string): string => `postgres://${role}:${password}@127.0.0.1:${server.port}/bench`;
    await migrate({ ownerUrl: at('lorekeep_owner'), appRole: 'lorekeep_app', migrations });
    const adminUrl = server.url('bench');
    return await work({ ownerUrl: at('lorekeep_owner'), appUrl: at('lorekeep_app'), adminUrl });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
