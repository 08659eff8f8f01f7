import type { DataSource } from 'typeorm';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ManualClock } from '../clock/index.js';
import { systemContext, type CallContext, type Role } from '../context/index.js';
import { connectDatabase, type Database, type Entities } from '../database/index.js';
import { cloneDatabase } from './clone-database.js';

export interface PeopleOptions {
  readonly entities: Entities;
  readonly role: Role;
  readonly applicationName: string;
}

export interface People {
  database: Database<DataSource>;
  clock: ManualClock;
  /** Two people of one tenant, and one of another. */
  ann: CallContext;
  ben: CallContext;
  stranger: CallContext;
  close(): Promise<void>;
}

/** A migrated database of its own with three people in two tenants. */
export async function openPeople({ entities, role, applicationName }: PeopleOptions): Promise<People> {
  const clone = await cloneDatabase();
  const [one, two] = [randomUUID(), randomUUID()];
  const owner = new pg.Client({ connectionString: clone.ownerUrl });
  await owner.connect();
  const add = async (tenantId: string, name: string): Promise<CallContext> => {
    await owner.query(`select set_config('app.tenant', $1, false)`, [tenantId]);
    await owner.query('insert into tenant (id, slug, name) values ($1, $2, $2) on conflict do nothing', [
      tenantId,
      `t-${tenantId}`,
    ]);
    const userId = randomUUID();
    await owner.query(
      `insert into app_user (id, tenant_id, email, display_name, roles) values ($1, $2, $3, $3, $4)`,
      [userId, tenantId, `${name}@example.com`, [role]],
    );
    const ctx = systemContext(tenantId);
    return { ...ctx, caller: { ...ctx.caller, kind: 'user', userId, displayName: name } };
  };
  const [ann, ben, stranger] = [await add(one, 'ann'), await add(one, 'ben'), await add(two, 'eve')];
  await owner.end();
  const database = await connectDatabase({
    url: clone.appUrl,
    entities,
    poolSize: 8,
    statementTimeout: 10_000,
    applicationName,
  });
  return {
    database,
    clock: new ManualClock(),
    ann,
    ben,
    stranger,
    async close() {
      await database.close();
      await clone.drop();
    },
  };
}
