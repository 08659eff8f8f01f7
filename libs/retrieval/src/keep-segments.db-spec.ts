import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import {
  Indexer,
  MergeSegments,
  RebuildIndex,
  removeFromIndex,
  VerifyIndex,
  type NewPassage,
} from './index.js';
import { MERGE_WIDTH } from './choose-merge.js';
import { decodeDirectory, decodeList, readBlock } from './segment-codec.js';
import { Fixture } from './testing/index.js';

let clone: ClonedDatabase;
let fixture: Fixture;
let writer: CallContext;
let collection: string;
let merge: MergeSegments;
let rebuild: RebuildIndex;
let tenants = 0;
const ALL = { access: 'all' } as const;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
  merge = new MergeSegments(fixture.database);
  rebuild = new RebuildIndex(fixture.database);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});
beforeEach(async () => {
  writer = await fixture.tenant(`segments-${tenants++}`);
  collection = await fixture.collection(writer, 'docs');
});

const WORDS = 'leave travel expense laptop badge Köln 年假 制度 e-417 max_connections 𠮷野家'.split(' ');
const text = (seed: number): string =>
  Array.from({ length: 12 }, (_, i) => WORDS[(seed * 7 + i * i) % WORDS.length]).join(' ');
const add = (name: string, passages = 3): Promise<string> =>
  fixture.document(
    writer,
    collection,
    name,
    Array.from({ length: passages }, (_, i) => `${text(name.length + i)} only-${name}-${i}`),
  );
const addMany = async (count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await add(`d${i}`));
  return ids;
};

interface Posting {
  readonly term: string;
  readonly number: number;
  readonly frequency: number;
}

/** Every posting of the tenant, dead ones too. */
async function postings(): Promise<Posting[]> {
  const rows = await fixture.database.once<{ data: Buffer }>(
    writer,
    'select data from posting_block',
    [],
    ALL,
  );
  return rows.flatMap(({ data }) =>
    [...readBlock(data)].flatMap(({ term, bytes, count }) => {
      const list = decodeList(bytes, count);
      return [...list.numbers].map((number, i) => ({ term, number, frequency: list.frequencies[i] ?? 0 }));
    }),
  );
}
const ordered = (list: readonly Posting[]): string[] =>
  list.map(({ term, number, frequency }) => `${term} ${number} ${frequency}`).sort();

const segments = () =>
  fixture.database.once<{ level: number; passages: number; directory: Buffer }>(
    writer,
    'select level, passages, directory from segment order by created_at, id',
    [],
    ALL,
  );
const findings = async (): Promise<readonly string[]> =>
  (await new VerifyIndex(fixture.database).run(writer)).findings;
const withIndexer = (
  work: (tx: Parameters<Parameters<typeof fixture.database.transaction>[1]>[0]) => Promise<unknown>,
) => fixture.database.transaction(writer, work, ALL);
const plain = (content: string): NewPassage => ({ heading: '', page: null, content, language: 'en' });

describe('indexing', () => {
  it('writes one segment with the passages, and replaces it under new numbers', async () => {
    const id = await add('one');
    const [before] = await segments();
    expect(decodeDirectory(before?.directory ?? Buffer.of())).toMatchObject([{ documentId: id, first: 0 }]);
    await withIndexer((tx) => new Indexer(fixture.database).index(tx, writer, id, [plain('replaced')]));
    const [row] = await fixture.database.once<{ first: number; passages: number; terms: number }>(
      writer,
      'select first_passage::int as first, passages, terms::int as terms from document where id = $1',
      [id],
      ALL,
    );
    expect(row?.first).toBeGreaterThanOrEqual(3);
    expect(row).toMatchObject({ passages: 1, terms: 2 });
    expect(await findings()).toEqual([]);
  });

  it('leaves nothing when its transaction fails', async () => {
    const id = await add('one');
    const before = [await segments(), ordered(await postings())];
    await expect(
      withIndexer(async (tx) => {
        await new Indexer(fixture.database).index(tx, writer, id, [plain('other')]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect([await segments(), ordered(await postings())]).toEqual(before);
  });

  it('takes a document without passages, and one of very many', async () => {
    const empty = await add('empty', 0);
    await add('long', 3_000);
    expect(await rebuild.outstanding(writer)).toEqual({ documents: 0, passages: 0 });
    expect(await findings()).toEqual([]);
    await withIndexer((tx) => removeFromIndex(tx, empty));
  });

  it('never gives a number twice, whoever takes them at once', async () => {
    const ids = await addMany(6);
    const indexers = [new Indexer(fixture.database), new Indexer(fixture.database)];
    await Promise.all(
      ids.map((id, i) =>
        fixture.database
          .transaction(writer, (tx) => tx.query('select 1'), ALL)
          .then(async () => {
            const prepared = await indexers[i % 2]?.prepare(writer, id, 'x', [plain('a'), plain('b')]);
            return prepared?.numbers.first;
          }),
      ),
    ).then((firsts) => expect(new Set(firsts).size).toBe(6));
  });
});

describe('merging', () => {
  it('does nothing below the width, then makes one segment with the same postings', async () => {
    await addMany(MERGE_WIDTH - 1);
    expect(await merge.run(writer)).toBeNull();
    await add('last');
    const before = ordered(await postings());
    expect(await merge.run(writer)).toMatchObject({ segments: MERGE_WIDTH, passages: 24, dropped: 0 });
    expect(ordered(await postings())).toEqual(before);
    expect(await segments()).toMatchObject([{ level: 1, passages: 24 }]);
    expect(await findings()).toEqual([]);
    expect(await merge.run(writer)).toBeNull();
  });

  it('drops what was deleted, replaced or indexed again', async () => {
    const [deleted, replaced, again] = await addMany(MERGE_WIDTH);
    const change = (sql: string, id: string | undefined) => fixture.database.once(writer, sql, [id], ALL);
    await change('update document set deleted_at = now() where id = $1', deleted);
    await change('update document set replaced_at = now() where id = $1', replaced);
    await withIndexer((tx) => new Indexer(fixture.database).index(tx, writer, again ?? '', [plain('anew')]));
    expect(await merge.run(writer)).toMatchObject({ passages: 16, dropped: 9 });
    const left = (await postings()).map(({ term }) => term);
    for (const name of ['d0', 'd1', 'd2']) expect(left).not.toContain(`only-${name}-0`);
    expect(left).toContain('only-d3-0');
    expect(await findings()).toEqual([]);
    // An old version that comes back is indexed anew.
    await change('update document set replaced_at = null where id = $1', replaced);
    expect(await rebuild.outstanding(writer)).toEqual({ documents: 1, passages: 3 });
    expect(await rebuild.batch(writer)).toEqual({ documents: 1, passages: 3 });
    expect(await findings()).toEqual([]);
  });

  it('leaves no segment where nothing is alive', async () => {
    for (const id of await addMany(MERGE_WIDTH)) await withIndexer((tx) => removeFromIndex(tx, id));
    expect(await merge.run(writer)).toMatchObject({ segments: MERGE_WIDTH, passages: 0, dropped: 24 });
    expect(await segments()).toEqual([]);
  });

  it('rewrites a segment that is mostly dead, and none that is not', async () => {
    const ids = await addMany(MERGE_WIDTH);
    await merge.run(writer);
    for (const id of ids.slice(0, 3)) await withIndexer((tx) => removeFromIndex(tx, id));
    expect(await merge.sweep(writer)).toBeNull();
    for (const id of ids.slice(3, 5)) await withIndexer((tx) => removeFromIndex(tx, id));
    expect(await merge.sweep(writer)).toMatchObject({ segments: 1, passages: 9, dropped: 15 });
    expect(await findings()).toEqual([]);
    expect(await merge.sweep(writer)).toBeNull();
  });

  it('leaves everything as it was when it is stopped', async () => {
    await addMany(MERGE_WIDTH);
    const before = [await segments(), ordered(await postings())];
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(merge.run({ ...writer, signal })).rejects.toThrow('stop');
    expect([await segments(), ordered(await postings())]).toEqual(before);
  });

  it('is done by one at a time', async () => {
    await addMany(MERGE_WIDTH);
    const outcomes = await Promise.all([merge.run(writer), merge.run(writer), merge.run(writer)]);
    expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1);
    expect(await findings()).toEqual([]);
  });

  it('merges level by level while documents come and go', async () => {
    for (let round = 0; round < 10; round++) {
      const ids = await addMany(9);
      await Promise.all([
        merge.run(writer),
        ...ids.slice(0, 2).map((id) => withIndexer((tx) => removeFromIndex(tx, id))),
        add(`late${round}`, 40),
      ]);
    }
    while (await merge.run(writer));
    expect((await segments()).length).toBeLessThan(MERGE_WIDTH * 2);
    expect(await findings()).toEqual([]);
  });
});

describe('rebuilding', () => {
  it('indexes everything anew, searchable all the time, and is done at the end', async () => {
    await addMany(5);
    const before = new Set((await postings()).map(({ term }) => term));
    await rebuild.markAll(writer);
    expect(await rebuild.outstanding(writer)).toEqual({ documents: 5, passages: 15 });
    expect(await findings()).toEqual([]);
    expect(await rebuild.batch(writer)).toEqual({ documents: 5, passages: 15 });
    expect(await rebuild.batch(writer)).toEqual({ documents: 0, passages: 0 });
    expect(new Set((await postings()).map(({ term }) => term))).toEqual(before);
    expect(await findings()).toEqual([]);
  });

  it('leaves to a newer process what that one has indexed, and merges it under its name', async () => {
    for (const id of await addMany(MERGE_WIDTH))
      await fixture.database.once(writer, 'update document set analyzer = 99 where id = $1', [id], ALL);
    await fixture.database.once(writer, 'update segment set analyzer = 99', [], ALL);
    expect(await rebuild.outstanding(writer)).toEqual({ documents: 0, passages: 0 });
    await merge.run(writer);
    expect(await fixture.database.once(writer, 'select analyzer from segment', [], ALL)).toEqual([
      { analyzer: 99 },
    ]);
  });

  it('takes up what was never indexed', async () => {
    const [id] = await addMany(2);
    await fixture.database.once(writer, 'update document set first_passage = null where id = $1', [id], ALL);
    expect(await rebuild.batch(writer)).toEqual({ documents: 1, passages: 3 });
    expect(await findings()).toEqual([]);
  });

  it('leaves to the next batch what changes meanwhile', async () => {
    const [id] = await addMany(3);
    await rebuild.markAll(writer);
    // The batch reads, computes and stores: a change in between is made by whoever commits first.
    const [batch] = await Promise.all([
      rebuild.batch(writer),
      withIndexer((tx) => new Indexer(fixture.database).index(tx, writer, id ?? '', [plain('changed')])),
    ]);
    expect(batch?.documents).toBeGreaterThan(0);
    while ((await rebuild.batch(writer))?.documents);
    expect((await postings()).map(({ term }) => term)).toContain('chang');
    expect(await findings()).toEqual([]);
  });
});
