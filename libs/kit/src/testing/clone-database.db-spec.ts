import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase, type ClonedDatabase } from './clone-database.js';

describe('cloneDatabase', () => {
  const clones: ClonedDatabase[] = [];
  const clone = async () => {
    const database = await cloneDatabase();
    clones.push(database);
    return database;
  };
  afterEach(async () => {
    for (const database of clones.splice(0)) await database.drop();
  });

  it('gives migrated databases of their own, at once too', async () => {
    const databases = await Promise.all([clone(), clone(), clone()]);
    expect(new Set(databases.map((database) => database.name)).size).toBe(3);
    for (const database of databases) {
      expect(await ask(database.ownerUrl, 'select count(*)::int as n from schema_migration')).not.toEqual([
        { n: 0 },
      ]);
    }
  });

  it('connects the application as a role that neither owns nor bypasses', async () => {
    const { appUrl } = await clone();
    expect(
      await ask(
        appUrl,
        `select rolsuper, rolbypassrls, (select count(*)::int from pg_class where relowner = r.oid) as owned
           from pg_roles r where rolname = current_user`,
      ),
    ).toEqual([{ rolsuper: false, rolbypassrls: false, owned: 0 }]);
  });

  it('fails at drop when a connection was left open', async () => {
    const database = await cloneDatabase();
    const leak = new pg.Client({ connectionString: database.appUrl, application_name: 'the-leak' });
    leak.on('error', () => {});
    await leak.connect();
    await expect(database.drop()).rejects.toThrow(/1 connection\(s\).*the-leak/);
  });
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
