import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { AssembleTable } from '../assemble-table.js';
import { EMPTY_TIER } from '../testing/empty-tier.js';
import { ScannerPolicies } from '../policy/scanner-policies.js';
import type { ScanTable } from '../scan-table.js';
import { ScanTables } from '../scan-tables.js';
import { entities } from '../store/entities.js';
import { ListContentRepository } from '../store/list-content.repository.js';
import { PolicyRepository } from '../store/policy.repository.js';
import { TableRepository } from '../store/table.repository.js';
import { WordListRepository, type NewList, type StoredList } from '../store/word-list.repository.js';
import { DatabaseWords } from '../store/word.repository.js';
import { UnitCache } from '../unit-cache.js';
import { Words } from '../words.js';
import { CheckWordList } from './check-word-list.js';
import type { KeptAnswer } from './preview-list.js';
import { ResumeLists, UPLOAD_LOST_MS } from './resume-lists.js';
import { WordLists } from './word-lists.js';

const MAX_BYTES = 200;
const MAX_WORDS = 5;
const LIST: NewList = { name: 'n', category: 'names', action: 'stop', fileName: 'names.txt' };

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const found = (table: ScanTable, text: string): string[] =>
  table.units.flatMap((unit) => unit.matcher.findAll(text).map(({ entry }) => unit.ruleOf(entry).ruleId));

describe('imported lists', () => {
  let clone: ClonedDatabase;
  let db: Database;
  let lists: WordLists;
  let check: CheckWordList;
  let tables: ScanTables;
  let policies: ScannerPolicies;
  let answers: KeptAnswer[];
  let ctx: CallContext;
  let other: CallContext;
  const clock = new ManualClock();

  const addTenant = async (slug: string) => {
    const id = randomUUID();
    const owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    await owner.query(`select set_config('app.tenant', $1, false)`, [id]);
    await owner.query(`insert into tenant (id, slug, name) values ($1, $2, $2)`, [id, slug]);
    await owner.end();
    return systemContext(id);
  };
  const newTables = () => {
    const source = new TableRepository(db);
    return new ScanTables(source, new AssembleTable(source, EMPTY_TIER, new UnitCache()), clock, 5_000);
  };

  beforeEach(async () => {
    clone = await cloneDatabase();
    db = await connectDatabase({
      url: clone.appUrl,
      entities,
      poolSize: 8,
      statementTimeout: 20_000,
      applicationName: 'lists-spec',
    });
    [ctx, other] = [await addTenant('one'), await addTenant('two')];
    answers = [];
    tables = newTables();
    const store = new PolicyRepository(db);
    policies = new ScannerPolicies(store, EMPTY_TIER.categories, tables);
    const repository = new WordListRepository(db);
    const content = new ListContentRepository(db);
    lists = new WordLists(repository, content, MAX_BYTES, tables);
    const recent = {
      async *since(_: Date, limit: number) {
        yield* answers.slice(0, limit);
      },
    };
    check = new CheckWordList(
      {
        ...{ lists: repository, content, answers: () => recent, clock },
        policies: { store, effective: (stored) => policies.effective(stored) },
      },
      MAX_WORDS,
    );
  });
  afterEach(async () => {
    await db.close();
    await clone.drop();
  });

  const importList = async (text: string, more: Partial<NewList> = {}): Promise<StoredList> => {
    const added = await lists.add(ctx, { ...LIST, ...more }, bytes(text));
    expect(added).toMatchObject({ state: 'checking', stage: 'waiting' });
    await check.run(ctx, added?.id ?? '');
    return (await lists.get(ctx, added?.id ?? '')) as StoredList;
  };
  const version = () => new DatabaseWords(db).versionOf(ctx);

  it('are checked and previewed, and change nothing until they are confirmed', async () => {
    answers = [
      { at: new Date(clock.now()), text: `${'x '.repeat(40)}张三 met 張三。` },
      { at: new Date(clock.now()), text: 'nothing' },
    ];
    await new Words(new DatabaseWords(db)).add(ctx, [
      { text: '李四', category: 'names', action: 'log', wholeWord: null },
    ]);
    const list = await importList('张三\n\n李四\n张三\n');
    expect(list).toMatchObject({
      state: 'preview',
      stage: null,
      words: 2,
      bytes: 22,
      readBytes: 22,
      failure: null,
    });
    expect(list.report).toMatchObject({ encoding: 'utf-8', lines: 4, words: 2 });
    expect(list.report?.problems).toEqual({ blank: 1, repeated: 1, exists: 1 });
    expect(list.preview).toMatchObject({ answers: 2, answersHit: 1, hits: 2, complete: true });
    expect(list.preview?.top).toEqual([{ word: '张三', hits: 2 }]);
    expect(list.preview?.places[1]).toMatchObject({ match: '張三', after: '。' });
    expect(found(await tables.tableFor(ctx), '张三')).toEqual([]);
  });

  it('are in force within a second of their confirmation, out of it when undone, and again', async () => {
    const elsewhere = newTables();
    const { id } = await importList('张三\n');
    const before = await version();
    expect(found(await elsewhere.tableFor(ctx), '张三')).toEqual([]);
    expect(await lists.confirm(ctx, id)).toMatchObject({ state: 'active' });
    expect(await version()).toBe(before + 1);
    expect(found(await tables.tableFor(ctx), '张三')).toEqual([`list:${id}:0`]);
    clock.advance(1_000);
    const held = await elsewhere.tableFor(ctx);
    expect(found(held, '张三')).toEqual([`list:${id}:0`]);
    await expect(lists.confirm(ctx, id)).rejects.toMatchObject({ code: 'SCANNER_LIST_STATE', status: 409 });
    await expect(lists.remove(ctx, id)).rejects.toMatchObject({ status: 409 });
    expect(await lists.undo(ctx, id)).toMatchObject({ state: 'undone' });
    clock.advance(1_000);
    expect(found(await elsewhere.tableFor(ctx), '张三')).toEqual([]);
    expect(found(held, '张三')).toHaveLength(1);
    await lists.confirm(ctx, id);
    expect(found(await tables.tableFor(ctx), '张三')).toHaveLength(1);
    await lists.undo(ctx, id);
    expect(await lists.remove(ctx, id)).toBe(true);
    expect(await lists.get(ctx, id)).toBeUndefined();
  });

  it('compile once: a changed word builds the words alone', async () => {
    const { id } = await importList('张三\n');
    await lists.confirm(ctx, id);
    const before = await tables.tableFor(ctx);
    await new Words(new DatabaseWords(db), tables).add(ctx, [
      { text: 'x', category: 'general', action: 'log', wholeWord: null, allow: true },
    ]);
    const after = await tables.tableFor(ctx);
    const unit = (table: ScanTable, kind: string) => table.units.find((one) => one.kind === kind);
    expect(unit(after, 'list')).toBe(unit(before, 'list'));
    expect(unit(after, 'words')?.ruleOf(0)).toMatchObject({ allow: true });
    await policies.set(ctx, { names: { action: 'off' } });
    const decided = await tables.tableFor(ctx);
    expect(unit(decided, 'words')).toBe(unit(after, 'words'));
    expect(decided.policy.of('names').action).toBe('off');
  });

  it('take files up to the bytes and words allowed, and say what they cannot be taken for', async () => {
    expect(await importList('a\nb\nc\nd\ne\n')).toMatchObject({ state: 'preview', words: MAX_WORDS });
    expect(await importList('a\nb\nc\nd\ne\nf')).toMatchObject({
      state: 'failed',
      failure: 'SCANNER_LIST_TOO_MANY_WORDS',
    });
    expect(await importList('')).toMatchObject({ state: 'failed', failure: 'SCANNER_LIST_EMPTY' });
    expect(await importList('\n\u0007\n')).toMatchObject({
      state: 'failed',
      failure: 'SCANNER_LIST_EMPTY',
      report: { problems: { blank: 1, control: 1 } },
    });
    expect(await importList('a'.padEnd(MAX_BYTES, ' '))).toMatchObject({ state: 'preview' });
    const { total } = await lists.list(ctx, { limit: 50, offset: 0 });
    await expect(lists.add(ctx, LIST, bytes('a'.padEnd(MAX_BYTES + 1, ' ')))).rejects.toMatchObject({
      status: 413,
    });
    await expect(lists.add(ctx, { ...LIST, fileName: 'a.docx' }, bytes('a'))).rejects.toMatchObject({
      status: 422,
    });
    expect((await lists.list(ctx, { limit: 50, offset: 0 })).total).toBe(total);
    const text = await lists.add(ctx, { ...LIST, fileName: 'words' }, bytes('张三,x\n'));
    await check.run(ctx, text?.id ?? '');
    expect(await lists.get(ctx, text?.id ?? '')).toMatchObject({ state: 'preview', words: 1 });
    await lists.remove(ctx, text?.id ?? '');
  });

  it('can be cancelled while they are checked', async () => {
    const added = await lists.add(ctx, LIST, bytes('张三'));
    expect(await lists.cancel(ctx, added?.id ?? '')).toMatchObject({ state: 'discarded', words: 0 });
    expect(await check.run(ctx, added?.id ?? '')).toEqual({ state: 'nothing' });
    await expect(lists.confirm(ctx, added?.id ?? '')).rejects.toMatchObject({ status: 409 });
  });

  it('belong to one tenant, in every part', async () => {
    const { id } = await importList('张三\n');
    await lists.confirm(ctx, id);
    expect(await lists.get(other, id)).toBeUndefined();
    for (const act of ['confirm', 'undo', 'preview', 'cancel', 'remove'] as const)
      expect(await lists[act](other, id)).toBeUndefined();
    expect(await new ListContentRepository(db).words(other, id)).toEqual([]);
    expect(found(await tables.tableFor(other), '张三')).toEqual([]);
    expect(await lists.get(ctx, id)).toMatchObject({ state: 'active' });
  });

  it('make their preview again, from the answers of now', async () => {
    const { id } = await importList('张三\n');
    answers = [{ at: new Date(clock.now()), text: '张三' }];
    expect(await lists.preview(ctx, id)).toMatchObject({ previewing: true, state: 'preview' });
    await expect(lists.preview(ctx, id)).rejects.toMatchObject({ status: 409 });
    expect(await check.run(ctx, id)).toEqual({ state: 'previewed' });
    expect(await lists.get(ctx, id)).toMatchObject({ previewing: false, preview: { hits: 1 } });
  });

  describe('of a process that died', () => {
    const stale = async (id: string, seconds: number) =>
      db.once(ctx, 'update word_list set created_at = now() - make_interval(secs => $2) where id = $1', [
        id,
        seconds,
      ]);
    const jobs = async () =>
      (await db.once<{ key: string }>(ctx, 'select key from graphile_worker._private_jobs')).map(
        ({ key }) => key,
      );
    const resume = () => new ResumeLists(new WordListRepository(db)).run(ctx);
    const LOST = UPLOAD_LOST_MS / 1_000;

    it('have failed after a quarter of an hour without the end of their file, and no sooner', async () => {
      const store = new WordListRepository(db);
      const [young, old] = [await store.create(ctx, LIST), await store.create(ctx, LIST)];
      await new ListContentRepository(db).takeFile(ctx, old, bytes('half a fi'), MAX_BYTES);
      await stale(young, LOST - 30);
      await stale(old, LOST + 30);
      expect(await resume()).toEqual({ lost: 1, resumed: 0 });
      expect(await lists.get(ctx, young)).toMatchObject({ state: 'checking', stage: 'uploading' });
      expect(await lists.get(ctx, old)).toMatchObject({
        state: 'failed',
        stage: null,
        failure: 'SCANNER_LIST_UPLOAD_LOST',
      });
      expect((await new ListContentRepository(db).file(ctx, old)).length).toBe(0);
      // Its gateway was only slow.
      await new ListContentRepository(db).takeFile(ctx, old, bytes('the rest'), MAX_BYTES);
      await store.order(ctx, old, { bytes: 8, sha256: Buffer.alloc(32) });
      expect(await lists.get(ctx, old)).toMatchObject({ state: 'failed', bytes: 0 });
      expect((await new ListContentRepository(db).file(ctx, old)).length).toBe(0);
      expect(await jobs()).not.toContain(`check-word-list:${old}`);
      expect(await lists.remove(ctx, old)).toBe(true);
    });

    it('are checked from the beginning where their job is gone or has failed for good, and only there', async () => {
      const left = await lists.add(ctx, LIST, bytes('张三'));
      const dead = await lists.add(ctx, LIST, bytes('李四'));
      const alive = await lists.add(ctx, LIST, bytes('王五'));
      const keys = [left, dead, alive].map((list) => `check-word-list:${list?.id ?? ''}`);
      await db.once(ctx, 'delete from graphile_worker._private_jobs where key = $1', [keys[0]]);
      const spend = 'update graphile_worker._private_jobs set attempts = max_attempts where key = $1';
      await db.once(ctx, spend, [keys[1]]);
      expect(await resume()).toEqual({ lost: 0, resumed: 2 });
      expect(await resume()).toEqual({ lost: 0, resumed: 0 });
      expect((await jobs()).filter((key) => keys.includes(key)).sort()).toEqual([...keys].sort());
      expect(await check.run(ctx, left?.id ?? '')).toMatchObject({ state: 'preview', words: 1 });
    });

    it('make the preview that was ordered', async () => {
      const { id } = await importList('张三\n');
      await db.once(ctx, 'delete from graphile_worker._private_jobs');
      expect(await resume()).toEqual({ lost: 0, resumed: 0 });
      await lists.preview(ctx, id);
      await db.once(ctx, 'delete from graphile_worker._private_jobs');
      expect(await resume()).toEqual({ lost: 0, resumed: 1 });
    });
  });

  it('fail after their check was given up', async () => {
    const added = await lists.add(ctx, LIST, bytes('张三'));
    await check.giveUp(ctx, added?.id ?? '');
    expect(await lists.get(ctx, added?.id ?? '')).toMatchObject({
      state: 'failed',
      failure: 'SCANNER_LIST_FAILED',
    });
  });
});
