import { randomUUID } from 'node:crypto';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { entities } from '../store/entities.js';

/** A migrated database of its own with one tenant, for db-specs. */
export interface World {
  readonly clone: ClonedDatabase;
  readonly db: Database;
  readonly tenantId: string;
  ctx(userId?: string | null, groupIds?: string[]): CallContext;
  addUser(): Promise<string>;
  addGroup(): Promise<string>;
  /** One statement as the owner of the schema, inside the tenant. */
  asOwner<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const clone = await cloneDatabase();
  const owner = new pg.Client({ connectionString: clone.ownerUrl });
  await owner.connect();
  const tenantId = randomUUID();
  await owner.query(`select set_config('app.tenant', $1, false)`, [tenantId]);
  await owner.query(`insert into tenant (id, slug, name) values ($1, 'acme', 'Acme')`, [tenantId]);
  const db = await connectDatabase({
    url: clone.appUrl,
    entities,
    poolSize: 10,
    statementTimeout: 10_000,
    applicationName: 'quota-spec',
  });
  const asOwner = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await owner.query<Row & pg.QueryResultRow>(sql, values)).rows;
  return {
    clone,
    db,
    tenantId,
    ctx: (userId = null, groupIds = []) => {
      const base = systemContext(tenantId);
      return { ...base, caller: { ...base.caller, kind: 'user', userId, groupIds } };
    },
    addUser: async () => {
      const id = randomUUID();
      await asOwner(
        `insert into app_user (id, tenant_id, email, display_name, roles) values ($1, $2, $3, 'A', '{employee}')`,
        [id, tenantId, `${id}@example.com`],
      );
      return id;
    },
    addGroup: async () => {
      const id = randomUUID();
      await asOwner(`insert into user_group (id, tenant_id, name) values ($1, $2, $3)`, [id, tenantId, id]);
      return id;
    },
    asOwner,
    close: async () => {
      await db.close();
      await owner.end();
      await clone.drop();
    },
  };
}
