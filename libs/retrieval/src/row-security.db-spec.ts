import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallContext } from '@lorekeep/kit/context';
import { allow, FolderWorld } from './testing/folder-world.js';

let world: FolderWorld;
let stranger: CallContext;
let eve: CallContext;

/** A folder that HR may read, with one document, beside one that everyone may read. */
beforeAll(async () => {
  world = await FolderWorld.open();
  const place = await world.collection();
  const secret = await world.folder(place, 'Secret');
  await world.readers.setOfFolder(world.writer, secret, [allow(world.hr)]);
  await world.document(place, secret);
  await world.document(place, null);
  stranger = await world.fixture.tenant('strangers');
  eve = await world.fixture.employee(stranger, 'eve', [world.hr.slice(6)]);
});
afterAll(() => world.close());

const rows = async (ctx: CallContext, table: string, access: 'caller' | 'all' = 'caller'): Promise<number> =>
  (await world.fixture.database.once(ctx, `select 1 from ${table}`, [], { access })).length;

describe('row security', () => {
  it.each(['document', 'document_content', 'passage'])(
    'shows of %s what the caller may read',
    async (table) => {
      expect(await rows(world.people.anna, table)).toBe(2);
      expect(await rows(world.people.ben, table)).toBe(1);
      // Writing documents is not reading them.
      expect(await rows(world.writer, table)).toBe(1);
      expect(await rows(world.writer, table, 'all')).toBe(2);
    },
  );

  it.each(['segment', 'posting_block'])(
    'shows of %s nothing to callers: it tells of every text',
    async (table) => {
      expect(await rows(world.people.anna, table)).toBe(0);
      expect(await rows(world.writer, table)).toBe(0);
      expect(await rows(world.writer, table, 'all')).toBe(2);
    },
  );

  // Who may know of a folder depends on what lies in it, which Folders asks; the tables hold the tenants apart.
  it.each([
    ['folder', 1],
    ['access_entry', 2],
    ['reader', 2],
    ['collection', 1],
  ])('shows of %s what the tenant has', async (table, count) => {
    expect(await rows(world.people.ben, table)).toBe(count);
    expect(await rows(world.writer, table, 'all')).toBe(count);
  });

  it.each([
    'document',
    'document_content',
    'passage',
    'segment',
    'posting_block',
    'folder',
    'access_entry',
    'reader',
    'collection',
  ])('shows of %s nothing to another tenant, whatever groups its people claim', async (table) => {
    for (const ctx of [stranger, eve]) {
      expect(await rows(ctx, table)).toBe(0);
      expect(await rows(ctx, table, 'all')).toBe(0);
    }
  });

  it.each(['folder', 'access_entry', 'reader', 'document', 'passage', 'segment'])(
    'lets another tenant take nothing from %s',
    async (table) => {
      const { database } = world.fixture;
      const taken = `delete from ${table} returning 1`;
      expect(await database.once(eve, taken, [], { access: 'all' })).toEqual([]);
      expect(await rows(world.writer, table, 'all')).toBeGreaterThan(0);
    },
  );

  it('adds nothing to another tenant', async () => {
    const entry = `insert into access_entry (access_id, principal, tenant_id, effect)
      values (gen_random_uuid(), 'everyone', $1, 'allow')`;
    const adding = world.fixture.database.once(eve, entry, [world.writer.tenantId], { access: 'all' });
    await expect(adding).rejects.toThrow(/row-level security/);
    const folder = `insert into folder (tenant_id, collection_id, name, access_id)
      values ($1, (select id from collection limit 1), 'x', gen_random_uuid())`;
    const making = world.fixture.database.once(eve, folder, [world.writer.tenantId], { access: 'all' });
    await expect(making).rejects.toThrow(/row-level security|null value/);
  });
});
