import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { EntitySchema } from 'typeorm';
import { systemContext, type CallContext } from '../context/index.js';
import { cloneDatabase, type ClonedDatabase } from '../testing/index.js';
import { connectDatabase } from './connect.js';
import type { Database } from './database.js';

interface Collection {
  id: string;
  tenantId: string;
  slug: string;
  name: string;
}

const collections = new EntitySchema<Collection>({
  name: 'collection',
  tableName: 'collection',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    tenantId: { type: 'uuid', name: 'tenant_id' },
    slug: { type: 'text' },
    name: { type: 'text' },
  },
});

const SETTINGS = `select current_setting('app.tenant', true) as tenant, current_setting('app.principals', true) as principals,
  current_setting('app.access', true) as access, current_setting('synchronous_commit') as durable, pg_backend_pid() as pid`;
const INSERT = 'insert into collection (tenant_id, slug, name) values ($1, $2, $2) returning slug';

interface Settings {
  tenant: string | null;
  principals: string | null;
  access: string | null;
  durable: string;
  pid: number;
}

describe('Database', () => {
  let clone: ClonedDatabase;
  const opened: Database[] = [];
  const ours = systemContext(randomUUID());
  const theirs = systemContext(randomUUID());

  const open = async (options: { poolSize?: number; statementTimeout?: number; url?: string } = {}) => {
    const database = await connectDatabase({
      url: clone.appUrl,
      entities: [collections],
      poolSize: 2,
      statementTimeout: 10_000,
      applicationName: 'database-spec',
      ...options,
    });
    opened.push(database);
    return database;
  };
  const slugs = async (database: Database, ctx: CallContext) =>
    (await database.once<{ slug: string }>(ctx, 'select slug from collection order by slug')).map(
      ({ slug }) => slug,
    );

  beforeAll(async () => {
    clone = await cloneDatabase();
    const owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    for (const { tenantId } of [ours, theirs]) {
      await owner.query(`begin; select set_config('app.tenant', '${tenantId}', true)`);
      await owner.query(`insert into tenant (id, slug, name) values ($1, 't' || left($2, 8), 'T')`, [
        tenantId,
        tenantId,
      ]);
      await owner.query('commit');
    }
    await owner.end();
  });
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  afterAll(() => clone.drop());

  describe('the tenant of a transaction', () => {
    it('is set inside it and gone after it, on the same connection', async () => {
      const database = await open({ poolSize: 1 });
      const [inside] = await database.transaction(ours, (tx) => tx.query<Settings>(SETTINGS));
      expect(inside).toMatchObject({
        tenant: ours.tenantId,
        principals: 'everyone',
        access: 'caller',
        durable: 'on',
      });
      const [once] = await database.once<Settings>(theirs, SETTINGS, [], { access: 'all', durable: false });
      expect(once).toMatchObject({ tenant: theirs.tenantId, access: 'all', durable: 'off' });
      const [after] = await database.withoutTenant<Settings>(SETTINGS);
      expect(after).toEqual({ tenant: '', principals: '', access: '', durable: 'on', pid: inside?.pid });
    });

    it('is gone after a failure too', async () => {
      const database = await open({ poolSize: 1 });
      await expect(database.once(ours, 'select 1 / 0')).rejects.toThrow(/division/);
      await expect(database.transaction(ours, (tx) => tx.query('select 1 / 0'))).rejects.toThrow(/division/);
      const [after] = await database.withoutTenant<Settings>(SETTINGS);
      expect(after).toMatchObject({ tenant: '', principals: '', access: '' });
    });

    it('never reaches a neighbour on a pool that is used by many at once', async () => {
      const database = await open({ poolSize: 3 });
      const seen = await Promise.all(
        Array.from({ length: 60 }, async (_, index) => {
          const ctx = index % 2 ? ours : theirs;
          if (index % 3 === 0) return { ctx, rows: await database.once<Settings>(ctx, SETTINGS) };
          if (index % 5 === 0) return { ctx: null, rows: await database.withoutTenant<Settings>(SETTINGS) };
          const rows = await database.transaction(ctx, async (tx) => {
            const before = await tx.query<Settings>(SETTINGS);
            await tx.query('select pg_sleep(0.002)');
            return [...before, ...(await tx.query<Settings>(SETTINGS))];
          });
          return { ctx, rows };
        }),
      );
      for (const { ctx, rows } of seen) {
        for (const row of rows) expect(row.tenant || null).toBe(ctx?.tenantId ?? null);
      }
      expect(new Set(seen.flatMap(({ rows }) => rows.map(({ pid }) => pid))).size).toBeLessThanOrEqual(3);
    });

    it.each([
      ['no uuid', 'main'],
      ['a quote', `${randomUUID()}', true); drop table collection; --`],
      ['nothing', ''],
    ])('is refused when it is %s, before anything is sent', async (_, tenantId) => {
      const database = await open({ poolSize: 1 });
      await expect(database.once({ ...ours, tenantId }, 'select 1')).rejects.toThrow(
        'tenant id is not a uuid',
      );
      await expect(database.transaction({ ...ours, tenantId }, (tx) => tx.query('select 1'))).rejects.toThrow(
        'tenant id is not a uuid',
      );
      expect(await slugs(database, ours)).toEqual([]);
    });

    it.each([`x', true); select 1; --`, 'a,everyone', 'a b', '\n'])(
      'is refused with a principal like %j',
      async (name) => {
        const database = await open({ poolSize: 1 });
        for (const caller of [
          { ...ours.caller, userId: name },
          { ...ours.caller, groupIds: [randomUUID(), name] },
        ]) {
          const ctx = { ...ours, caller };
          await expect(database.once(ctx, 'select 1')).rejects.toThrow('principal has unexpected characters');
          await expect(database.transaction(ctx, (tx) => tx.query('select 1'))).rejects.toThrow('principal');
        }
      },
    );
  });

  describe('transaction', () => {
    it('rolls back when the work throws, and hands on the very error', async () => {
      const database = await open({ poolSize: 1 });
      const failure = new Error('half-way');
      const work = database.transaction(ours, async (tx) => {
        await tx.query(INSERT, [ours.tenantId, 'half']);
        throw failure;
      });
      await expect(work).rejects.toBe(failure);
      expect(await slugs(database, ours)).toEqual([]);
    });

    it('throws when the work swallowed a failed statement: nothing was committed', async () => {
      const database = await open();
      const work = database.transaction(ours, async (tx) => {
        await tx.query(INSERT, [ours.tenantId, 'swallowed']);
        await tx.query('select 1 / 0').catch(() => undefined);
        return 'looks fine';
      });
      await expect(work).rejects.toThrow('rolled back instead of committed');
      expect(await slugs(database, ours)).toEqual([]);
    });

    it("lets TypeORM's manager write on the same connection, inside the same transaction", async () => {
      const database = await open();
      const save = (fail: boolean) =>
        database.transaction(ours, async ({ manager, query }) => {
          const [row] = await manager.save(collections, [
            { tenantId: ours.tenantId, slug: 'orm', name: 'ORM' },
          ]);
          expect(await query('select name from collection where id = $1', [row?.id])).toEqual([
            { name: 'ORM' },
          ]);
          if (fail) throw new Error('not this time');
        });
      await expect(save(true)).rejects.toThrow('not this time');
      expect(await slugs(database, ours)).toEqual([]);
      await save(false);
      expect(await slugs(database, ours)).toEqual(['orm']);
      expect(await slugs(database, theirs)).toEqual([]);
      await database.once(ours, 'delete from collection');
    });

    it('does not put a connection back that the server has ended', async () => {
      const database = await open({ poolSize: 1 });
      const die = 'select pg_terminate_backend(pg_backend_pid())';
      for (const failing of [
        () => database.transaction(ours, (tx) => tx.query(die)),
        () => database.once(ours, die),
        () => database.withoutTenant(die),
      ]) {
        const [before] = await database.once<Settings>(ours, SETTINGS);
        await expect(failing()).rejects.toThrow();
        const [after] = await database.once<Settings>(ours, SETTINGS);
        expect(after?.tenant).toBe(ours.tenantId);
        expect(after?.pid).not.toBe(before?.pid);
      }
    });
  });

  describe('once', () => {
    it('commits what it wrote', async () => {
      const database = await open();
      expect(await database.once(ours, INSERT, [ours.tenantId, 'kept'])).toEqual([{ slug: 'kept' }]);
      expect(await slugs(database, ours)).toEqual(['kept']);
      await database.once(ours, 'delete from collection');
    });

    it('commits nothing of a statement that fails', async () => {
      const database = await open({ poolSize: 1 });
      const sql = `with added as (${INSERT}) select 1 / (length(slug) - 4) from added`;
      await expect(database.once(ours, sql, [ours.tenantId, 'four'])).rejects.toThrow(/division/);
      expect(await slugs(database, ours)).toEqual([]);
    });

    it('throws when the commit itself fails', async () => {
      const database = await open({ poolSize: 1 });
      const owner = new pg.Client({ connectionString: clone.ownerUrl });
      await owner.connect();
      const fkey = 'alter table collection alter constraint collection_tenant_id_fkey';
      await owner.query(`${fkey} deferrable initially deferred`);
      const nobody = systemContext(randomUUID());
      const insert = database.once(nobody, INSERT, [nobody.tenantId, 'orphan']);
      await expect(insert).rejects.toThrow(/foreign key/);
      expect(await slugs(database, nobody)).toEqual([]);
      await owner.query(`${fkey} not deferrable`);
      await owner.end();
    });

    it('gives each of many parallel calls its own rows', async () => {
      const database = await open({ poolSize: 2 });
      const calls = Array.from({ length: 200 }, (_, index) =>
        index % 10 === 7
          ? database.once(ours, 'select 1 / ($1::int - $1::int) as n', [index]).then(
              () => 'no error',
              () => 'failed',
            )
          : database.once<{ n: number; tenant: string }>(
              index % 2 ? ours : theirs,
              `select $1::int as n, current_setting('app.tenant') as tenant`,
              [index],
            ),
      );
      (await Promise.all(calls)).forEach((result, index) => {
        const { tenantId } = index % 2 ? ours : theirs;
        expect(result).toEqual(index % 10 === 7 ? 'failed' : [{ n: index, tenant: tenantId }]);
      });
    });
  });

  it('lets the server cancel a statement that takes too long, and keeps the connection', async () => {
    const database = await open({ poolSize: 1, statementTimeout: 100 });
    const slow = 'select pg_sleep(5)';
    await expect(database.once(ours, slow)).rejects.toThrow(/statement timeout/);
    await expect(database.transaction(ours, (tx) => tx.query(slow))).rejects.toThrow(/statement timeout/);
    expect(await slugs(database, ours)).toEqual([]);
  });

  it('refuses to connect as the owner of the tables', async () => {
    await expect(open({ url: clone.ownerUrl })).rejects.toThrow(/neither owns the tables nor bypasses/);
  });
});
