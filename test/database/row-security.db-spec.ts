import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectOwner, type OwnedDatabase } from './connect-owner.js';

/** Tables that belong to no tenant; the application's role may not touch them. */
const WITHOUT_TENANT = ['inference_engine_host', 'inference_heartbeat', 'schema_migration'];
/** What runs with the owner's rights; each was read with care. */
const RUN_AS_OWNER = [
  'audit_append',
  'inference_beat',
  'inference_host_say',
  'inference_hosts',
  'tenant_by_slug',
  'tenant_ids',
  'vector_index',
  'vector_index_drop',
];
const FULL = 'DELETE, INSERT, SELECT, UPDATE';
/** Tables on which the application's role has less than all four. */
const NARROW: Record<string, string> = {
  audit_head: 'SELECT',
  audit_record: 'SELECT',
  scan_hit: 'DELETE, INSERT, SELECT',
  firewall_case: 'DELETE, INSERT, SELECT',
  firewall_policy_version: 'DELETE, INSERT, SELECT',
  tenant: 'SELECT, UPDATE',
};

interface TableRow {
  name: string;
  secured: boolean;
  forced: boolean;
  policies: number;
}

interface PolicyRow {
  table: string;
  policy: string;
  to: string;
  rule: string;
}

describe('the catalogue', () => {
  let database: OwnedDatabase;
  beforeAll(async () => {
    database = await connectOwner();
  });
  afterAll(() => database.close());
  const ask = async <Row extends object>(sql: string) => (await database.owner.query<Row>(sql)).rows;

  it('has forced row security and a policy on every table that has a tenant', async () => {
    const tables = await ask<TableRow>(
      `select relname as name, relrowsecurity as secured, relforcerowsecurity as forced,
              (select count(*)::int from pg_policy where polrelid = c.oid) as policies
         from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f', 'm') order by 1`,
    );
    const open = tables.filter(({ secured, forced, policies }) => !secured || !forced || policies === 0);
    expect(open.map(({ name }) => name)).toEqual(WITHOUT_TENANT);
    expect(tables.length).toBeGreaterThan(20);
  });

  it('has a tenant_id that is never null on every table but the tenant itself', async () => {
    const rows = await ask<{ name: string }>(
      `select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
          and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull)
        order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([...WITHOUT_TENANT, 'tenant']);
  });

  it('asks for the tenant in every policy, in what is read and in what is written', async () => {
    const policies = await ask<PolicyRow>(
      `select tablename as table, policyname as policy, roles::text as to, rule
         from pg_policies cross join lateral (values (qual), (with_check)) r (rule)
        where schemaname = 'public' and rule is not null`,
    );
    const careless = policies.filter(({ rule }) => !rule.includes('app_tenant()'));
    expect(careless).toEqual([
      { table: 'tenant', policy: 'directory', to: '{lorekeep_owner}', rule: 'true' },
    ]);
  });

  it('grants the application no more than it needs, and nothing to everybody', async () => {
    const rows = await ask<{ table: string; role: string; privileges: string }>(
      `select table_name as table, grantee as role, string_agg(privilege_type, ', ' order by privilege_type) as privileges
         from information_schema.role_table_grants
        where table_schema = 'public' and grantee <> 'lorekeep_owner' group by 1, 2 order by 1`,
    );
    for (const { table, role, privileges } of rows) {
      expect({ table, role, privileges }).toEqual({
        table,
        role: 'lorekeep_app',
        privileges: NARROW[table] ?? FULL,
      });
    }
    expect(rows.map(({ table }) => table)).not.toEqual(expect.arrayContaining(WITHOUT_TENANT));
    expect(rows.length).toBeGreaterThan(20);
  });

  it('runs as its owner only what is known to, with a fixed search path, and not for everybody', async () => {
    const rows = await ask<{ name: string; path: string | null; everybody: boolean }>(
      `select proname as name, array_to_string(proconfig, ';') as path,
              proacl is null or exists (select from aclexplode(proacl) where grantee = 0) as everybody
         from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`,
    );
    expect(rows).toEqual(
      RUN_AS_OWNER.map((name) => ({ name, path: 'search_path=pg_catalog, public', everybody: false })),
    );
  });

  it('gives the application a role that neither owns, nor bypasses, nor becomes another', async () => {
    const [role] = await ask<Record<string, unknown>>(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
              (select count(*)::int from pg_auth_members where member = r.oid) as memberships,
              (select count(*)::int from pg_class where relowner = r.oid) as tables,
              (select count(*)::int from pg_proc where proowner = r.oid) as functions,
              has_schema_privilege(r.oid, 'public', 'create') as creates
         from pg_roles r where rolname = 'lorekeep_app'`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      memberships: 0,
      tables: 0,
      functions: 0,
      creates: false,
    });
  });
});
