import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, startStallProxy, type ClonedDatabase, type StallProxy } from '@lorekeep/kit/testing';
import pg from 'pg';
import { Firewall } from './firewall.js';
import { FirewallPolicies, POLICY_AGE_MS } from './firewall-policies.js';
import { BUILT_IN, withActions } from './policy.js';
import { entities } from './store/entities.js';

const TIMEOUT = 300;

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

  it('has the built-in policy where a tenant has set nothing', async () => {
    expect(await policies.of(ctx)).toEqual(BUILT_IN);
    const rows = await policies.list(ctx);
    expect(rows.find((row) => row.category === 'secret')).toEqual({
      category: 'secret',
      action: 'redact',
      builtIn: 'redact',
      rules: 0,
      allowed: ['allow', 'flag', 'redact', 'refuse'],
    });
  });

  it('keeps what a tenant sets, for that tenant alone, and returns to what is built in', async () => {
    await policies.set(ctx, { sql: 'flag' });
    expect(await policies.of(ctx)).toEqual(withActions({ sql: 'flag' }));
    expect(await policies.of(other)).toEqual(BUILT_IN);
    await policies.set(ctx, { jailbreak: 'allow' });
    expect(await policies.of(ctx)).toEqual(withActions({ jailbreak: 'allow' }));
    const { rows } = await owner.query('select actions, version from firewall_policy');
    expect(rows).toEqual([]);
    await owner.query(`select set_config('app.tenant', $1, false)`, [ctx.tenantId]);
    expect((await owner.query('select actions, version from firewall_policy')).rows).toEqual([
      { actions: { jailbreak: 'allow' }, version: '2' },
    ]);
  });

  it('refuses a policy with mistakes as a whole', async () => {
    const mistakes = policies.set(ctx, { sql: 'redact', nonsense: 'flag', jailbreak: 'flag', secret: 'x' });
    await expect(mistakes).rejects.toMatchObject({ status: 422, code: 'FIREWALL_POLICY_INVALID' });
    await expect(mistakes).rejects.toHaveProperty('details.length', 3);
    expect(await policies.of(ctx)).toEqual(BUILT_IN);
  });

  it('sees a change made elsewhere within a second', async () => {
    await policies.of(ctx);
    await new FirewallPolicies(db).set(ctx, { sql: 'allow' });
    clock.advance(POLICY_AGE_MS - 1);
    expect((await policies.of(ctx)).actions.sql).toBe('refuse');
    clock.advance(1);
    expect((await policies.of(ctx)).actions.sql).toBe('allow');
  });

  it('hangs: the question is refused in time, remembered policies do not outlive their second, and it recovers', async () => {
    const firewall = new Firewall(policies);
    const ask = () => firewall.inspectQuestion(ctx, [{ role: 'user', text: 'How much leave?' }]);
    await ask();
    proxy.stall();
    clock.advance(POLICY_AGE_MS);
    const began = performance.now();
    const answers = await Promise.allSettled([ask(), ask(), ask(), ask(), ask(), ask()]);
    expect(performance.now() - began).toBeLessThan(TIMEOUT * 3);
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
      if (actions === '[]') expect(await policies.of(ctx)).toEqual(BUILT_IN);
      else await expect(policies.of(ctx)).rejects.toMatchObject({ code: 'FIREWALL_FAILED' });
    }
  });
});
