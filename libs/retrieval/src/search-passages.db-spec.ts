import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { Fixture } from './testing/index.js';
import { Documents, Indexer, Readers, removeFromIndex, RetrievalFault, Search } from './index.js';

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
    const indexer = new Indexer(fixture.database);
    const passage = { heading: '', page: null, content: 'Zebra parking deck.', language: 'en' };
    const change = (work: (tx: Tx) => Promise<unknown>) =>
      fixture.database.transaction(writer, work, { access: 'all' });
    await change((tx) => indexer.index(tx, writer, id, [passage]));
    await change((tx) => indexer.index(tx, writer, id, [passage]));
    expect(await texts(anna, 'zebra')).toEqual(['Zebra parking deck.']);
    await change((tx) => removeFromIndex(tx, id));
    expect(await texts(anna, 'zebra')).toEqual([]);
  });

  it('ranks a filtered search as the tenant does, with what is forbidden left out, and counts what was withheld', async () => {
    const same = await fixture.tenant('same');
    const open = await fixture.collection(same, 'open');
    await readers.setOfCollection(same, open, everyone);
    await fixture.document(same, open, 'Open', ['alpha beta', 'alpha gamma gamma delta', 'beta']);
    const secret = await fixture.collection(same, 'secret');
    await fixture.document(same, secret, 'Secret', ['alpha alpha beta', 'alpha', 'epsilon', 'beta beta']);
    const reader = await fixture.employee(same, 'reader');
    const query = { text: 'alpha beta', k: 3 };
    const filtered = await search.run(reader, query);
    expect(filtered.withheld).toBeGreaterThan(0);
    await readers.setOfCollection(same, secret, everyone);
    const all = await search.run(reader, { ...query, k: 9 });
    expect(all.withheld).toBe(0);
    const left = all.passages.filter(({ collection }) => collection === 'open').slice(0, 3);
    expect(filtered.passages).toEqual(left);
  });

  describe('with phrases in quotes', () => {
    let phrases: string;
    beforeAll(async () => {
      phrases = await fixture.collection(writer, 'phrases');
      await readers.setOfCollection(writer, phrases, everyone);
      await fixture.document(writer, phrases, 'Travel Policy', [
        'The expense report is due on Friday. Report an expense within a week.',
        'Report every expense. An expense without report is not paid: the report is due.',
        { heading: 'Expense report', page: null, content: 'Ask finance.', language: 'en' },
        '出差费用报销单在周五前提交。',
      ]);
    });
    const held = (text: string, k = 10) =>
      search
        .run(anna, { text, k, collectionIds: [phrases] })
        .then(({ passages }) => passages.map(({ ordinal }) => ordinal));

    it('puts passages first that hold them word for word, in text, heading or title', async () => {
      const first = async (text: string, count: number) => (await held(text)).slice(0, count);
      expect((await first('"expense report"', 2)).sort()).toEqual([0, 2]);
      expect(await held('"expense report"')).toHaveLength(3);
      expect(await first('when is the “Expense  Report” due', 2)).toEqual([0, 2]);
      expect(await first('"expense report" "due on friday"', 1)).toEqual([0]);
      expect(await first('「报销单」', 1)).toEqual([3]);
      expect([0, 2]).toContain((await held('"expense report"', 1))[0]);
      expect(await held('"expense report"', 1)).toHaveLength(1);
    });

    it('finds what it can where nobody holds them', async () => {
      expect((await held('"expense of the report"')).length).toBeGreaterThan(1);
      expect(await held('"walrus"')).toEqual([]);
    });
  });

  describe('words that documents write longer', () => {
    let mine: CallContext;
    let ben: CallContext;

    beforeAll(async () => {
      mine = await fixture.tenant('longer-words');
      ben = await fixture.employee(mine, 'ben');
      const open = await fixture.collection(mine, 'open');
      const closed = await fixture.collection(mine, 'closed');
      await readers.setOfCollection(mine, open, everyone);
      await fixture.document(mine, open, '请假制度', [
        '全职员工每个自然年享有十八天年休假。',
        '休假前填写申请。每年度评审一次。',
        '商务旅行可乘坐高速铁路。',
        '住处在公路旁。',
      ]);
      await fixture.document(mine, closed, '内部', ['年假另有规定。', '医疗保险由公司缴纳。']);
    });
    const first = async (text: string): Promise<string | undefined> => (await texts(ben, text))[0];

    it('are found by what they are shortened to: the middle left out, or the first characters', async () => {
      expect(await first('年假')).toBe('全职员工每个自然年享有十八天年休假。');
      expect(await first('年假有几天？')).toBe('全职员工每个自然年享有十八天年休假。');
      expect(await first('可以坐高铁吗')).toBe('商务旅行可乘坐高速铁路。');
    });

    it('are none where the characters only stand somewhere in a passage', async () => {
      // 公 and 旅 stand in passages, 公_旅 in none.
      expect(await texts(ben, '公旅')).toEqual([]);
    });

    it('are those of documents that the caller may read', async () => {
      expect(await texts(ben, '医保')).toEqual([]);
      // What hidden documents have makes no difference: 年假 stands in one.
      expect(
        (await search.run(ben, { text: '年假', k: 3 })).passages.map(({ title }) => title),
      ).not.toContain('内部');
    });

    it('do not matter where a passage has the word itself', async () => {
      expect(await texts(anna, '年假')).toEqual(['员工每年有15天年假。']);
    });
  });

  describe('that finds nothing', () => {
    const suggested = async (text: string, ctx = anna): Promise<string | undefined> =>
      (await search.run(ctx, { text, k: 3 })).suggestion;

    it('suggests the question with words of documents that the caller may read', async () => {
      expect(await suggested('teappot')).toBe('teapot');
      expect(await suggested('a taepot?')).toBe('a teapot?');
      expect(await suggested('employes')).toBe('employee');
      expect(await suggested('Anual')).toBe('annual');
      expect(await suggested('xylophone')).toBeUndefined();
      expect(await suggested('E-419')).toBeUndefined();
      expect(await suggested(`anual ${'x'.repeat(300)}`)).toBeUndefined();
    });

    it('says which documents the words of a suggestion are from', async () => {
      const found = await search.run(anna, { text: 'a taepot?', k: 3 });
      const from = await new Documents(fixture.database).readableAmong(anna, found.suggestionFrom ?? []);
      expect(from.size).toBe(1);
      expect(found.suggestionFrom).toEqual([...from]);
      expect(await search.run(anna, { text: 'xylophone', k: 3 })).not.toHaveProperty('suggestionFrom');
    });

    it('suggests nothing out of what the caller may not read', async () => {
      const closed = await fixture.collection(writer, 'closed');
      await fixture.document(writer, closed, 'Project', ['The project is called Nightingale.']);
      expect(await suggested('nightingail')).toBeUndefined();
      await readers.setOfCollection(writer, closed, everyone);
      expect(await suggested('nightingail')).toBe('nightingale');
      const none = await search.run(anna, { text: 'nightingail', k: 3, collectionIds: [handbook] });
      expect(none.suggestion).toBeUndefined();
      await readers.setOfCollection(writer, closed, []);
    });
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
