import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { counts, SourceWorld } from './source-world.js';

let world: SourceWorld;
let id: string;

beforeAll(async () => {
  world = await SourceWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.begin();
  id = (await world.add({ kind: 'archive' })).id;
});

const zip = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
async function* inPieces(bytes: Uint8Array, size = 100): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
async function upload(bytes: Uint8Array) {
  await world.domain.sources.addArchive(world.writer, id, {
    fileName: 'export.zip',
    content: inPieces(bytes),
  });
  await world.work(id);
  await world.ingest();
  return world.source(id);
}

describe('a zipped export as a source', () => {
  it('becomes a tree of documents, and the next one is followed', async () => {
    const first = await upload(
      zip({
        'export-1/leave.md': 'leave is 25 days',
        'export-1/人事/休假.md': '年假',
        'export-1/old.md': 'old',
        'export-1/': '',
      }),
    );
    expect(first.lastRun).toMatchObject({ state: 'done', added: 3 });
    expect(first.archive).toMatchObject({ fileName: 'export.zip' });
    expect(first.files).toMatchObject({ taken: 3, reading: 0 });
    // The folder that holds everything has the day in its name, and is left away.
    expect(Object.keys(await world.tree())).toEqual(['leave.md', 'old.md', '人事/休假.md']);
    const second = await upload(
      zip({
        'export-2/leave.md': 'leave is 30 days',
        'export-2/HR/休假.md': '年假',
        'export-2/new.md': 'new',
      }),
    );
    expect(counts(second)).toEqual({ added: 1, changed: 1, moved: 1, deleted: 1 });
    expect(await world.tree()).toEqual({
      'HR/休假.md': '年假',
      'leave.md': 'leave is 30 days',
      'new.md': 'new',
    });
    expect(await world.sql('select count(*)::int as n from source_archive')).toEqual([{ n: 1 }]);
    expect(await readdir(join(world.folder, 'data/sources/archives'))).toEqual([]);
  });

  it('says how many of its documents are still being read', async () => {
    const files = { 'a.md': 'one', 'b.md': 'two', 'c.png': 'no document' };
    await world.domain.sources.addArchive(world.writer, id, {
      fileName: 'export.zip',
      content: inPieces(zip(files)),
    });
    await world.work(id);
    const counted = { taken: 2, skipped: 1, failed: 0 };
    expect((await world.source(id)).files).toEqual({ ...counted, reading: 2 });
    expect((await world.domain.sources.list(world.writer)).map((row) => row.files.reading)).toEqual([2]);
    await world.ingest();
    expect((await world.source(id)).files).toEqual({ ...counted, reading: 0 });
  });

  it('never writes outside itself: names that lead out are told and left', async () => {
    const source = await upload(
      zip({
        'ok.md': 'fine',
        '../../escape.md': 'out',
        '/etc/absolute.md': 'out',
        'a/../../b.md': 'out',
        'C:\\temp\\x.md': 'windows path',
        'dir\\inner.md': 'windows folder',
        'tab\u0007le.md': 'control',
      }),
    );
    expect(source.lastRun).toMatchObject({ state: 'done', added: 3 });
    expect(await world.tree()).toEqual({
      'C:/temp/x.md': 'windows path',
      'dir/inner.md': 'windows folder',
      'ok.md': 'fine',
    });
    const bad = Object.entries(await world.files(id)).filter(([, state]) => state === 'FILE_PATH_INVALID');
    expect(bad.map(([path]) => path).sort()).toEqual([
      '../../escape.md',
      '/etc/absolute.md',
      'a/../../b.md',
      'tab\ufffdle.md',
    ]);
  });

  it('refuses what unpacks too large, is cut off, or is no archive', async () => {
    await world.domain.sources.update(world.writer, id, { maxFileBytes: 1_000 });
    const lying = Buffer.from(zip({ 'bomb.md': 'x'.repeat(100_000), 'ok.md': 'fine' }));
    expect(counts(await upload(lying))).toEqual({ added: 1, skipped: 1 });
    // The directory says 10 bytes, the content unpacks to more.
    const directory = lying.indexOf(Buffer.from('504b0102', 'hex'));
    lying.writeUInt32LE(10, directory + 24);
    expect(await upload(lying)).toMatchObject({ lastRun: { state: 'done', failed: 1 } });
    expect((await world.files(id))['bomb.md']).toBe('FILE_INCOMPLETE');
    const whole = zip({ 'ok.md': 'fine', 'other.md': 'also' });
    for (const broken of [whole.subarray(0, whole.length - 30), Buffer.from('not a zip'), Buffer.alloc(0)]) {
      expect(await upload(broken)).toMatchObject({
        lastRun: { state: 'failed', errorCode: 'SOURCE_DAMAGED', deleted: 0 },
      });
    }
    expect(Object.keys(await world.tree())).toEqual(['ok.md']);
    expect(await readdir(join(world.folder, 'data/sources/archives'))).toEqual([]);
  });

  it('has a limit, at its edge, and keeps nothing of an upload that breaks off', async () => {
    const bytes = zip({ 'ok.md': 'fine' });
    await world.begin({ SOURCE_MAX_BYTES: String(bytes.length - 1) });
    id = (await world.add({ kind: 'archive' })).id;
    await expect(upload(bytes)).rejects.toMatchObject({ status: 413, code: 'SOURCE_TOO_LARGE' });
    await world.begin({ SOURCE_MAX_BYTES: String(bytes.length) });
    id = (await world.add({ kind: 'archive' })).id;
    async function* broken(): AsyncIterable<Uint8Array> {
      yield bytes.subarray(0, 10);
      await Promise.resolve();
      throw new Error('the sender went away');
    }
    const sending = world.domain.sources.addArchive(world.writer, id, {
      fileName: 'a.zip',
      content: broken(),
    });
    await expect(sending).rejects.toThrow('went away');
    expect(await world.sql('select 1 from source_archive_part')).toEqual([]);
    await expect(
      world.domain.sources.sync(world.writer, id, { allowDeletions: false }),
    ).rejects.toMatchObject({
      code: 'SOURCE_STATE',
    });
    expect((await upload(bytes)).lastRun).toMatchObject({ state: 'done', added: 1 });
  });
});
