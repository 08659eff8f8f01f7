import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { QuotaPolicies } from './quota-policies.js';
import { LIMITS_MAX, type PolicyInput } from './read-policy-input.js';
import { openWorld, type World } from './testing/world.js';

describe('QuotaPolicies', () => {
  let world: World;
  let policies: QuotaPolicies;
  beforeEach(async () => {
    world = await openWorld();
    policies = new QuotaPolicies(world.db);
  });
  afterEach(() => world.close());

  it('puts, replaces, lists in order by pages, and removes', async () => {
    const ctx = world.ctx();
    const group = await world.addGroup();
    const users = [await world.addUser(), await world.addUser()];
    for (const subjectId of users)
      await policies.put(ctx, { subjectKind: 'user', subjectId, requestsPerMinute: 1 });
    await policies.put(ctx, { subjectKind: 'group', subjectId: group, concurrentQuestions: 0 });
    await policies.put(ctx, { subjectKind: 'tenant', tokensPerDay: 5 });
    const replaced = await policies.put(ctx, {
      subjectKind: 'tenant',
      tokensPerDay: LIMITS_MAX.tokensPerDay,
    });
    expect(replaced).toMatchObject({ subjectId: null, tokensPerDay: 1e12, requestsPerMinute: null });

    const first = await policies.list(ctx, { limit: 3 });
    expect(first.items.map((policy) => policy.subjectKind)).toEqual(['tenant', 'group', 'user']);
    const second = await policies.list(ctx, { limit: 3, after: first.next ?? '' });
    expect(second).toMatchObject({ items: [{ subjectKind: 'user' }], next: null });
    expect((await policies.list(ctx, { kind: 'user' })).items).toHaveLength(2);

    expect(await policies.remove(ctx, replaced.id)).toBe(true);
    expect(await policies.remove(ctx, replaced.id)).toBe(false);
    expect(await policies.remove(ctx, 'nonsense')).toBe(false);
    expect((await policies.list(ctx)).items).toHaveLength(3);
  });

  it('answers the same for a missing user and one of another tenant', async () => {
    const other = randomUUID();
    const stranger = randomUUID();
    await world.asOwner(`select set_config('app.tenant', $1, false)`, [other]);
    await world.asOwner(`insert into tenant (id, slug, name) values ($1, 'other', 'Other')`, [other]);
    await world.asOwner(
      `insert into app_user (id, tenant_id, email, display_name, roles) values ($1, $2, 'b@example.com', 'B', '{employee}')`,
      [stranger, other],
    );
    for (const subjectId of [stranger, randomUUID()]) {
      await expect(
        policies.put(world.ctx(), { subjectKind: 'user', subjectId, requestsPerMinute: 1 }),
      ).rejects.toMatchObject({ status: 404, code: 'QUOTA_SUBJECT_UNKNOWN' });
    }
  });

  it.each<[string, PolicyInput, string[]]>([
    ['no limit at all', { subjectKind: 'tenant' }, ['']],
    ['a tenant with a subject', { subjectKind: 'tenant', subjectId: 'x', tokensPerDay: 1 }, ['subjectId']],
    ['a user without one', { subjectKind: 'user', tokensPerDay: 1 }, ['subjectId']],
    [
      'negative and fractional',
      { subjectKind: 'tenant', tokensPerDay: -1, requestsPerMinute: 1.5 },
      ['requestsPerMinute', 'tokensPerDay'],
    ],
    [
      'one more than the most',
      { subjectKind: 'tenant', concurrentQuestions: 100_001 },
      ['concurrentQuestions'],
    ],
    ['an unknown kind', { subjectKind: 'robot' as 'user', tokensPerDay: 1 }, ['subjectKind']],
  ])('refuses %s and names the field', async (_name, input, paths) => {
    const error = await policies.put(world.ctx(), input).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status: 422, code: 'QUOTA_POLICY_INVALID' });
    expect((error as { details: { path: string }[] }).details.map((detail) => detail.path)).toEqual(paths);
  });

  it('refuses a page size out of bounds and a cursor that is none', async () => {
    await expect(policies.list(world.ctx(), { limit: 501 })).rejects.toMatchObject({ status: 422 });
    await expect(policies.list(world.ctx(), { limit: 0 })).rejects.toMatchObject({ status: 422 });
    await expect(policies.list(world.ctx(), { after: 'x' })).rejects.toMatchObject({ status: 422 });
  });
});
