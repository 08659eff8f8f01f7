import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallContext } from '@lorekeep/kit/context';
import { allow, deny, FolderWorld, user } from './testing/folder-world.js';
import { compareAccess } from './testing/naive-access.js';

let world: FolderWorld;
let writer: CallContext;
beforeAll(async () => {
  world = await FolderWorld.open();
  ({ writer } = world);
});
afterAll(async () => {
  expect(await compareAccess(world.fixture.database, writer)).toEqual([]);
  await world.close();
});

const collection = () => world.collection();
const folder = (collectionId: string, name: string, parentId: string | null = null) =>
  world.folder(collectionId, name, parentId);
const document = (collectionId: string, folderId: string | null) => world.document(collectionId, folderId);

describe('readers of folders', () => {
  it('hold for all beneath, the nearest that allows anybody, with every denial', async () => {
    const place = await collection();
    const top = await folder(place, 'Top');
    const inner = await folder(place, 'Inner', top);
    const paper = await document(place, inner);
    expect(await world.both(paper)).toEqual([true, true]);
    await world.readers.setOfFolder(writer, top, [allow(world.hr)]);
    expect(await world.both(paper)).toEqual([true, false]);
    await world.readers.setOfFolder(writer, inner, [allow(user(world.people.ben))]);
    expect(await world.both(paper)).toEqual([false, true]);
    await world.readers.setOfDocument(writer, paper, [allow('everyone')]);
    expect(await world.both(paper)).toEqual([true, true]);
    await world.readers.setOfFolder(writer, top, [allow(world.hr), deny(user(world.people.ben))]);
    expect(await world.both(paper)).toEqual([true, false]);
    expect(await world.readers.ofDocument(writer, paper)).toEqual({
      readers: [{ principal: 'everyone', effect: 'allow', name: 'everyone' }],
      inherited: [{ principal: user(world.people.ben), effect: 'deny', name: 'ben@example.test' }],
    });
    await world.readers.setOfDocument(writer, paper, []);
    await world.readers.setOfFolder(writer, inner, []);
    await world.readers.setOfFolder(writer, top, []);
    expect(await world.both(paper)).toEqual([true, true]);
    expect(await world.readers.setOfFolder(writer, crypto.randomUUID(), [])).toBeNull();
  });

  it('are those of the new place after a move, of folder and of document', async () => {
    const place = await collection();
    const secret = await folder(place, 'Secret');
    await world.readers.setOfFolder(writer, secret, [allow(world.hr)]);
    const moving = await folder(place, 'Moving');
    const paper = await document(place, moving);
    await world.folders.update(writer, moving, { parentId: secret });
    expect(await world.both(paper)).toEqual([true, false]);
    await world.folders.place(writer, [paper], { collectionId: place, folderId: null });
    expect(await world.both(paper)).toEqual([true, true]);
    const other = await collection();
    await world.readers.setOfCollection(writer, other, [allow(user(world.people.ben))]);
    expect(await world.folders.place(writer, [paper, paper], { collectionId: other, folderId: null })).toBe(
      1,
    );
    expect(await world.both(paper)).toEqual([false, true]);
  });

  it('are explained along the whole chain', async () => {
    const place = await collection();
    const top = await folder(place, 'Top');
    const paper = await document(place, top);
    await world.readers.setOfFolder(writer, top, [allow(world.hr)]);
    const about = { kind: 'document' as const, id: paper };
    const source = { source: 'folder', sourceId: top, sourceName: 'Top' };
    expect(await world.readers.explain(writer, world.people.anna.caller.userId ?? '', about)).toMatchObject({
      readable: true,
      verdict: 'allowed',
      because: [
        { ...source, principal: world.hr, decides: true },
        { source: 'collection', principal: 'everyone', decides: false },
      ],
      scopes: [
        { kind: 'document', decides: false },
        { kind: 'folder', id: top, name: 'Top', allows: 1, denies: 0, decides: true },
        { kind: 'collection', id: place, decides: false },
      ],
    });
    expect(await world.readers.explain(writer, world.people.ben.caller.userId ?? '', about)).toMatchObject({
      readable: false,
      verdict: 'others',
      because: [{ source: 'collection', decides: false }],
    });
    expect(
      await world.readers.explain(writer, world.people.ben.caller.userId ?? '', { kind: 'folder', id: top }),
    ).toMatchObject({ readable: false, verdict: 'others' });
    await world.readers.setOfFolder(writer, top, [deny(world.hr)]);
    await world.readers.setOfCollection(writer, place, []);
    expect(await world.readers.explain(writer, world.people.ben.caller.userId ?? '', about)).toMatchObject({
      verdict: 'nobody',
    });
    expect(await world.readers.explain(writer, world.people.anna.caller.userId ?? '', about)).toMatchObject({
      verdict: 'denied',
    });
  });

  it('name the places where a group is denied', async () => {
    const place = await collection();
    const top = await folder(place, 'Top');
    const paper = await document(place, top);
    const group = `group:${await world.fixture.group(writer, 'externals')}`;
    expect(await world.readers.denials(writer, group)).toEqual([]);
    await world.readers.setOfFolder(writer, top, [deny(group)]);
    await world.readers.setOfDocument(writer, paper, [deny(group), allow('everyone')]);
    await world.readers.setOfCollection(writer, place, [allow(group)]);
    expect(await world.readers.denials(writer, group)).toEqual([
      { scope: 'document', id: paper, name: 'Salaries' },
      { scope: 'folder', id: top, name: 'Top' },
    ]);
    const remove = 'delete from user_group where id = $1 returning id';
    await expect(world.fixture.database.once(writer, remove, [group.slice(6)])).rejects.toMatchObject({
      constraint: 'reader_denies',
    });
    await world.readers.setOfFolder(writer, top, []);
    await world.readers.setOfDocument(writer, paper, []);
    expect(await world.fixture.database.once(writer, remove, [group.slice(6)])).toHaveLength(1);
    const ben = user(world.people.ben).slice(5);
    await world.readers.setOfCollection(writer, place, [allow(group), deny(user(world.people.ben))]);
    const person = world.fixture.asTenant(writer.tenantId, 'delete from app_user where id = $1', [ben]);
    await expect(person).rejects.toMatchObject({ constraint: 'reader_denies' });
    await world.readers.setOfCollection(writer, place, [allow(group)]);
    // What it was named for stays as it was: nobody.
    expect(await world.both(paper)).toEqual([false, false]);
    await expect(
      world.readers.setOfCollection(writer, place, [allow(group), allow(world.hr)]),
    ).resolves.not.toBeNull();
    await expect(world.readers.setOfFolder(writer, top, [allow(group)])).rejects.toMatchObject({
      code: 'READER_UNKNOWN',
    });
  });
});

describe('the tree', () => {
  it('shows whoever does not manage documents only folders with something readable beneath', async () => {
    const place = await collection();
    const open = await folder(place, 'Open');
    const layoffs = await folder(place, 'Layoffs', open);
    await folder(place, 'Empty');
    await world.readers.setOfFolder(writer, layoffs, [allow(world.hr)]);
    await document(place, layoffs);
    const seen = async (ctx: CallContext) =>
      (await world.folders.tree(ctx, place))?.rows.map((row) => [
        row.name,
        row.documents,
        row.documentsBeneath,
      ]) ?? null;
    expect(await seen(writer)).toEqual([
      ['Empty', 0, 0],
      ['Layoffs', 1, 1],
      ['Open', 0, 1],
    ]);
    expect(await seen(world.people.anna)).toEqual([
      ['Layoffs', 1, 1],
      ['Open', 0, 1],
    ]);
    expect(await seen(world.people.ben)).toBeNull();
    await document(place, open);
    expect(await seen(world.people.ben)).toEqual([['Open', 1, 1]]);
    expect((await world.folders.tree(world.people.anna, place))?.rows.map((row) => row.ownReaders)).toEqual([
      false,
      false,
    ]);
    expect(
      (await world.folders.tree(writer, place))?.rows.find((row) => row.id === layoffs)?.ownReaders,
    ).toBe(true);
    const nowhere = crypto.randomUUID();
    expect([
      await world.folders.tree(world.people.ben, nowhere),
      await world.folders.tree(writer, nowhere),
    ]).toEqual([null, null]);
    const stranger = await world.fixture.tenant('stranger');
    expect(await world.folders.tree(stranger, place)).toBeNull();
    expect(await world.folders.update(stranger, open, { name: 'Mine' })).toBeNull();
    expect(await world.folders.remove(stranger, open)).toBeNull();
    expect(
      await world.folders.create(stranger, { collectionId: place, parentId: null, name: 'Mine' }),
    ).toBeNull();
  });

  it('lists documents of a folder, with their path', async () => {
    const place = await collection();
    const top = await folder(place, 'Top');
    const inner = await folder(place, 'Inner', top);
    const [a, b, c] = [await document(place, null), await document(place, top), await document(place, inner)];
    const list = async (filter: object) =>
      (await world.documents.list(world.people.ben, { limit: 9, offset: 0, ...filter })).rows
        .map(({ id }) => id)
        .sort();
    expect(await list({ folderId: top })).toEqual([b, c].sort());
    expect(await list({ folderId: top, within: 'directly' })).toEqual([b]);
    expect(await list({ collectionId: place, within: 'directly' })).toEqual([a]);
    expect(await list({ collectionId: place })).toEqual([a, b, c].sort());
    expect(await list({ folderId: crypto.randomUUID() })).toEqual([]);
    expect(await world.documents.get(world.people.ben, c)).toMatchObject({
      folderId: inner,
      folders: ['Top', 'Inner'],
    });
    expect(await world.documents.get(world.people.ben, a)).toMatchObject({ folderId: null, folders: [] });
  });
});
