import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { Fixture } from './testing/index.js';
import { Indexer, Readers, RetrievalFault, Search } from './index.js';

let clone: ClonedDatabase;
let fixture: Fixture;
let search: Search;
let readers: Readers;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
  search = new Search(fixture.database, systemClock);
  readers = new Readers(fixture.database);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

const everyone = [{ principal: 'everyone', effect: 'allow' as const }];
const texts = async (ctx: CallContext, text: string, k = 10): Promise<string[]> =>
  (await search.run(ctx, { text, k })).passages.map((passage) => passage.content);

describe('Search', () => {
  let writer: CallContext;
  let anna: CallContext;
  let handbook: string;

  beforeAll(async () => {
    writer = await fixture.tenant('search');
    anna = await fixture.employee(writer, 'anna');
    handbook = await fixture.collection(writer, 'handbook');
    await readers.setOfCollection(writer, handbook, everyone);
    await fixture.document(writer, handbook, 'Leave', [
      { heading: 'Leave › Annual leave', page: 3, content: 'Every employee gets 25 days.', language: 'en' },
      'Sick days need a note after the third day.',
      '员工每年有15天年假。',
    ]);
    await fixture.document(writer, handbook, 'Errors', [
      'Error E-417 means the disk is full.',
      'Error E-418 is a teapot.',
    ]);
  });

  it('ranks by BM25, with titles and headings', async () => {
    const result = await search.run(anna, { text: 'How many days of annual leave do employees get?', k: 3 });
    expect(result.passages[0]).toMatchObject({
      title: 'Leave',
      fileName: 'file.md',
      collection: 'handbook',
      heading: 'Leave › Annual leave',
      page: 3,
      ordinal: 0,
      content: 'Every employee gets 25 days.',
      language: 'en',
    });
    expect(result.passages.length).toBe(3);
    expect(result.withheld).toBe(0);
    const scores = result.passages.map((passage) => passage.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('scores exactly as the formula says', async () => {
    const [first] = (await search.run(anna, { text: 'teapot', k: 1 })).passages;
    // Five passages; `teapot` in one; its length 4 (error … e-418 e 418 teapot with the title), average of all.
    const rows = await fixture.database.once<{ terms: number; average: number }>(
      writer,
      `select terms, (select avg(terms)::float8 from passage) as average from passage where content like '%teapot%'`,
      [],
      { access: 'all' },
    );
    const { terms, average } = rows[0] ?? { terms: 0, average: 0 };
    const idf = Math.log(1 + (5 - 1 + 0.5) / (1 + 0.5));
    expect(first?.score).toBeCloseTo((idf * 2.2) / (1 + 1.2 * (0.25 + (0.75 * terms) / average)), 10);
  });

  it('finds codes as typed, Chinese, and any of the terms', async () => {
    expect((await texts(anna, 'what is E-417?'))[0]).toContain('E-417');
    expect((await texts(anna, '年假多少天？'))[0]).toContain('15天年假');
    expect(await texts(anna, 'teapot unicorn')).toHaveLength(1);
  });

  it('answers nothing for nothing, and bounds k', async () => {
    expect(await texts(anna, '   ?!')).toEqual([]);
    expect(await texts(anna, 'the of')).toEqual([]);
    expect(await texts(anna, 'error', 0)).toHaveLength(1);
    expect(await texts(anna, `error ${'x y z '.repeat(20_000)}`, 1e9)).toHaveLength(2);
    expect(await texts(anna, `'; drop table passage; -- error`)).toHaveLength(2);
  });

  it('searches only the collections asked for', async () => {
    const other = await fixture.collection(writer, 'other');
    await readers.setOfCollection(writer, other, everyone);
    await fixture.document(writer, other, 'Kettle', ['A teapot in the kitchen.']);
    const ids = async (collectionIds: string[]): Promise<string[]> =>
      (await search.run(anna, { text: 'teapot', k: 9, collectionIds })).passages.map(
        (passage) => passage.collection,
      );
    expect(await ids([other])).toEqual(['other']);
    expect(await ids([handbook])).toEqual(['handbook']);
    expect(await ids([])).toEqual([]);
  });

  it('indexes again without duplicates, and removes', async () => {
    const id = await fixture.document(writer, handbook, 'Parking', ['Zebra parking garage.']);
    const change = (work: (indexer: Indexer, tx: Parameters<Indexer['remove']>[0]) => Promise<unknown>) =>
      fixture.database.transaction(writer, (tx) => work(new Indexer(), tx), { access: 'all' });
    const passage = { heading: '', page: null, content: 'Zebra parking deck.', language: 'en' };
    await change((indexer, tx) => indexer.index(tx, id, [passage]));
    await change((indexer, tx) => indexer.index(tx, id, [passage]));
    expect(await texts(anna, 'zebra')).toEqual(['Zebra parking deck.']);
    const count = `select (select count(*)::int from passage where document_id = $1) as passages,
      (select count(*)::int from posting where document_id = $1) as postings, passages as said, terms::int
      from document where id = $1`;
    expect(await fixture.database.once(writer, count, [id], { access: 'all' })).toEqual([
      { passages: 1, postings: 3, said: 1, terms: 4 },
    ]);
    await change((indexer, tx) => indexer.remove(tx, id));
    expect(await texts(anna, 'zebra')).toEqual([]);
    expect(await fixture.database.once(writer, count, [id], { access: 'all' })).toEqual([
      { passages: 0, postings: 0, said: 0, terms: 0 },
    ]);
  });

  it('scores a filtered search as if nothing else existed, and counts what was withheld', async () => {
    const alone = await fixture.tenant('alone');
    const same = await fixture.tenant('same');
    for (const ctx of [alone, same]) {
      const open = await fixture.collection(ctx, 'open');
      await readers.setOfCollection(ctx, open, everyone);
      await fixture.document(ctx, open, 'Open', ['alpha beta', 'alpha gamma gamma delta', 'beta']);
    }
    const secret = await fixture.collection(same, 'secret');
    await fixture.document(same, secret, 'Secret', ['alpha alpha beta', 'alpha', 'epsilon', 'beta beta']);
    const scores = async (ctx: CallContext) => {
      const employee = await fixture.employee(ctx, 'reader');
      const { passages, withheld } = await search.run(employee, { text: 'alpha beta', k: 3 });
      return { scores: passages.map(({ content, score }) => ({ content, score })), withheld };
    };
    const unfiltered = await scores(alone);
    const filtered = await scores(same);
    expect(filtered.scores).toEqual(unfiltered.scores);
    expect(unfiltered.withheld).toBe(0);
    expect(filtered.withheld).toBeGreaterThan(0);
  });

  it('is a fault when the database is away, and stops for a caller who left', async () => {
    const broken = await Fixture.open(clone, 1);
    await broken.close();
    await expect(new Search(broken.database, systemClock).run(anna, { text: 'leave', k: 1 })).rejects.toThrow(
      RetrievalFault,
    );
    await expect(
      search.run({ ...anna, signal: AbortSignal.abort() }, { text: 'leave', k: 1 }),
    ).rejects.toThrow(/abort/i);
  });
});
