import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { isRefusal, type Refusal } from '@lorekeep/kit/errors';
import { Quota, type Reservation } from './quota.js';
import { QuotaPolicies } from './quota-policies.js';
import { openWorld, type World } from './testing/world.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('Quota', () => {
  let world: World;
  let clock: ManualClock;
  let quota: Quota;
  let policies: QuotaPolicies;
  let user: string;

  beforeEach(async () => {
    world = await openWorld();
    clock = new ManualClock();
    quota = new Quota(world.db, { clock });
    policies = new QuotaPolicies(world.db, quota);
    user = await world.addUser();
  });
  afterEach(() => world.close());

  const ask = async (tokens = 10, ctx = world.ctx(user)) => quota.reserve(ctx, { tokens, maxSeconds: 300 });
  const admitted = async (tokens = 10, ctx = world.ctx(user)): Promise<Reservation> => {
    const answer = await ask(tokens, ctx);
    if (isRefusal(answer)) throw new Error(`refused: ${answer.code}`);
    return answer;
  };
  const refused = async (tokens = 10, ctx = world.ctx(user)): Promise<Refusal> => {
    const answer = await ask(tokens, ctx);
    if (!isRefusal(answer)) throw new Error('admitted');
    return answer;
  };

  it('admits and holds nothing where no policy exists', async () => {
    expect(await admitted()).toEqual({ id: null, tokens: 10 });
    expect(await world.asOwner('select * from quota_usage')).toEqual([]);
    expect(await quota.settle(world.ctx(user), { id: null, tokens: 10 }, { tokens: 5 })).toBe(false);
  });

  it('limits requests a minute, says when the next minute begins, and admits again then', async () => {
    await policies.put(world.ctx(), { subjectKind: 'user', subjectId: user, requestsPerMinute: 2 });
    clock.advance(15_000);
    await admitted();
    await admitted();
    const refusal = await refused();
    expect(refusal).toMatchObject({
      step: 'quota',
      code: 'QUOTA_REQUESTS_PER_MINUTE',
      status: 429,
      retryAfter: 45,
      facts: { subject: 'user', limit: 2, used: 2, resetsAt: '2026-01-05T09:01:00.000Z' },
    });
    clock.advance(45_000);
    await admitted();
  });

  it('holds the estimate of tokens, charges the real number, and starts anew at midnight UTC', async () => {
    await policies.put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 100 });
    const first = await admitted(60);
    expect(await refused(41)).toMatchObject({
      code: 'QUOTA_TOKENS_PER_DAY',
      retryAfter: (15 * 60 * MINUTE) / 1000,
      facts: { subject: 'tenant', limit: 100, used: 60, requested: 41, resetsAt: '2026-01-06T00:00:00.000Z' },
    });
    await quota.cancel(world.ctx(user), await admitted(40));
    expect(await quota.settle(world.ctx(user), first, { tokens: 25 })).toBe(true);
    expect((await quota.usageOf(world.ctx(user))).tokens).toEqual({
      used: 25,
      limit: 100,
      resetsAt: '2026-01-06T00:00:00.000Z',
      subject: 'tenant',
    });
    await admitted(75);
    await refused(1);
    clock.advance(15 * 60 * MINUTE);
    await admitted(100);
  });

  it('settles once: the second time changes nothing', async () => {
    await policies.put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 100 });
    const reservation = await admitted(50);
    expect(await quota.settle(world.ctx(user), reservation, { tokens: 30 })).toBe(true);
    expect(await quota.settle(world.ctx(user), reservation, { tokens: 30 })).toBe(false);
    expect((await quota.usageOf(world.ctx(user))).tokens.used).toBe(30);
  });

  it('charges the day on which the question was admitted', async () => {
    await policies.put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 100 });
    const reservation = await admitted(50);
    clock.advance(DAY);
    await quota.settle(world.ctx(user), reservation, { tokens: 50 });
    expect((await quota.usageOf(world.ctx(user))).tokens.used).toBe(0);
  });

  it('limits questions at once, and frees the slot on settling', async () => {
    await policies.put(world.ctx(), { subjectKind: 'user', subjectId: user, concurrentQuestions: 1 });
    const running = await admitted();
    expect(await refused()).toMatchObject({
      code: 'QUOTA_CONCURRENT',
      retryAfter: 5,
      facts: { limit: 1, used: 1 },
    });
    await quota.settle(world.ctx(user), running, { tokens: 1 });
    await admitted();
  });

  it('ignores the slot of an abandoned question at once, and gives its tokens back on expiry', async () => {
    await policies.put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 100, concurrentQuestions: 1 });
    const abandoned = await admitted(90);
    clock.advance(300_000);
    expect(await refused(90)).toMatchObject({ code: 'QUOTA_TOKENS_PER_DAY' });
    const second = await admitted(10);
    expect(await quota.expire(world.ctx())).toBe(1);
    expect(await quota.expire(world.ctx())).toBe(0);
    expect((await quota.usageOf(world.ctx(user))).tokens.used).toBe(10);
    // It was only slow: what it used is charged although its reservation has gone.
    expect(await quota.settle(world.ctx(user), abandoned, { tokens: 33 })).toBe(true);
    await quota.settle(world.ctx(user), second, { tokens: 10 });
    expect((await quota.usageOf(world.ctx(user))).tokens.used).toBe(43);
  });

  it('forgets reservations that were released a day ago, and old minutes', async () => {
    await policies.put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 100, requestsPerMinute: 9 });
    await admitted();
    clock.advance(300_000);
    await quota.expire(world.ctx());
    clock.advance(DAY);
    await quota.expire(world.ctx());
    expect(await world.asOwner('select * from quota_reservation')).toEqual([]);
    expect(await world.asOwner('select measure from quota_usage')).toEqual([{ measure: 'tokens' }]);
  });

  it('asks every policy of the caller, and takes nothing when one refuses', async () => {
    const group = await world.addGroup();
    await policies.put(world.ctx(), { subjectKind: 'tenant', requestsPerMinute: 10, tokensPerDay: 1000 });
    await policies.put(world.ctx(), { subjectKind: 'group', subjectId: group, tokensPerDay: 10 });
    expect(await refused(11, world.ctx(user, [group]))).toMatchObject({ facts: { subject: 'group' } });
    expect(await world.asOwner('select * from quota_usage')).toEqual([]);
    await admitted(11);
    expect(await quota.usageOf(world.ctx(user, [group]))).toMatchObject({
      requests: { used: 1, limit: 10, subject: 'tenant' },
      tokens: { used: 0, limit: 10, subject: 'group' },
      concurrent: { limit: null },
    });
  });

  it('tells the refusal that lasts longest', async () => {
    await policies.put(world.ctx(), {
      subjectKind: 'tenant',
      requestsPerMinute: 0,
      tokensPerDay: 0,
      concurrentQuestions: 0,
    });
    expect((await refused()).code).toBe('QUOTA_TOKENS_PER_DAY');
  });

  it('does not touch what was held before a policy came, nor after it went', async () => {
    const { id } = await policies.put(world.ctx(), { subjectKind: 'tenant', concurrentQuestions: 5 });
    const before = await admitted(70);
    await policies.put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 100 });
    const after = await admitted(70);
    await quota.settle(world.ctx(user), before, { tokens: 70 });
    expect((await quota.usageOf(world.ctx(user))).tokens.used).toBe(70);
    await policies.remove(world.ctx(), id);
    expect(await quota.settle(world.ctx(user), after, { tokens: 20 })).toBe(true);
    expect(await world.asOwner('select used, reserved from quota_usage')).toEqual([
      { used: '20', reserved: '0' },
    ]);
  });

  it('keeps tenants apart: a reservation of another tenant cannot be settled', async () => {
    await policies.put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 100 });
    const reservation = await admitted(50);
    const stranger = { ...world.ctx(user), tenantId: '00000000-0000-4000-8000-000000000000' };
    expect(await quota.settle(stranger, reservation, { tokens: 0 })).toBe(false);
    expect((await quota.usageOf(world.ctx(user))).tokens.used).toBe(50);
  });

  it('a policy of this process counts at once for a caller who had none', async () => {
    await admitted();
    await policies.put(world.ctx(), { subjectKind: 'tenant', requestsPerMinute: 0 });
    await refused();
  });

  it('a policy of another process counts after a second', async () => {
    await admitted();
    await new QuotaPolicies(world.db).put(world.ctx(), { subjectKind: 'tenant', requestsPerMinute: 0 });
    await admitted();
    clock.advance(1000);
    await refused();
  });

  it('uses the clock of the database when none is given', async () => {
    const real = new Quota(world.db);
    await policies.put(world.ctx(), { subjectKind: 'tenant', requestsPerMinute: 0 });
    const refusal = await real.reserve(world.ctx(user), { tokens: 1, maxSeconds: 10 });
    if (!isRefusal(refusal)) throw new Error('admitted');
    expect(refusal.retryAfter).toBeGreaterThanOrEqual(1);
    expect(refusal.retryAfter).toBeLessThanOrEqual(60);
    expect(Math.abs(Date.parse(String(refusal.facts?.['resetsAt'])) - Date.now())).toBeLessThan(2 * MINUTE);
  });
});
