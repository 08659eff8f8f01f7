import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Documents, FOLDERS_MAX, Versions } from '@lorekeep/retrieval';
import { counts, SourceWorld } from './source-world.js';

let world: SourceWorld;
let root: string;

beforeAll(async () => {
  world = await SourceWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.begin();
  root = await mkdtemp(join(world.folder, 'tree-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
}
const add = (more = {}) => world.add({ kind: 'folder', path: root }, more);

describe('a folder as a source', () => {
  it('ends with the reason where its collection has no room for more folders, and goes on when it has', async () => {
    await put('leave.md', 'leave is 25 days');
    await put('people/pay.md', 'pay comes on the 28th');
    const { id, collectionId } = await add();
    await world.sql(
      `insert into folder (tenant_id, collection_id, name, access_id)
       select app_tenant(), $1, 'n' || n, $1 from generate_series(1, ${FOLDERS_MAX}) n`,
      [collectionId],
    );
    expect((await world.sync(id)).lastRun).toMatchObject({
      state: 'failed',
      errorCode: 'SOURCE_FOLDERS_FULL',
      error: expect.stringContaining('no room for more folders'),
    });
    await world.sql(`delete from folder where collection_id = $1 and name = 'n1'`, [collectionId]);
    expect((await world.sync(id)).lastRun).toMatchObject({ state: 'done' });
    expect(Object.keys(await world.tree())).toEqual(['leave.md', 'people/pay.md']);
  });

  it('becomes a tree of documents, and is followed through changes, moves and deletions', async () => {
    await put('leave.md', 'leave is 25 days');
    await put('people/pay.md', 'pay comes on the 28th');
    await put('人事/休假 规定.md', '年假二十五天');
    await put('old.md', 'to be deleted');
    const { id } = await add();
    const first = await world.sync(id);
    expect(first.lastRun).toMatchObject({ state: 'done', listed: 4, added: 4, error: null });
    expect(await world.tree()).toEqual({
      'leave.md': 'leave is 25 days',
      'old.md': 'to be deleted',
      'people/pay.md': 'pay comes on the 28th',
      '人事/休假 规定.md': '年假二十五天',
    });
    const before = await world.ids();

    expect(counts(await world.sync(id))).toEqual({ unchanged: 4 });

    await put('leave.md', 'leave is 30 days');
    await mkdir(join(root, 'money'));
    await rename(join(root, 'people/pay.md'), join(root, 'money/salaries.md'));
    await rm(join(root, 'old.md'));
    await put('new.md', 'something new');
    expect(counts(await world.sync(id))).toEqual({
      added: 1,
      changed: 1,
      moved: 1,
      deleted: 1,
      unchanged: 1,
    });
    expect(await world.tree()).toEqual({
      'leave.md': 'leave is 30 days',
      'money/salaries.md': 'pay comes on the 28th',
      'new.md': 'something new',
      '人事/休假 规定.md': '年假二十五天',
    });
    const after = await world.ids();
    // Moved: the same document. Changed: a new version of it.
    expect(after['salaries.md']).toBe(before['pay.md']);
    const versions = await new Versions(world.fixture.database).list(world.writer, before['leave.md'] ?? '');
    expect(versions?.map(({ id: version }) => version)).toEqual([after['leave.md'], before['leave.md']]);
    expect(await new Documents(world.fixture.database).get(world.writer, before['old.md'] ?? '')).toBeNull();
    expect(world.records.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['document.received', 'document.move', 'document.delete', 'source.sync']),
    );
  });

  it('keeps the old version searchable while the new one is read', async () => {
    await put('leave.md', 'leave is 25 days');
    const { id } = await add();
    await world.sync(id);
    await put('leave.md', 'leave is 30 days');
    await world.sync(id, { ingest: false });
    expect(await world.tree()).toEqual({ 'leave.md': 'leave is 25 days' });
    await world.ingest();
    expect(await world.tree()).toEqual({ 'leave.md': 'leave is 30 days' });
  });

  it('follows names that change places, chains, copies and content that returns', async () => {
    await put('a.md', 'content a');
    await put('b.md', 'content b');
    const { id } = await add();
    await world.sync(id);
    const ids = await world.ids();
    await rename(join(root, 'a.md'), join(root, 'x.md'));
    await rename(join(root, 'b.md'), join(root, 'a.md'));
    await rename(join(root, 'x.md'), join(root, 'b.md'));
    await world.sync(id);
    expect(await world.tree()).toEqual({ 'a.md': 'content b', 'b.md': 'content a' });
    expect(await world.ids()).toEqual({ 'a.md': ids['b.md'], 'b.md': ids['a.md'] });

    await rename(join(root, 'b.md'), join(root, 'c.md'));
    await put('b.md', 'content new');
    await world.sync(id);
    await world.sync(id);
    expect(await world.tree()).toEqual({ 'a.md': 'content b', 'b.md': 'content new', 'c.md': 'content a' });

    await put('copy.md', 'content b');
    await world.sync(id);
    expect(Object.keys(await world.tree())).toHaveLength(3);
    await rm(join(root, 'a.md'));
    await world.sync(id);
    expect(await world.tree()).toEqual({
      'copy.md': 'content b',
      'b.md': 'content new',
      'c.md': 'content a',
    });

    await put('b.md', 'content newer');
    await world.sync(id);
    await put('b.md', 'content new');
    await world.sync(id);
    expect((await world.tree())['b.md']).toBe('content new');
  });

  it('keeps apart content that one file gives up and another takes at once', async () => {
    await put('a.md', 'content a');
    await put('b.md', 'content b');
    const { id } = await add();
    await world.sync(id);
    await put('a.md', 'content c');
    await put('b.md', 'content a');
    await world.sync(id);
    await world.sync(id);
    expect(await world.tree()).toEqual({ 'a.md': 'content c', 'b.md': 'content a' });
  });

  it('is not read where only its times change', async () => {
    await put('a.md', 'content a');
    const { id } = await add();
    await world.sync(id);
    await utimes(join(root, 'a.md'), new Date(), new Date());
    expect(counts(await world.sync(id))).toEqual({});
    expect(counts(await world.sync(id))).toEqual({ unchanged: 1 });
  });

  it('never leads out of itself, nor out of what the operator allows', async () => {
    await writeFile(join(world.folder, 'outside.md'), 'secret of the server');
    await mkdir(join(world.folder, 'elsewhere'), { recursive: true });
    await writeFile(join(world.folder, 'elsewhere', 'inner.md'), 'secret of the server');
    await put('a.md', 'content a');
    await symlink(join(world.folder, 'outside.md'), join(root, 'link.md'));
    await symlink(join(world.folder, 'elsewhere'), join(root, 'linked'));
    const { id } = await add();
    await world.sync(id);
    expect(await world.tree()).toEqual({ 'a.md': 'content a' });
    expect(await world.files(id)).toEqual({ 'a.md': 'taken', 'link.md': 'FILE_LINK', linked: 'FILE_LINK' });

    await symlink('/etc', join(world.folder, `etc-${id}`));
    for (const path of ['/etc', '/', `${world.folder}/../..`, join(world.folder, `etc-${id}`), 'relative']) {
      const tested = await world.domain.test.run(world.writer, {
        settings: { kind: 'folder', path },
        secret: null,
      });
      expect(tested).toMatchObject({ ok: false, code: 'SOURCE_FOLDER_FORBIDDEN' });
    }
    // What lies outside is not told apart.
    const outside = await world.domain.test.run(world.writer, {
      settings: { kind: 'folder', path: '/nowhere/at/all' },
      secret: null,
    });
    expect(outside.code).toBe('SOURCE_FOLDER_FORBIDDEN');
    await world.begin({ SOURCE_FOLDERS: '' });
    const none = await world.domain.test.run(world.writer, {
      settings: { kind: 'folder', path: root },
      secret: null,
    });
    expect(none.code).toBe('SOURCE_FOLDER_FORBIDDEN');
  });

  it('takes what the globs and the limit want, tells the rest, and follows when they change', async () => {
    await put('a.md', 'content a');
    await put('b.txt', 'content b');
    await put('drafts/c.md', 'content c');
    await put('video.mp4', 'not readable');
    await put('large.md', 'x'.repeat(51));
    await put('edge.md', 'y'.repeat(50));
    const { id } = await add({ exclude: ['drafts/'], maxFileBytes: 50, deletionShare: 100 });
    expect(counts(await world.sync(id))).toEqual({ added: 3, skipped: 2 });
    expect(await world.files(id)).toEqual({
      'a.md': 'taken',
      'b.txt': 'taken',
      'edge.md': 'taken',
      'large.md': 'FILE_TOO_LARGE',
      'video.mp4': 'FILE_UNSUPPORTED',
    });
    await world.domain.sources.update(world.writer, id, { exclude: ['*.txt'], maxFileBytes: 51 });
    expect(counts(await world.sync(id))).toMatchObject({ added: 2, deleted: 1, skipped: 1 });
    expect(Object.keys(await world.tree()).sort()).toEqual(['a.md', 'drafts/c.md', 'edge.md', 'large.md']);
  });

  it('asks before it deletes much, and goes on when told to', async () => {
    for (let n = 0; n < 10; n++) await put(`${n}.md`, `content ${n}`);
    const { id } = await add({ deletionShare: 40 });
    await world.sync(id);
    for (let n = 0; n < 5; n++) await rm(join(root, `${n}.md`));
    await put('new.md', 'new all the same');
    const stopped = await world.sync(id);
    expect(stopped).toMatchObject({ state: 'paused', pauseReason: 'deletions' });
    expect(stopped.lastRun).toMatchObject({
      state: 'stopped',
      missing: 5,
      deleted: 0,
      errorCode: 'SOURCE_DELETES_MUCH',
    });
    expect(Object.keys(await world.tree())).toHaveLength(11);
    const confirmed = await world.sync(id, { allowDeletions: true });
    expect(confirmed).toMatchObject({ state: 'active', pauseReason: null });
    expect(counts(confirmed)).toMatchObject({ deleted: 5 });
    expect(Object.keys(await world.tree())).toHaveLength(6);
    // 40 % of 6 is 2; three are free.
    for (const name of ['5.md', '6.md', '7.md']) await rm(join(root, name));
    expect(counts(await world.sync(id))).toMatchObject({ deleted: 3 });
    await rm(root, { recursive: true });
    expect((await world.sync(id)).lastRun).toMatchObject({ state: 'failed', errorCode: 'SOURCE_NOT_FOUND' });
    await mkdir(root);
    expect((await world.sync(id)).lastRun).toMatchObject({ state: 'stopped', missing: 3 });
    expect(Object.keys(await world.tree())).toHaveLength(3);
  });

  it('leaves alone what somebody uploaded, and what another source has too', async () => {
    await put('a.md', 'content a');
    await put('shared.md', 'content shared');
    const { id } = await add();
    await world.sync(id);
    const other = await add({ name: 'other' });
    await world.sync(other.id);
    expect(Object.keys(await world.tree())).toHaveLength(2);
    const { shared } = { shared: (await world.ids())['shared.md'] };
    await world.domain.sources.remove(world.writer, id, 'delete');
    await world.work(id);
    expect(await world.domain.sources.get(world.writer, id)).toBeNull();
    expect(Object.keys(await world.tree())).toHaveLength(2);
    expect((await world.sql(`select source_id from document where id = $1`, [shared]))[0]).toEqual({
      source_id: other.id,
    });
    await world.domain.sources.remove(world.writer, other.id, 'keep');
    await world.work(other.id);
    expect(Object.keys(await world.tree())).toHaveLength(2);
    const third = await add({ name: 'third' });
    await world.sync(third.id);
    await world.domain.sources.remove(world.writer, third.id, 'delete');
    await world.work(third.id);
    // They count as uploaded now.
    expect(Object.keys(await world.tree())).toHaveLength(2);
  });

  it('is put below its target, and deleted with its documents', async () => {
    await put('a/b.md', 'content');
    const { id } = await add({ target: 'imported/here' });
    await world.sync(id);
    expect(Object.keys(await world.tree())).toEqual(['imported/here/a/b.md']);
    expect(counts(await world.sync(id))).toEqual({ unchanged: 1 });
    await world.domain.sources.remove(world.writer, id, 'delete');
    await world.work(id);
    expect(await world.tree()).toEqual({});
  });

  it('keeps its key closed', async () => {
    const path = join(world.folder, 'data/sources/secret.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(path, 'utf8'), 'base64')).toHaveLength(32);
  });
});
