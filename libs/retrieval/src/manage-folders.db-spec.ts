import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallContext } from '@lorekeep/kit/context';
import { FOLDER_DEPTH_MAX, FOLDER_NAME_MAX } from './folder-limits.js';
import { ensureFolder } from './ensure-folder.js';
import { DocumentStore, DOCUMENTS_AT_ONCE_MAX, FOLDERS_MAX } from './index.js';
import { allow, FolderWorld } from './testing/folder-world.js';
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

describe('folders', () => {
  it('have names that a path can be made of', async () => {
    const place = await collection();
    const longest = 'x'.repeat(FOLDER_NAME_MAX);
    expect(
      await world.folders.create(writer, { collectionId: place, parentId: null, name: ` ${longest} ` }),
    ).toMatchObject({
      name: longest,
    });
    for (const name of ['', ' ', `${longest}x`, 'a/b', 'a\\b', '.', '..', 'a\nb', 'a\u0000']) {
      await expect(
        world.folders.create(writer, { collectionId: place, parentId: null, name }),
      ).rejects.toMatchObject({
        code: 'FOLDER_NAME_INVALID',
      });
    }
    await expect(folder(place, longest)).rejects.toMatchObject({ code: 'FOLDER_EXISTS', status: 409 });
    const other = await folder(place, 'Other');
    await expect(world.folders.update(writer, other, { name: longest })).rejects.toMatchObject({
      code: 'FOLDER_EXISTS',
    });
    expect(await world.folders.update(writer, other, { name: 'Étage' })).toMatchObject({
      name: 'Étage',
      parentId: null,
    });
  });

  it('lie in each other so deep and not deeper, and never in themselves', async () => {
    const place = await collection();
    let at: string | null = null;
    const chain: string[] = [];
    for (let depth = 0; depth < FOLDER_DEPTH_MAX; depth++)
      chain.push((at = await folder(place, `F${depth}`, at)));
    await expect(folder(place, 'Deeper', at)).rejects.toMatchObject({ code: 'FOLDER_TOO_DEEP' });
    const pair = await folder(place, 'Pair');
    await folder(place, 'Within', pair);
    const parentId = chain.at(-2) ?? '';
    await expect(world.folders.update(writer, pair, { parentId })).rejects.toMatchObject({
      code: 'FOLDER_TOO_DEEP',
    });
    expect(await world.folders.update(writer, pair, { parentId: chain.at(-3) ?? '' })).not.toBeNull();
    for (const into of [chain[0], chain[3]]) {
      await expect(
        world.folders.update(writer, chain[0] ?? '', { parentId: into ?? '' }),
      ).rejects.toMatchObject({
        code: 'FOLDER_INSIDE_ITSELF',
      });
    }
    const elsewhere = await folder(await collection(), 'Elsewhere');
    expect(await world.folders.update(writer, pair, { parentId: elsewhere })).toBeNull();
    expect(
      await world.folders.create(writer, { collectionId: place, parentId: elsewhere, name: 'No' }),
    ).toBeNull();
  });

  it('are so many in a collection and not more', async () => {
    const place = await collection();
    await world.fixture.asTenant(
      writer.tenantId,
      `insert into folder (tenant_id, collection_id, name, access_id)
       select $1, $2, 'n' || n, $2 from generate_series(1, ${FOLDERS_MAX - 1}) n`,
      [writer.tenantId, place],
    );
    await folder(place, 'The last');
    await expect(folder(place, 'One more')).rejects.toMatchObject({ code: 'FOLDERS_FULL', status: 409 });
    await world.fixture.asTenant(writer.tenantId, 'delete from folder where collection_id = $1', [place]);
  });

  it('that a path of names brings along have the same names and limits', async () => {
    const place = await collection();
    const ensure = (path: string[]): Promise<string | null> =>
      world.fixture.database.transaction(writer, (tx) => ensureFolder(tx, place, path), { access: 'all' });
    expect(await ensure([])).toBeNull();
    const id = await ensure(['Handbook', 'Leave']);
    // The same folder, composed and without space around it as when it is made by hand.
    expect(await ensure([' Handbook', 'Leave '])).toBe(id);
    expect(await ensure(['E\u0301tage'])).toBe(await ensure(['Étage']));
    for (const name of ['', ' ', 'x'.repeat(FOLDER_NAME_MAX + 1), 'a/b', 'a\\b', '.', '..', 'a\u0000'])
      await expect(ensure(['Handbook', name])).rejects.toMatchObject({ code: 'FOLDER_NAME_INVALID' });
    const deep = Array.from({ length: FOLDER_DEPTH_MAX }, (_, n) => `F${n}`);
    expect(await ensure(deep)).not.toBeNull();
    await expect(ensure([...deep, 'Deeper'])).rejects.toMatchObject({ code: 'FOLDER_TOO_DEEP' });
    const free = FOLDERS_MAX - deep.length - 3;
    await world.fixture.asTenant(
      writer.tenantId,
      `insert into folder (tenant_id, collection_id, name, access_id)
       select $1, $2, 'n' || n, $2 from generate_series(1, ${free - 1}) n`,
      [writer.tenantId, place],
    );
    expect(await ensure(['The last'])).not.toBeNull();
    await expect(ensure(['One more'])).rejects.toMatchObject({ code: 'FOLDERS_FULL' });
    // What is there already is found all the same.
    expect(await ensure(['Handbook', 'Leave'])).toBe(id);
    await world.fixture.asTenant(writer.tenantId, 'delete from folder where collection_id = $1', [place]);
  });

  it('are deleted with documents only where their number is confirmed', async () => {
    const place = await collection();
    const top = await folder(place, 'Top');
    const inner = await folder(place, 'Inner', top);
    const [one, two] = [await document(place, top), await document(place, inner)];
    await world.readers.setOfFolder(writer, inner, [allow(world.hr)]);
    for (const confirmed of [null, 0, 1, 3]) {
      await expect(world.folders.remove(writer, top, confirmed)).rejects.toMatchObject({
        code: 'FOLDER_NOT_EMPTY',
        details: [
          { path: 'documents', message: '2' },
          { path: 'folders', message: '1' },
        ],
      });
    }
    expect(await world.folders.remove(writer, top, 2)).toEqual({ documents: 2, folders: 2, name: 'Top' });
    expect([await world.documents.get(writer, one), await world.documents.get(writer, two)]).toEqual([
      null,
      null,
    ]);
    expect((await world.folders.tree(writer, place))?.rows).toEqual([]);
    expect(await world.folders.remove(writer, top)).toBeNull();
    const empty = await folder(place, 'Empty');
    await folder(place, 'Emptier', empty);
    expect(await world.folders.remove(writer, empty)).toEqual({ documents: 0, folders: 2, name: 'Empty' });
  });

  it('are not deleted with more documents than one transaction should hold', async () => {
    const place = await collection();
    const top = await folder(place, 'Top');
    await world.fixture.database.once(
      writer,
      `insert into document (id, tenant_id, collection_id, folder_id, access_id, lineage_id, title, file_name, media_type,
                             bytes, sha256, state)
       select id, app_tenant(), $1, $2, $1, id, 'T', 'f', 'text/markdown', 1, id::text::bytea, 'received'
         from (select gen_random_uuid() as id from generate_series(0, ${DOCUMENTS_AT_ONCE_MAX})) n`,
      [place, top],
      { access: 'all' },
    );
    await expect(world.folders.remove(writer, top, DOCUMENTS_AT_ONCE_MAX + 1)).rejects.toMatchObject({
      code: 'FOLDER_TOO_FULL',
    });
  });

  it('take documents in: all or none, never twice the same, never those of a source', async () => {
    const [place, other] = [await collection(), await collection()];
    const top = await folder(other, 'Top');
    const paper = await document(place, null);
    const to = { collectionId: other, folderId: top };
    expect(await world.folders.place(writer, [paper, crypto.randomUUID()], to)).toBeNull();
    expect(await world.folders.place(writer, [paper], { collectionId: place, folderId: top })).toBeNull();
    expect(
      await world.folders.place(writer, [paper], { ...to, collectionId: crypto.randomUUID() }),
    ).toBeNull();
    expect(await world.documents.get(writer, paper)).toMatchObject({ collectionId: place, folderId: null });
    expect(await world.folders.place(writer, [paper], to)).toBe(1);
    expect(await world.documents.get(writer, paper)).toMatchObject({ collectionId: other, folderId: top });

    const store = new DocumentStore(world.fixture.database);
    const content = { title: 'T', fileName: 'f.md', mediaType: 'text/markdown', content: Buffer.from('x') };
    const receive = (collectionId: string, sha256: string, more: object = {}) =>
      store.transaction(writer, (tx) =>
        store.receive(tx, writer, {
          id: crypto.randomUUID(),
          collectionId,
          sha256: Buffer.from(sha256),
          ...content,
          ...more,
        }),
      );
    const twin = await receive(place, 'twin');
    await receive(other, 'twin');
    await expect(world.folders.place(writer, [twin?.documentId ?? ''], to)).rejects.toMatchObject({
      code: 'DOCUMENT_EXISTS',
      status: 409,
    });
    const sourced = await receive(place, 'sourced', { sourceId: crypto.randomUUID() });
    await expect(world.folders.place(writer, [sourced?.documentId ?? ''], to)).rejects.toMatchObject({
      code: 'DOCUMENT_SOURCED',
    });
    const put = await receive(other, 'put', { folderId: top });
    expect(await world.documents.get(writer, put?.documentId ?? '')).toMatchObject({ folderId: top });
    expect(await receive(place, 'wrong', { folderId: top })).toBeNull();
  });
});
