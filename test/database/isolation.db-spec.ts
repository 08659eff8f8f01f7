import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { connectOwner, type OwnedDatabase } from './connect-owner.js';

const RECORD = JSON.stringify([{ id: randomUUID(), kind: 'test', actor: 'Test', detail: {} }]);

describe('row security and the audit tables, as the two roles meet them', () => {
  let database: OwnedDatabase;
  let app: pg.Client;
  const tenants = { ours: randomUUID(), theirs: randomUUID() };

  beforeAll(async () => {
    database = await connectOwner();
    app = new pg.Client({ connectionString: database.clone.appUrl });
    app.on('error', () => undefined);
    await app.connect();
    for (const [slug, id] of Object.entries(tenants)) {
      await within(database.owner, id, [
        `insert into tenant (id, slug, name) values ('${id}', '${slug}', '${slug}')`,
        `insert into collection (tenant_id, slug, name) values ('${id}', 'all', 'All of ${slug}')`,
      ]);
      await within(app, id, [`select audit_append('${RECORD.replace(/[0-9a-f-]{36}/, randomUUID())}')`]);
    }
  });
  afterAll(async () => {
    await app.end();
    await database.close();
  });

  it('shows a tenant its own rows only, in every table', async () => {
    const { rows: tables } = await app.query<{ name: string }>(
      `select c.relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
          and has_table_privilege(c.oid, 'select') and relname <> 'tenant'`,
    );
    for (const { name } of tables) {
      const foreign = `select count(*)::int as n from ${name} where tenant_id <> '${tenants.ours}'`;
      expect(await within(app, tenants.ours, [foreign])).toEqual([{ n: 0 }]);
    }
    expect(await within(app, tenants.ours, ['select name from collection'])).toEqual([
      { name: 'All of ours' },
    ]);
    expect(await within(app, tenants.ours, ['select slug from tenant'])).toEqual([{ slug: 'ours' }]);
  });

  it('shows nothing at all where no tenant is set, to the owner neither', async () => {
    for (const client of [app, database.owner]) {
      expect((await client.query('select * from collection')).rows).toEqual([]);
      expect((await client.query('select * from audit_record')).rows).toEqual([]);
    }
  });

  it("neither takes in nor changes rows of another tenant's", async () => {
    const insert = `insert into collection (tenant_id, slug, name) values ('${tenants.theirs}', 'x', 'x')`;
    await expect(within(app, tenants.ours, [insert])).rejects.toThrow(/row-level security/);
    const give = `update collection set tenant_id = '${tenants.theirs}'`;
    await expect(within(app, tenants.ours, [give])).rejects.toThrow(/row-level security/);
    const take = `update collection set name = 'taken' where tenant_id = '${tenants.theirs}' returning 1`;
    expect(await within(app, tenants.ours, [take])).toEqual([]);
  });

  it.each([
    'update audit_record set actor = actor',
    'delete from audit_record',
    'truncate audit_record',
    'insert into audit_record select * from audit_record',
    'update audit_head set sequence = 0',
    'insert into audit_head select * from audit_head',
    'delete from audit_head',
    'truncate audit_head',
    `insert into tenant (slug, name) values ('x', 'x')`,
    'delete from tenant',
    'select * from schema_migration',
  ])('refuses the application by grant: %s', async (statement) => {
    await expect(within(app, tenants.ours, [statement])).rejects.toThrow(/permission denied/);
  });

  it.each(['update audit_record set actor = actor', 'delete from audit_record', 'truncate audit_record'])(
    'refuses even the owner by trigger: %s',
    async (statement) => {
      await expect(within(database.owner, tenants.ours, [statement])).rejects.toThrow(/append-only/);
    },
  );

  it.each([
    'set role lorekeep_owner',
    'set session authorization lorekeep_owner',
    'alter table collection disable row level security',
    'alter table audit_record disable trigger all',
    'drop policy tenant on collection',
    'create table mine (id int)',
    `set session_replication_role = 'replica'`,
  ])('lets the application not help itself: %s', async (statement) => {
    await expect(within(app, tenants.ours, [statement])).rejects.toThrow(/permission denied|must be owner/);
  });
});

/** Runs the statements in one transaction of the tenant; rows of the last. */
async function within(client: pg.Client, tenant: string, statements: string[]): Promise<unknown[]> {
  await client.query(`begin; select set_config('app.tenant', '${tenant}', true)`);
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows as unknown[];
    await client.query('commit');
    return rows;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
