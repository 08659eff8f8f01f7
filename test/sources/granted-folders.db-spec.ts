import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceSettings } from '@lorekeep/contracts';
import { SourceWorld } from './source-world.js';

let world: SourceWorld;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'granted-'));
  for (const name of ['ours', 'theirs', 'shared']) {
    await mkdir(join(root, name, '.git', 'objects'), { recursive: true });
    await writeFile(join(root, name, 'a.md'), `content of ${name}`);
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));
// Each with a database of its own: how many organisations there are counts.
beforeEach(async () => {
  world = await SourceWorld.open();
});
afterEach(() => world.close());

const test = async (settings: SourceSettings) =>
  (await world.domain.test.run(world.writer, { settings, secret: null })).code;
const folder = (name: string) => test({ kind: 'folder', path: join(root, name) } as SourceSettings);

describe('folders of the server', () => {
  it('that name an organisation are for it alone, also as repositories', async () => {
    await world.begin({ SOURCE_FOLDERS: `other=${root}/theirs, mine=${root}/ours` }, undefined, 'mine');
    expect(await world.domain.folders.of(world.writer)).toEqual([join(root, 'ours')]);
    expect(await folder('ours')).toBeNull();
    expect(await folder('theirs')).toBe('SOURCE_FOLDER_FORBIDDEN');
    const repository = {
      kind: 'git',
      address: join(root, 'theirs'),
      branch: '',
      folder: '',
    } as SourceSettings;
    expect(await test(repository)).toBe('SOURCE_FOLDER_FORBIDDEN');
  });

  it('that name none are for the only organisation, and for nobody once there are two', async () => {
    await world.begin({ SOURCE_FOLDERS: `${root}/shared` });
    expect(await folder('shared')).toBeNull();
    const { id } = await world.add({ kind: 'folder', path: join(root, 'shared') });
    expect((await world.sync(id)).lastRun).toMatchObject({ state: 'done', added: 1 });
    await world.fixture.tenant('second');
    expect(await folder('shared')).toBe('SOURCE_FOLDER_FORBIDDEN');
    expect(await world.domain.folders.of(world.writer)).toEqual([]);
    // What was taken in stays; nothing more is read.
    await writeFile(join(root, 'shared', 'b.md'), 'more');
    expect((await world.sync(id)).lastRun).toMatchObject({
      state: 'failed',
      errorCode: 'SOURCE_FOLDER_FORBIDDEN',
      deleted: 0,
    });
    expect(Object.keys(await world.tree())).toEqual(['a.md']);
  });
});
