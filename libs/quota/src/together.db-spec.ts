import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { isRefusal, type Refusal } from '@lorekeep/kit/errors';
import { Quota, type Reservation } from './quota.js';
import { QuotaPolicies } from './quota-policies.js';
import { openWorld, type World } from './testing/world.js';

describe('questions of one moment', () => {
  let world: World;
  let quota: Quota;
  let policies: QuotaPolicies;
  let ada: string;
  let bob: string;

  beforeEach(async () => {
    world = await openWorld();
    quota = new Quota(world.db, { clock: new ManualClock() });
    policies = new QuotaPolicies(world.db, quota);
    ada = await world.addUser();
    bob = await world.addUser();
  });
  afterEach(() => world.close());

  const ask = (userId: string | null, tokens = 10, groups: string[] = []) =>
    quota.reserve(world.ctx(userId, groups), { tokens, maxSeconds: 300 });
  const brief = (answers: (Reservation | Refusal)[]) =>
    answers.map((answer) =>
      isRefusal(answer) ? `${answer.code} ${String(answer.facts?.['used'])}` : answer.id !== null,
    );
  const usage = () =>
    world.asOwner(
      `select subject_kind as kind, measure, used, reserved from quota_usage order by subject_kind, measure`,
    );
  const put = (subjectKind: 'tenant' | 'user' | 'group', limits: object, subjectId: string | null = null) =>
    policies.put(world.ctx(), { subjectKind, subjectId, ...limits });

  it('are decided one after the other, in their order, each by its own policies', async () => {
    const group = await world.addGroup();
    await put('tenant', { requestsPerMinute: 5, tokensPerDay: 100 });
    await put('user', { concurrentQuestions: 1 }, ada);
    await put('group', { tokensPerDay: 15 }, group);
    const answers = [ask(ada), ask(ada), ask(bob, 50), ask(bob, 10, [group]), ask(bob, 10, [group])];
    const more = [ask(null, 31), ask(null, 20), ask(null, 10), ask(null, 1)];
    expect(brief(await Promise.all([...answers, ...more]))).toEqual([
      true,
      'QUOTA_CONCURRENT 1',
      true,
      true,
      'QUOTA_TOKENS_PER_DAY 10',
      'QUOTA_TOKENS_PER_DAY 70',
      true,
      true,
      'QUOTA_TOKENS_PER_DAY 100',
    ]);
    expect(await usage()).toEqual([
      { kind: 'group', measure: 'tokens', used: '0', reserved: '10' },
      { kind: 'tenant', measure: 'requests', used: '5', reserved: '0' },
      { kind: 'tenant', measure: 'tokens', used: '0', reserved: '100' },
    ]);
  });

  it('take up a slot for each other, and tell when it is free again', async () => {
    await put('tenant', { concurrentQuestions: 2 });
    const [, , third] = await Promise.all([ask(ada), ask(bob), ask(ada)]);
    expect(third).toMatchObject({
      code: 'QUOTA_CONCURRENT',
      facts: { used: 2, limit: 2, resetsAt: '2026-01-05T09:05:00.000Z' },
    });
    expect(await world.asOwner('select user_id from quota_reservation order by user_id')).toEqual(
      [ada, bob].sort().map((id) => ({ user_id: id })),
    );
  });

  it('are limited where somebody limits them, and only then', async () => {
    await put('user', { requestsPerMinute: 1 }, ada);
    expect(brief(await Promise.all([ask(bob), ask(ada), ask(ada), ask(null)]))).toEqual([
      false,
      false,
      'QUOTA_REQUESTS_PER_MINUTE 1',
      false,
    ]);
    // Only of those without a policy it is remembered that they have none.
    await put('tenant', { requestsPerMinute: 0 });
    expect(isRefusal(await ask(bob))).toBe(true);
  });

  it('are charged together what each has used, and the same one once', async () => {
    await put('tenant', { tokensPerDay: 100 });
    await put('user', { tokensPerDay: 100 }, ada);
    const held = await Promise.all([ask(ada, 20), ask(bob, 30), ask(ada, 0)]);
    const settle = (at: number, tokens: number) => {
      const one = held[at];
      if (!one || isRefusal(one)) throw new Error('refused');
      return quota.settle(world.ctx(), one, { tokens });
    };
    expect(await Promise.all([settle(0, 1), settle(1, 2), settle(0, 99), settle(2, 4)])).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(await usage()).toEqual([
      { kind: 'tenant', measure: 'tokens', used: '7', reserved: '0' },
      { kind: 'user', measure: 'tokens', used: '5', reserved: '0' },
    ]);
    expect(await world.asOwner('select id from quota_reservation')).toEqual([]);
  });

  it('are counted with those of a gateway of the version before, which is replaced later', async () => {
    await put('tenant', { requestsPerMinute: 10, tokensPerDay: 10_000 });
    const moment = new Date(new ManualClock().now());
    const before = async () => {
      const sql = `select quota_reserve($1::uuid, '{}'::uuid[], 100::bigint, 300, $2::timestamptz) as decision`;
      const [row] = await world.db.once<{ decision: { admitted: boolean; reservation: string } }>(
        world.ctx(),
        sql,
        [ada, moment],
      );
      if (!row?.decision.admitted) return false;
      await world.db.once(world.ctx(), 'select quota_settle($1::uuid, 70::bigint)', [
        row.decision.reservation,
      ]);
      return true;
    };
    const now = async () => {
      const held = await ask(bob, 100);
      return !isRefusal(held) && quota.settle(world.ctx(), held, { tokens: 70 });
    };
    const admitted = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? now() : before())));
    expect(admitted.filter(Boolean)).toHaveLength(10);
    expect(await usage()).toEqual([
      { kind: 'tenant', measure: 'requests', used: '10', reserved: '0' },
      { kind: 'tenant', measure: 'tokens', used: '700', reserved: '0' },
    ]);
  });

  it('need one transaction', async () => {
    await put('tenant', { tokensPerDay: 1_000 });
    const written = async () => {
      const [row] = await world.asOwner<{ xmins: number }>(
        'select count(distinct xmin::text)::integer as xmins from quota_reservation',
      );
      return row?.xmins;
    };
    await Promise.all(Array.from({ length: 20 }, () => ask(ada)));
    expect(await written()).toBe(1);
  });
});
