import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ManualClock, systemClock, type Clock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { AssembleTable } from './assemble-table.js';
import { scanText } from './scan-text.js';
import { RECHECK_MS, ScanTables } from './scan-tables.js';
import { entities } from './store/entities.js';
import { TableRepository } from './store/table.repository.js';
import { DatabaseWords, type NewWord, type WordChange } from './store/word.repository.js';
import { EMPTY_TIER } from './testing/empty-tier.js';
import { UnitCache } from './unit-cache.js';
import { WORD_COUNT_LIMIT, WORD_LENGTH_LIMIT } from './word-entry.js';
import { Words } from './words.js';

const word = (text: string, more: Partial<NewWord> = {}): NewWord => ({
  ...{ text, category: 'general', action: 'redact', wholeWord: null },
  ...more,
});

describe('words in Postgres', () => {
  let clone: ClonedDatabase;
  let db: Database;
  let store: DatabaseWords;
  let words: Words;
  let ctx: CallContext;
  let other: CallContext;

  const addTenant = async (slug: string) => {
    const id = randomUUID();
    const owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    await owner.query(`select set_config('app.tenant', $1, false)`, [id]);
    await owner.query(`insert into tenant (id, slug, name) values ($1, $2, $2)`, [id, slug]);
    await owner.end();
    return systemContext(id);
  };

  const tablesOf = (timeoutMs: number, clock: Clock = systemClock) => {
    const source = new TableRepository(db);
    const assemble = new AssembleTable(source, EMPTY_TIER, new UnitCache());
    return new ScanTables(source, assemble, clock, timeoutMs);
  };

  beforeEach(async () => {
    clone = await cloneDatabase();
    db = await connectDatabase({
      url: clone.appUrl,
      entities,
      poolSize: 8,
      statementTimeout: 20_000,
      applicationName: 'scanner-spec',
    });
    store = new DatabaseWords(db);
    words = new Words(store);
    [ctx, other] = [await addTenant('one'), await addTenant('two')];
  });
  afterEach(async () => {
    await db.close();
    await clone.drop();
  });

  it('adds, lists, searches, changes and removes, and counts each change', async () => {
    expect(await store.versionOf(ctx)).toBe(0);
    expect(await words.add(ctx, [word(' 甲 '), word('50%'), word('beta', { category: 'names' })])).toEqual({
      added: 3,
      problems: [],
    });
    expect(await store.versionOf(ctx)).toBe(1);
    const { rows, total } = await words.list(ctx, { limit: 2 });
    expect([rows.length, total]).toEqual([2, 3]);
    expect((await words.list(ctx, { limit: 2, offset: 2 })).rows).toHaveLength(1);
    expect((await words.list(ctx, { search: '%' })).rows.map(({ text }) => text)).toEqual(['50%']);
    expect((await words.list(ctx, { search: 'NAME' })).rows.map(({ text }) => text)).toEqual(['beta']);
    expect(await words.list(ctx, { search: 'a\0' })).toEqual({ rows: [], total: 0 });

    const id = (await words.list(ctx, { search: '甲' })).rows[0]?.id ?? '';
    expect(await words.update(ctx, id, { action: 'stop' })).toMatchObject({
      text: '甲',
      action: 'stop',
      wholeWord: null,
    });
    expect(await words.update(ctx, id, { wholeWord: true, category: ' x ' })).toMatchObject({
      ...{ action: 'stop', category: 'x', wholeWord: true },
    });
    expect(await words.update(ctx, id, { wholeWord: null })).toMatchObject({
      wholeWord: null,
      category: 'x',
    });
    expect(await store.versionOf(ctx)).toBe(4);
    expect(await words.remove(ctx, id)).toMatchObject({ text: '甲' });
    expect(await words.remove(ctx, id)).toBeUndefined();
    expect(await store.versionOf(ctx)).toBe(5);
    expect(await store.wordsOf(ctx)).toMatchObject({
      version: 5,
      words: [{ text: '50%' }, { text: 'beta' }],
    });
  });

  it('adds nothing when one word is in the way, and says which', async () => {
    await words.add(ctx, [word('known')]);
    const result = await words.add(ctx, [
      ...[word('fine'), word(' '), word('x'.repeat(WORD_LENGTH_LIMIT + 1)), word('known'), word('fine')],
      ...[word('a\ud800'), word('c', { category: '' }), word('d', { action: 'allow' as 'log' })],
    ]);
    expect(result.added).toBe(0);
    expect(result.problems.map(({ index, problem }) => [index, problem])).toEqual([
      [1, 'blank'],
      [2, 'too-long'],
      [3, 'exists'],
      [4, 'repeated'],
      [5, 'not-text'],
      [6, 'invalid'],
      [7, 'invalid'],
    ]);
    expect((await words.list(ctx)).total).toBe(1);
    expect(await store.versionOf(ctx)).toBe(1);
  });

  it('skips duplicates where that is asked for, and reports them', async () => {
    await words.add(ctx, [word('known')]);
    const result = await words.add(ctx, [word('known'), word('new'), word('new')], { duplicates: 'skip' });
    expect(result).toMatchObject({ added: 1, problems: [{ problem: 'exists' }, { problem: 'repeated' }] });
    expect((await words.list(ctx)).total).toBe(2);
  });

  it('holds as many words as a tenant may have, added at once from several sides, and no more', async () => {
    const many = Array.from({ length: WORD_COUNT_LIMIT - 5 }, (_, i) => word(`w${i}`));
    expect((await words.add(ctx, many)).added).toBe(WORD_COUNT_LIMIT - 5);
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, i) => words.add(ctx, [word(`last ${i}`)])),
    );
    expect(results.filter(({ added }) => added === 1)).toHaveLength(5);
    expect(results.flatMap(({ problems }) => problems.map(({ problem }) => problem))).toEqual(
      Array.from({ length: 3 }, () => 'no-room'),
    );
    expect((await store.wordsOf(ctx)).words).toHaveLength(WORD_COUNT_LIMIT);
  });

  it('keeps tenants apart', async () => {
    await words.add(ctx, [word('甲')]);
    const id = (await words.list(ctx)).rows[0]?.id ?? '';
    expect(await words.list(other)).toEqual({ rows: [], total: 0 });
    expect(await words.update(other, id, { action: 'stop' })).toBeUndefined();
    expect(await words.remove(other, id)).toBeUndefined();
    expect(await store.wordsOf(other)).toEqual({ version: 0, words: [] });
    expect(await store.versionOf(other)).toBe(0);
    expect((await words.add(other, [word('甲')])).added).toBe(1);
  });

  it('answers for ids that are none, and refuses changes and pages out of bounds', async () => {
    expect(await words.update(ctx, 'nonsense', {})).toBeUndefined();
    expect(await words.remove(ctx, 'nonsense')).toBeUndefined();
    await expect(words.update(ctx, randomUUID(), { category: ' ' })).rejects.toMatchObject({ status: 422 });
    await expect(words.update(ctx, randomUUID(), { action: 'x' as 'log' })).rejects.toMatchObject({
      status: 422,
    });
    await expect(words.list(ctx, { limit: 201 })).rejects.toMatchObject({ status: 422 });
    await expect(words.list(ctx, { offset: -1 })).rejects.toMatchObject({ status: 422 });
  });

  it('takes no word in a category of the detectors, and keeps those that are there', async () => {
    const mail = { ...word('Project Heron'), category: 'personal-data.email' };
    const problem = { index: 0, text: 'Project Heron', problem: 'detector-category' };
    expect(await words.add(ctx, [mail])).toEqual({ added: 0, problems: [problem] });
    await words.add(ctx, [word('Project Heron')]);
    const id = (await words.list(ctx)).rows[0]?.id ?? '';
    await expect(words.update(ctx, id, { category: 'secret.key' })).rejects.toMatchObject({
      status: 422,
      code: 'SCANNER_CATEGORY_OF_DETECTORS',
      details: [{ path: 'category' }],
    });
    // From before they were refused.
    await db.once(ctx, `update forbidden_word set category = 'secret.key' where id = $1`, [id]);
    expect(await words.update(ctx, id, { action: 'stop' })).toMatchObject({ category: 'secret.key' });
    const { hits } = scanText(await tablesOf(5_000).tableFor(ctx), 'Project Heron');
    expect(hits).toMatchObject([{ category: 'secret.key', action: 'redact' }]);
  });

  it('takes words that would hit nearly every answer only where they are confirmed', async () => {
    const both = [word('的'), word('heron')];
    const problem = { index: 0, text: '的', problem: 'broad' };
    expect(await words.add(ctx, both)).toEqual({ added: 0, problems: [problem] });
    expect(await words.add(ctx, both, { duplicates: 'skip' })).toEqual({ added: 0, problems: [problem] });
    expect(await words.add(ctx, both, { confirmed: true })).toEqual({ added: 2, problems: [] });
    expect((await words.add(ctx, [{ ...word('a'), allow: true }])).added).toBe(1);
  });

  it('changes a word so that it hits nearly every answer, or does more there, only where that is confirmed', async () => {
    const changed = async (text: string, change: WordChange, confirmed?: boolean) => {
      const { rows } = await words.list(ctx, { search: text });
      const id = rows.find((row) => row.text === text)?.id ?? '';
      return words.update(ctx, id, change, confirmed === undefined ? {} : { confirmed });
    };
    const refused = { status: 422, code: 'SCANNER_WORDS_BROAD' };
    await words.add(ctx, [word('ab'), word('heron'), { ...word('the'), allow: true }]);
    await expect(changed('ab', { wholeWord: false })).rejects.toMatchObject({
      ...refused,
      details: [{ path: 'wholeWord', message: 'broad' }],
    });
    await expect(changed('the', { allow: false })).rejects.toMatchObject(refused);
    const before = await store.versionOf(ctx);
    expect((await words.list(ctx, { search: 'ab' })).rows).toMatchObject([{ wholeWord: null }]);
    // What is no broader than before is nobody's question.
    expect(await changed('heron', { wholeWord: false })).toMatchObject({ wholeWord: false });
    expect(await changed('the', { category: 'articles' })).toMatchObject({ allow: true });
    expect(await changed('ab', { wholeWord: false, action: 'log' }, true)).toMatchObject({ action: 'log' });
    expect(await store.versionOf(ctx)).toBe(before + 3);
    await expect(changed('ab', { action: 'stop' })).rejects.toMatchObject(refused);
    expect(await changed('ab', { action: 'stop' }, true)).toMatchObject({ action: 'stop' });
    expect(await changed('ab', { action: 'redact', category: 'names' })).toMatchObject({ category: 'names' });
    expect(await changed('ab', { wholeWord: null, action: 'stop' })).toMatchObject({ wholeWord: null });
  });

  it('reaches the answers of this process at once and of another within a second', async () => {
    const mine = tablesOf(5_000);
    const clock = new ManualClock(systemClock.now());
    const theirs = tablesOf(5_000, clock);
    const finds = async (tables: ScanTables) => scanText(await tables.tableFor(ctx), '甲').hits.length;
    expect([await finds(mine), await finds(theirs)]).toEqual([0, 0]);
    await new Words(store, mine).add(ctx, [word('甲')]);
    expect(await finds(mine)).toBe(1);
    clock.advance(RECHECK_MS - 1);
    expect(await finds(theirs)).toBe(0);
    clock.advance(1);
    expect(await finds(theirs)).toBe(1);
  });

  it('fails closed when the database is gone', async () => {
    const tables = tablesOf(2_000);
    await db.close();
    await expect(tables.tableFor(ctx)).rejects.toMatchObject({ code: 'SCANNER_UNAVAILABLE' });
    db = await connectDatabase({
      ...{
        url: clone.appUrl,
        entities,
        poolSize: 1,
        statementTimeout: 1_000,
        applicationName: 'scanner-spec',
      },
    });
  });
});
