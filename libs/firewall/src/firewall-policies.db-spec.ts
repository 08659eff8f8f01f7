import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import {
  cloneDatabase,
  LOADED_MS,
  startStallProxy,
  type ClonedDatabase,
  type StallProxy,
} from '@lorekeep/kit/testing';
import pg from 'pg';
import { Firewall } from './firewall.js';
import { FirewallPolicies, POLICY_AGE_MS } from './firewall-policies.js';
import { FirewallCases } from './cases/cases.js';
import { BUILT_IN, PRESET_POLICIES, withActions } from './policy.js';
import type { AskedSetup } from './setup/check-setup.js';
import { FirewallSetups } from './setup/firewall-setups.js';
import { listCategories } from './setup/list-categories.js';
import { NO_SETUP } from './setup/setup.js';
import { entities } from './store/entities.js';
import { FirewallCaseRepository } from './store/firewall-case.repository.js';
import { FirewallPolicyRepository } from './store/firewall-policy.repository.js';

const TIMEOUT = 300;
const RULE = {
  id: 'own.bluebird',
  category: 'direct-injection',
  kind: 'artifact',
  severity: 'critical',
  paranoia: 1,
  literals: ['bluebird'],
  pattern: 'project {1,3}bluebird',
  catches: ['Project Bluebird'],
  passes: ['a blue bird'],
};

describe('FirewallPolicies', () => {
  let clone: ClonedDatabase;
  let owner: pg.Client;
  let proxy: StallProxy;
  let db: Database;
  let ctx: CallContext;
  let other: CallContext;
  let clock: ManualClock;
  let policies: FirewallPolicies;

  beforeEach(async () => {
    clone = await cloneDatabase();
    owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    [ctx, other] = [await addTenant('acme'), await addTenant('other')];
    proxy = await startStallProxy(clone.appUrl);
    db = await connectDatabase({
      url: proxy.url,
      entities,
      poolSize: 4,
      statementTimeout: 10_000,
      applicationName: 'firewall-spec',
    });
    clock = new ManualClock();
    policies = new FirewallPolicies(db, { timeoutMs: TIMEOUT, clock });
  });
  afterEach(async () => {
    await db.close();
    await proxy.close();
    await owner.end();
    await clone.drop();
  });

  async function addTenant(slug: string): Promise<CallContext> {
    const id = randomUUID();
    await owner.query(`select set_config('app.tenant', $1, false)`, [id]);
    await owner.query('insert into tenant (id, slug, name) values ($1, $2, $2)', [id, slug]);
    return systemContext(id);
  }

  async function addGroup(of: CallContext): Promise<string> {
    await owner.query(`select set_config('app.tenant', $1, false)`, [of.tenantId]);
    const insert = `insert into user_group (tenant_id, name) values ($1, 'Course') returning id`;
    return String((await owner.query<{ id: string }>(insert, [of.tenantId])).rows[0]?.id);
  }

  const setups = (of: Database) => {
    const cases = new FirewallCases(new FirewallCaseRepository(of));
    return new FirewallSetups(new FirewallPolicyRepository(of), policies, cases, clock);
  };
  const asked = (part: Partial<AskedSetup>): AskedSetup => ({ ...NO_SETUP, ...part });
  const save = async (part: Partial<AskedSetup>, of = ctx) => {
    const { version } = await setups(db).show(of);
    return setups(db).save(of, asked(part), version, false);
  };

  it('has the built-in policy where a tenant has set nothing', async () => {
    expect(await policies.of(ctx)).toEqual(BUILT_IN);
    expect(await setups(db).show(ctx)).toEqual({ setup: NO_SETUP, version: 0 });
    expect(listCategories().find((row) => row.category === 'secret')).toEqual({
      category: 'secret',
      usual: { balanced: 'redact', strict: 'redact' },
      rules: 0,
      allowed: ['allow', 'flag', 'redact', 'refuse'],
    });
  });

  it('keeps what a tenant sets, for that tenant alone, and returns to what is built in', async () => {
    await save({ actions: { sql: 'flag', xss: 'refuse' } });
    expect(await policies.of(ctx)).toEqual(withActions({ sql: 'flag' }));
    expect(await policies.of(other)).toEqual(BUILT_IN);
    await save({ preset: 'strict', paranoia: 3, actions: { jailbreak: 'allow' } });
    expect(await policies.of(ctx)).toEqual(withActions({ jailbreak: 'allow' }, PRESET_POLICIES.strict));
    expect((await owner.query('select actions, version from firewall_policy')).rows).toEqual([]);
    await owner.query(`select set_config('app.tenant', $1, false)`, [ctx.tenantId]);
    expect((await owner.query('select actions, version from firewall_policy')).rows).toEqual([
      { actions: { jailbreak: 'allow' }, version: '2' },
    ]);
    const versions = await setups(db).versions(ctx);
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    expect((await setups(db).version(ctx, 1))?.actions).toEqual({ sql: 'flag' });
    expect(await setups(db).version(other, 1)).toBeUndefined();
  });

  it('refuses a policy with mistakes as a whole, naming each', async () => {
    const exception = {
      id: 'a',
      target: 'nothing',
      fragment: null,
      groupIds: [],
      reason: 'x',
      expiresAt: '',
    };
    const mistakes = save({
      paranoia: 5,
      actions: { sql: 'redact', nonsense: 'flag', jailbreak: 'flag', secret: 'x' },
      rules: [{ ...RULE, pattern: '(a+)+$' }],
      exceptions: [exception],
    });
    await expect(mistakes).rejects.toMatchObject({ status: 422, code: 'FIREWALL_POLICY_INVALID' });
    const { details } = (await mistakes.catch((error: unknown) => error)) as { details: { path: string }[] };
    expect(details.map(({ path }) => path)).toEqual([
      ...['paranoia', 'actions.sql', 'actions.nonsense', 'actions.secret', 'rules.0.pattern'],
      ...['exceptions.0.target', 'exceptions.0.expiresAt'],
    ]);
    expect(await policies.of(ctx)).toEqual(BUILT_IN);
  });

  it('refuses what was made of another version than the one in force', async () => {
    await setups(db).save(ctx, asked({ shadow: true }), 0, false);
    const late = setups(db).save(ctx, asked({ paranoia: 2 }), 0, false);
    await expect(late).rejects.toMatchObject({ status: 409, code: 'FIREWALL_POLICY_CHANGED' });
    expect((await policies.of(ctx)).shadow).toBe(true);
    const both = [3, 4].map((paranoia) => setups(db).save(ctx, asked({ paranoia }), 1, false));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('sees a change made elsewhere within a second', async () => {
    const remembering = new FirewallPolicies(db, { timeoutMs: TIMEOUT, clock });
    await remembering.of(ctx);
    await save({ actions: { sql: 'allow' } });
    clock.advance(POLICY_AGE_MS - 1);
    expect((await remembering.of(ctx)).actions.sql).toBe('refuse');
    clock.advance(1);
    const policy = await remembering.of(ctx);
    expect(policy.actions.sql).toBe('allow');
    // Nothing is compiled again while the version stays.
    clock.advance(POLICY_AGE_MS);
    expect(await remembering.of(ctx)).toBe(policy);
  });

  it('lets own rules and exceptions decide, the latter until they expire and for their groups', async () => {
    const firewall = new Firewall(policies, clock);
    const group = await addGroup(ctx);
    const ask = async (text: string, groupIds: string[] = []) => {
      const caller = { ...ctx.caller, groupIds };
      return firewall.inspectQuestion({ ...ctx, caller }, [{ role: 'user', text }]);
    };
    await save({ rules: [RULE] });
    const refused = await ask('please start project bluebird now');
    expect(refused).toMatchObject({ action: 'refuse', hits: [{ rule: 'own.bluebird', start: 13, end: 29 }] });
    const expiresAt = new Date(clock.now() + 60_000).toISOString();
    const fragment = 'project bluebird now';
    const exception = { id: 'e', target: RULE.id, fragment, groupIds: [group], expiresAt };
    await save({ rules: [RULE], exceptions: [{ ...exception, reason: 'a course' }] });
    expect((await ask('please start project bluebird now')).action).toBe('refuse');
    expect(await ask('please start Project Bluebird now', [group])).toMatchObject({
      action: 'allow',
      hits: [],
      spared: [{ rule: RULE.id, exception: 'e' }],
    });
    expect((await ask('start project bluebird, will you', [group])).action).toBe('refuse');
    clock.advance(60_000);
    expect((await ask('please start project bluebird now', [group])).action).toBe('refuse');
    // What has expired stays, as whose it was, and can be saved with the rest.
    const shown = (await setups(db).show(ctx)).setup;
    await save({ ...shown, shadow: true });
    const after = (await setups(db).show(ctx)).setup;
    expect(after.exceptions).toEqual(shown.exceptions);
    const shadowed = await ask('project bluebird; password: Tr0ub4dor&3');
    expect(shadowed).toMatchObject({ action: 'redact', shadow: 'refuse' });
    expect(shadowed.refusal).toBeUndefined();
    expect(shadowed.texts[0]).not.toContain('Tr0ub4dor&3');
  });

  it('shows the tests that a change breaks, and saves it only where that is accepted', async () => {
    const cases = new FirewallCases(new FirewallCaseRepository(db));
    const kept = { role: 'user', note: '', reference: null, groupIds: [] } as const;
    const attack = { ...kept, text: "' OR 1=1 --", expected: 'refuse' } as const;
    const { id } = await cases.add(ctx, attack);
    await cases.add(ctx, { ...kept, text: 'How much leave do I get?', expected: 'refuse' });
    const preview = await setups(db).preview(ctx, asked({ actions: { sql: 'flag' } }));
    expect(preview.cases).toMatchObject({
      tried: 2,
      broken: [{ id, expected: 'refuse', got: 'flag' }],
      failing: [{ expected: 'refuse', got: 'allow' }],
    });
    expect(preview.changes).toEqual([{ what: 'action', name: 'sql', before: null, after: 'flag' }]);
    const breaking = save({ actions: { sql: 'flag' } });
    await expect(breaking).rejects.toMatchObject({ status: 409, code: 'FIREWALL_CASES_BROKEN' });
    await setups(db).save(ctx, asked({ actions: { sql: 'flag' } }), 0, true);
    expect((await policies.of(ctx)).actions.sql).toBe('flag');
    expect(await cases.remove(other, id)).toBe(false);
    expect(await cases.remove(ctx, id)).toBe(true);
  });

  it('tries a test as for the groups that it is of: their exceptions hold', async () => {
    const cases = new FirewallCases(new FirewallCaseRepository(db));
    const group = await addGroup(ctx);
    const one = { text: "' OR 1=1 --", role: 'user', expected: 'allow', note: '' } as const;
    const reference = 'ab'.repeat(16);
    await cases.add(ctx, { ...one, reference, groupIds: [group] });
    await cases.add(ctx, { ...one, reference: null, groupIds: [] });
    const expiresAt = new Date(clock.now() + 60_000).toISOString();
    const spared = { id: 'e', target: 'sql', fragment: null, groupIds: [group], expiresAt };
    await save({ exceptions: [{ ...spared, reason: 'a course' }] });
    const listed = await cases.list(ctx, await setups(db).current(ctx));
    const got = new Map(listed.map((row) => [row.reference, [row.got, row.groupIds]]));
    expect([got.get(reference), got.get(null)]).toEqual([
      ['allow', [group]],
      ['refuse', []],
    ]);
    // Without it the test that passes now would fail.
    const { cases: tried } = await setups(db).preview(ctx, asked({}));
    expect([tried.broken.length, tried.failing.length]).toEqual([1, 1]);
  });

  it('keeps so many tests and no more', async () => {
    const repository = new FirewallCaseRepository(db);
    const one = {
      text: 'x',
      role: 'user',
      expected: 'allow',
      ...{ note: '', reference: null, groupIds: [] },
    } as const;
    expect(await repository.add(ctx, one, 1)).toBeDefined();
    expect(await repository.add(ctx, one, 1)).toBeUndefined();
    expect(await repository.add(other, one, 1)).toBeDefined();
  });

  it('hangs: the question is refused in time, remembered policies do not outlive their second, and it recovers', async () => {
    const firewall = new Firewall(policies);
    const ask = () => firewall.inspectQuestion(ctx, [{ role: 'user', text: 'How much leave?' }]);
    await ask();
    proxy.stall();
    clock.advance(POLICY_AGE_MS);
    const began = performance.now();
    const answers = await Promise.allSettled([ask(), ask(), ask(), ask(), ask(), ask()]);
    expect(performance.now() - began).toBeLessThan(TIMEOUT + LOADED_MS);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'FIREWALL_TIMEOUT', status: 503 } });
    proxy.resume();
    expect((await ask()).action).toBe('allow');
  });

  it('breaks: the question is refused', async () => {
    await policies.of(ctx);
    clock.advance(POLICY_AGE_MS);
    proxy.stall();
    const asked = policies.of(ctx);
    proxy.cut();
    await expect(asked).rejects.toMatchObject({ code: 'FIREWALL_UNAVAILABLE' });
    proxy.resume();
  });

  it('lies: an action that is none is no policy', async () => {
    await owner.query(`select set_config('app.tenant', $1, false)`, [ctx.tenantId]);
    for (const actions of ['{"sql": "sometimes"}', '[]', '"x"', '{"sql": "redact"}']) {
      await owner.query(
        'insert into firewall_policy (tenant_id, actions) values ($1, $2) on conflict (tenant_id) do update set actions = $2',
        [ctx.tenantId, actions],
      );
      clock.advance(POLICY_AGE_MS);
      await expect(policies.of(ctx)).rejects.toMatchObject({ code: 'FIREWALL_FAILED' });
    }
  });
});
