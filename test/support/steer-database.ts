import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { ClonedDatabase } from '@lorekeep/kit/testing';

const APPEND = 'function audit_append(jsonb)';

/** Makes a database fail in the ways in which databases fail, and heals it. */
export interface SteeredDatabase {
  /** The audit can be read, but not written. */
  forbidAudit(): Promise<void>;
  allowAudit(): Promise<void>;
  /** Somebody else holds the end of every chain, until `release` is called. */
  lockChains(): Promise<{ release(): Promise<void> }>;
  /** Ends every connection of the application, and lets no new one in. */
  shutOut(): Promise<void>;
  /** Ends every connection of the application once; new ones are let in. */
  cutConnections(): Promise<void>;
  letIn(): Promise<void>;
  close(): Promise<void>;
}

export async function steerDatabase(database: ClonedDatabase): Promise<SteeredDatabase> {
  const file = process.env.LOREKEEP_TEST_POSTGRES ?? '';
  const { adminUrl } = JSON.parse(readFileSync(file, 'utf8')) as { adminUrl: string };
  const inside = new URL(adminUrl);
  inside.pathname = `/${database.name}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const withOwner = async (sql: string) => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  };
  const cut = async () => {
    const mine = `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = 'lorekeep_app'`;
    await admin.query(mine, [database.name]);
  };
  const connections = (allowed: boolean) =>
    admin.query(`alter database ${database.name} with allow_connections ${allowed}`);
  return {
    forbidAudit: () => withOwner(`revoke execute on ${APPEND} from lorekeep_app, public`),
    allowAudit: () => withOwner(`grant execute on ${APPEND} to lorekeep_app`),
    lockChains: async () => {
      const locker = new pg.Client({ connectionString: inside.href });
      await locker.connect();
      await locker.query('begin');
      await locker.query('select 1 from audit_head for update');
      return {
        release: async () => {
          await locker.query('rollback');
          await locker.end();
        },
      };
    },
    shutOut: async () => {
      await connections(false);
      await cut();
    },
    cutConnections: cut,
    letIn: async () => void (await connections(true)),
    close: () => admin.end(),
  };
}
