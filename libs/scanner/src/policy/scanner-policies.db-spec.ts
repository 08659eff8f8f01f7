import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { PurgeHits } from '../hits/purge-hits.js';
import { HITS_KEPT, RecordHits, type HitDetail } from '../hits/record-hits.js';
import { NameRules } from '../hits/name-rules.js';
import { ShowHits } from '../hits/show-hits.js';
import type { DefaultCategory } from '../scan-table.js';
import { entities } from '../store/entities.js';
import { HitRepository } from '../store/hit.repository.js';
import { PolicyRepository } from '../store/policy.repository.js';
import { RuleRepository } from '../store/rule.repository.js';
import { DatabaseWords } from '../store/word.repository.js';
import { Words } from '../words.js';
import { KEEP_HITS_DAYS_LIMIT, ScannerPolicies } from './scanner-policies.js';

const TIER: DefaultCategory[] = [{ name: 'abuse', action: 'redact', severity: 'high', folds: ['case'] }];

describe('policies and hits in Postgres', () => {
  let clone: ClonedDatabase;
  let db: Database;
  let store: PolicyRepository;
  let policies: ScannerPolicies;
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

  beforeAll(async () => {
    clone = await cloneDatabase();
    db = await connectDatabase({
      url: clone.appUrl,
      entities,
      poolSize: 4,
      statementTimeout: 20_000,
      applicationName: 'policies-spec',
    });
    store = new PolicyRepository(db);
    policies = new ScannerPolicies(store, TIER);
    [ctx, other] = [await addTenant('one'), await addTenant('two')];
  });
  afterAll(async () => {
    await db.close();
    await clone.drop();
  });

  const showing = (hits: HitRepository) => new ShowHits(hits, new NameRules(new RuleRepository(db)));
  const row = async (name: string, of = ctx) =>
    (await policies.show(of)).categories.find((category) => category.name === name);

  it('shows what is built in: the tier, the detectors, and the categories of own words', async () => {
    expect(await row('abuse')).toMatchObject({ kind: 'tier', action: 'redact', changed: false, words: 0 });
    expect(await row('secret.token')).toMatchObject({ kind: 'detector', action: 'redact', folds: [] });
    expect(await row('names')).toBeUndefined();
    const word = { text: 'heron', category: 'names', action: 'log', wholeWord: null } as const;
    await new Words(new DatabaseWords(db)).add(ctx, [word]);
    expect(await row('names')).toMatchObject({ kind: 'words', action: null, severity: 'medium', words: 1 });
    expect(await row('names', other)).toBeUndefined();
  });

  it('stores differences alone, raises the version once, and returns to what is built in', async () => {
    const { version } = await policies.show(ctx);
    await policies.set(ctx, {
      abuse: { action: 'stop', severity: 'high', folds: ['case'] },
      names: { action: null, folds: ['case', 'pinyin', 'case'] },
    });
    expect((await store.load(ctx)).changes).toEqual({
      abuse: { action: 'stop' },
      names: { folds: ['case', 'pinyin'] },
    });
    expect((await policies.show(ctx)).version).toBe(version + 1);
    expect(await row('abuse')).toMatchObject({
      action: 'stop',
      changed: true,
      builtIn: { action: 'redact' },
    });
    expect(await row('abuse', other)).toMatchObject({ action: 'redact', changed: false });
    await policies.set(ctx, {});
    expect((await store.load(ctx)).changes).toEqual({});
  });

  it('refuses what somebody else has replaced meanwhile, and changes nothing; words are no such change', async () => {
    const seen = await policies.show(ctx);
    const word = { text: 'ibis', category: 'names', action: 'log', wholeWord: null } as const;
    await new Words(new DatabaseWords(db)).add(ctx, [word]);
    const first = await policies.set(ctx, { abuse: { action: 'stop' } }, undefined, seen.policyVersion);
    const late = policies.set(ctx, { names: { action: 'log' } }, 9, seen.policyVersion);
    await expect(late).rejects.toMatchObject({ status: 409, code: 'SCANNER_POLICY_CHANGED' });
    expect(await policies.show(ctx)).toEqual(first);
    const both = [1, 2].map((days) => policies.set(ctx, {}, days, first.policyVersion));
    const states = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(states.sort()).toEqual(['fulfilled', 'rejected']);
    const never = policies.set(other, {}, undefined, first.policyVersion);
    await expect(never).rejects.toMatchObject({ status: 409 });
    await policies.set(ctx, {}, 30);
  });

  it('refuses unknown names, each by name, and changes nothing', async () => {
    const before = await store.load(ctx);
    const asked = {
      abuse: { action: 'explode', severity: 'dire', folds: ['case', 'rot13'] },
      'secret.token': { action: null },
      nothing: { action: 'log' },
    };
    const refusal = await policies.set(ctx, asked).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 422, code: 'SCANNER_POLICY_INVALID' });
    const { details } = refusal as { details: { path: string; message: string }[] };
    expect(details.map(({ path, message }) => `${path}: ${message.split(' ')[0] ?? ''}`)).toEqual([
      'categories.abuse.action: explode',
      'categories.abuse.severity: dire',
      'categories.abuse.folds: rot13',
      'categories.secret.token.action: none',
      'categories.nothing: nothing',
    ]);
    await expect(policies.set(ctx, {}, 0)).rejects.toMatchObject({ status: 422 });
    await expect(policies.set(ctx, {}, KEEP_HITS_DAYS_LIMIT + 1)).rejects.toMatchObject({ status: 422 });
    expect(await store.load(ctx)).toEqual(before);
  });

  it('keeps the slice and the folded form of words, and of a detector’s find its kind and length alone', async () => {
    const hits = new HitRepository(db);
    const hit: HitDetail = {
      ...{ channel: '0:content', ruleId: 'w1', category: 'names', severity: 'low', action: 'redact' },
      ...{ start: 3, end: 5, folds: ['traditional'], original: '張三', folded: '张三' },
    };
    const secret = {
      ...hit,
      ruleId: 'detector:email',
      category: 'personal-data.email',
      original: 'a@b.example',
      folded: 'a@b.example',
      end: 14,
    };
    await new RecordHits(hits).run(ctx, [hit, secret]);
    const { rows, next } = await showing(hits).run(ctx, {}, 1);
    expect(rows).toMatchObject([{ original: null, folded: null, masked: 'personal-data.email · 11' }]);
    const page = await showing(hits).run(ctx, { before: next ?? '', reference: ctx.traceId }, 1);
    expect(page).toMatchObject({
      next: null,
      rows: [{ original: '張三', folded: '张三', masked: null, start: 3 }],
    });
    expect(JSON.stringify([rows, page])).not.toContain('a@b');
    const of = async (reference: string) => (await showing(hits).run(ctx, { reference }, 9)).rows.length;
    expect(await of(ctx.traceId.slice(0, 8))).toBe(2);
    expect(await of(`${ctx.traceId.slice(0, 7)}${ctx.traceId[7] === '0' ? '1' : '0'}`)).toBe(0);
    expect((await showing(hits).run(ctx, { category: 'names', action: 'stop' }, 9)).rows).toEqual([]);
    expect((await showing(hits).run(other, {}, 9)).rows).toEqual([]);
    // Row security hides them from every statement that has not said that its reader was checked.
    expect(await db.once(ctx, 'select id from scan_hit')).toEqual([]);
    const many = Array.from({ length: HITS_KEPT + 1 }, (_, start) => ({ ...hit, start }));
    expect(await new RecordHits(hits).run(other, many)).toBe(HITS_KEPT);
  });

  it('gives them newest first, every one of them once, however many digits their ids have', async () => {
    const show = showing(new HitRepository(db));
    const starts: number[] = [];
    for (let before: string | undefined; ;) {
      const { rows, next } = await show.run(other, { before }, 7);
      starts.push(...rows.map(({ start }) => start));
      if (next === null) break;
      before = next;
    }
    expect(starts).toEqual(Array.from({ length: HITS_KEPT }, (_, at) => HITS_KEPT - 1 - at));
  });

  it('deletes hits after the days of the tenant, not before and not of others', async () => {
    const hits = new HitRepository(db);
    const clock = new ManualClock(Date.now());
    const purge = new PurgeHits(hits, store, clock);
    await policies.set(ctx, {}, 7);
    clock.advance(7 * 86_400_000 - 60_000);
    expect(await purge.run(ctx)).toBe(0);
    clock.advance(120_000);
    expect(await purge.run(ctx)).toBe(2);
    expect((await hits.list(other, {}, 500)).length).toBe(HITS_KEPT);
  });
});
