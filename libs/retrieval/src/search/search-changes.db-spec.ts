import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { Database, type TransactionOptions } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { MergeSegments, RetrievalFault, Search } from '../index.js';
import { Fixture } from '../testing/index.js';
import { NaiveSearch } from '../testing/naive-search.js';
import { RandomText, SearchWorld } from '../testing/search-world.js';
import { WHOLE_BYTES } from './read-segments.js';

let clone: ClonedDatabase;
let fixture: Fixture;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone, 12);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

/** The same database, with something happening before each reading of bytes, and rows as `lie` would have them. */
class MeddledDatabase extends Database {
  before: () => Promise<unknown> = () => Promise.resolve();
  lie: (rows: Record<string, unknown>[]) => void = () => undefined;
  copies = 0;
  statements = 0;

  override async copy(ctx: CallContext, query: string, options?: TransactionOptions) {
    this.copies++;
    await this.before();
    return super.copy(ctx, query, options);
  }

  override async once<Row extends Record<string, unknown>>(
    ctx: CallContext,
    sql: string,
    values?: readonly unknown[],
    options?: TransactionOptions,
  ): Promise<Row[]> {
    this.statements++;
    const rows = await super.once<Row>(ctx, sql, values, options);
    this.lie(rows);
    return rows;
  }
}

async function worldOf(name: string): Promise<{ world: SearchWorld; open: string; anna: CallContext }> {
  const writer = await fixture.tenant(name);
  const world = new SearchWorld(fixture.database, writer);
  const open = await fixture.collection(writer, 'open');
  await world.access(open, { everyone: 'allow' });
  return { world, open, anna: await fixture.employee(writer, 'anna') };
}

const found = async (search: Search, ctx: CallContext, text: string): Promise<string[]> =>
  (await search.run(ctx, { text, k: 100 })).passages.map(({ content }) => content).sort();

/** Segments too large to be held as a whole. */
async function largeSegment(world: SearchWorld, open: string): Promise<void> {
  const text = new RandomText(Math.random, 20_000);
  for (let i = 0; i < 12; i++)
    await world.document(
      open,
      'Large',
      Array.from({ length: 20 }, () => `common ${text.passage(400)}`),
    );
  while (await new MergeSegments(fixture.database).run(world.writer));
  const [row] = await fixture.database.once<{ bytes: string }>(
    world.writer,
    'select max(bytes) as bytes from segment',
    [],
    { access: 'all' },
  );
  expect(Number(row?.bytes)).toBeGreaterThan(WHOLE_BYTES);
}

describe('Search, while the index changes', () => {
  it('needs two round trips when nothing has changed', async () => {
    const { world, open, anna } = await worldOf('trips');
    await largeSegment(world, open);
    const database = new MeddledDatabase(fixture.database.dataSource);
    const search = new Search(database, systemClock);
    await search.run(anna, { text: 'common', k: 3 });
    Object.assign(database, { copies: 0, statements: 0 });
    await search.run(anna, { text: 'common', k: 3 });
    expect([database.copies, database.statements]).toEqual([0, 2]);
  });

  it('suggests words out of segments that are not in memory', async () => {
    const { world, open, anna } = await worldOf('vocabulary');
    await world.document(open, 'Words', ['nightingale', `nightshade ${'word '.repeat(20)}`]);
    await largeSegment(world, open);
    const search = new Search(fixture.database, systemClock);
    const suggested = async (text: string) => (await search.run(anna, { text, k: 1 })).suggestion;
    expect(await suggested('nihgtingale')).toBe('nightingale');
    expect(await suggested('nightshede')).toBe('nightshade');
    expect(await suggested('comnon')).toBe('common');
    expect(await suggested('zzzzzz')).toBeUndefined();
  });

  it('begins again when a merge takes its segments away in the middle', async () => {
    const { world, open, anna } = await worldOf('merged');
    for (let i = 0; i < 9; i++) await world.document(open, 'Walrus', [`walrus number ${i}`]);
    const database = new MeddledDatabase(fixture.database.dataSource);
    let merges = 0;
    database.before = async () => {
      if (merges++ < 2) {
        for (let i = 0; i < 8; i++) await world.document(open, 'Walrus', [`late walrus ${merges} ${i}`]);
        await new MergeSegments(fixture.database).run(world.writer);
      }
    };
    expect((await found(new Search(database, systemClock), anna, 'walrus')).length).toBeGreaterThanOrEqual(9);
    expect(merges).toBeGreaterThan(1);
  });

  it('sees what a transaction changed that was open during the searches before', async () => {
    const { world, open, anna } = await worldOf('late');
    const id = await world.document(open, 'Otter', ['otter']);
    const search = new Search(fixture.database, systemClock);
    let finish: () => void = () => undefined;
    const wait = new Promise<void>((done) => (finish = done));
    const slow = fixture.database.transaction(
      world.writer,
      async (tx) => {
        await tx.query('update document set deleted_at = now() where id = $1', [id]);
        await wait;
      },
      { access: 'all' },
    );
    for (let i = 0; i < 3; i++) {
      await world.document(open, 'Otter', [`otter ${i}`]);
      expect(await found(search, anna, 'otter')).toHaveLength(i + 2);
    }
    finish();
    await slow;
    expect(await found(search, anna, 'otter')).toEqual(['otter 0', 'otter 1', 'otter 2']);
  });

  it('reads everything anew when the server is one that knows less or was started again', async () => {
    const { world, open, anna } = await worldOf('restored');
    await world.document(open, 'Seal', ['seal']);
    const database = new MeddledDatabase(fixture.database.dataSource);
    const search = new Search(database, systemClock);
    for (const change of [{ snapshot: '3:3:' }, { server: 'another start' }]) {
      expect(await found(search, anna, 'seal')).toEqual(['seal']);
      let lies = 0;
      database.lie = (rows) => {
        if (rows[0] && 'snapshot' in rows[0] && lies++ === 0)
          Object.assign(rows[0], change, { changes: null });
      };
      expect(await found(search, anna, 'seal')).toEqual(['seal']);
      expect(lies).toBeGreaterThan(1);
    }
  });

  it('gives many searches at once what each may read, with documents and readers changing all the time', async () => {
    const { world, open, anna } = await worldOf('busy');
    const secret = await fixture.collection(world.writer, 'secret');
    const ben = await fixture.employee(world.writer, 'ben');
    await world.access(secret, { [`user:${ben.caller.userId}`]: 'allow' });
    const text = new RandomText(Math.random, 200);
    const ids: string[] = [];
    for (let i = 0; i < 10; i++)
      ids.push(await world.document(i % 2 ? secret : open, 'First', [text.passage(30)]));
    const search = new Search(fixture.database, systemClock);
    const done = new AbortController();
    const change = async (): Promise<void> => {
      for (let i = 0; i < 60; i++) {
        if (i % 3 === 0) await world.reindex(ids[i % ids.length] ?? '', [text.passage(30), text.passage(30)]);
        else ids.push(await world.document(i % 2 ? secret : open, `New ${i}`, [text.passage(30)]));
        if (i % 10 === 9) await new MergeSegments(fixture.database).run(world.writer);
      }
      done.abort();
    };
    let searches = 0;
    const ask = async (): Promise<void> => {
      while (!done.signal.aborted) {
        const { passages } = await search.run(anna, { text: text.passage(6), k: 20 });
        expect(passages.every(({ collection }) => collection === 'open')).toBe(true);
        searches++;
      }
    };
    await Promise.all([change(), ask(), ask(), ask()]);
    expect(searches).toBeGreaterThan(20);
    const naive = await NaiveSearch.load(fixture.database, world.writer);
    for (const ctx of [anna, ben])
      for (let i = 0; i < 10; i++) {
        const query = { text: text.passage(6), k: 20 };
        const { passages } = await search.run(ctx, query);
        expect(passages.map(({ documentId, ordinal }) => `${documentId}/${ordinal}`)).toEqual(
          naive.search(ctx, query).keys,
        );
      }
  }, 60_000);

  it('keeps tenants apart, whatever they have in common', async () => {
    const [one, two] = [await worldOf('one'), await worldOf('two')];
    await one.world.document(one.open, 'Same', ['badger in one']);
    await two.world.document(two.open, 'Same', ['badger in two', 'badger again']);
    const search = new Search(fixture.database, systemClock);
    for (let i = 0; i < 3; i++) {
      expect(await found(search, one.anna, 'badger')).toEqual(['badger in one']);
      expect(await found(search, two.anna, 'badger')).toEqual(['badger again', 'badger in two']);
    }
    const elsewhere = { ...one.anna, tenantId: two.world.writer.tenantId };
    expect(await found(search, elsewhere, 'badger')).toHaveLength(2);
    const [score] = (await search.run(one.anna, { text: 'badger', k: 1 })).passages.map((p) => p.score);
    expect(score).toBeCloseTo((Math.log(1 + 0.5 / 1.5) * 2.2) / 2.2, 9);
  });
});

describe('Search, on an index that is damaged', () => {
  it.each([
    ['a block that was cut', `update posting_block set data = substring(data for length(data) - 3)`],
    ['blocks that are missing', `delete from posting_block`],
    ['a block of another format', `update posting_block set data = set_byte(data, 0, 9)`],
    [
      'a directory that was cut',
      `update segment set directory = substring(directory for length(directory) - 1)`,
    ],
  ])('is a fault for %s, and no wrong answer', async (what, damage) => {
    const { world, open, anna } = await worldOf(what.replaceAll(' ', '-'));
    await world.document(open, 'Heron', ['heron one', 'heron two']);
    await fixture.database.once(world.writer, damage, [], { access: 'all' });
    await expect(
      new Search(fixture.database, systemClock).run(anna, { text: 'heron', k: 3 }),
    ).rejects.toThrow(RetrievalFault);
  });

  it.each([
    ['a long list that was cut', `update posting_block set data = substring(data for length(data) - 1)`],
    ['bytes behind a list', `update posting_block set data = data || '\\x80'::bytea`],
  ])('is a fault for %s in a segment that is read by term', async (what, damage) => {
    const { world, open, anna } = await worldOf(what.replaceAll(' ', '-'));
    await largeSegment(world, open);
    await fixture.database.once(world.writer, damage, [], { access: 'all' });
    const search = new Search(fixture.database, systemClock);
    await expect(search.run(anna, { text: 'common w0x w1x w2x', k: 3 })).rejects.toThrow(RetrievalFault);
  });
});
