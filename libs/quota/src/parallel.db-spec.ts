import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isRefusal } from '@lorekeep/kit/errors';
import { Quota } from './quota.js';
import { QuotaPolicies } from './quota-policies.js';
import { openWorld, type World } from './testing/world.js';

const ROOT = new URL('../../../', import.meta.url).pathname;

describe('many at once', () => {
  let world: World;
  let user: string;
  beforeEach(async () => {
    world = await openWorld();
    user = await world.addUser();
  });
  afterEach(() => world.close());

  async function admittedByTwoProcesses(tokens: number): Promise<number> {
    const children = [1, 2].map(() => startChild(world, user, 50, tokens));
    await Promise.all(children.map((child) => child.ready));
    return (await Promise.all(children.map((child) => child.go()))).reduce((sum, n) => sum + n, 0);
  }

  it('100 requests of two processes against tokens for 10 admit exactly 10', async () => {
    await new QuotaPolicies(world.db).put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 1000 });
    expect(await admittedByTwoProcesses(100)).toBe(10);
    expect(await world.asOwner('select used, reserved from quota_usage')).toEqual([
      { used: '0', reserved: '1000' },
    ]);
  });

  it('100 requests of two processes against 10 slots admit exactly 10', async () => {
    const policies = new QuotaPolicies(world.db);
    await policies.put(world.ctx(), { subjectKind: 'user', subjectId: user, concurrentQuestions: 10 });
    await policies.put(world.ctx(), { subjectKind: 'tenant', requestsPerMinute: 1000 });
    expect(await admittedByTwoProcesses(1)).toBe(10);
  });

  it('reserving, settling and expiring across overlapping groups never deadlocks', async () => {
    // As in several processes: one alone asks for a tenant one call after the other.
    const quotas = Array.from({ length: 4 }, () => new Quota(world.db, { timeoutMs: 20_000 }));
    const policies = new QuotaPolicies(world.db);
    const groups = await Promise.all([world.addGroup(), world.addGroup(), world.addGroup()]);
    const users = await Promise.all([world.addUser(), world.addUser()]);
    const limits = { tokensPerDay: 1_000_000, requestsPerMinute: 100_000, concurrentQuestions: 100_000 };
    await policies.put(world.ctx(), { subjectKind: 'tenant', ...limits });
    for (const subjectId of groups)
      await policies.put(world.ctx(), { subjectKind: 'group', subjectId, ...limits });
    for (const subjectId of users)
      await policies.put(world.ctx(), { subjectKind: 'user', subjectId, ...limits });
    const work = Array.from({ length: 200 }, async (_, n) => {
      const own = n % 2 === 0 ? groups : [...groups].reverse().slice(n % 3);
      const ctx = world.ctx(users[n % 2] ?? null, own);
      const [quota, other] = [quotas[n % 4]!, quotas[(n + 1) % 4]!];
      const held = await quota.reserve(ctx, { tokens: 10, maxSeconds: 1 });
      if (isRefusal(held)) throw new Error(held.code);
      if (n % 10 === 0) await quota.expire(ctx);
      if (n % 25 === 0) await policies.put(ctx, { subjectKind: 'tenant', ...limits });
      return other.settle(ctx, held, { tokens: 7 });
    });
    expect((await Promise.all(work)).every(Boolean)).toBe(true);
    expect(
      await world.asOwner(
        `select used, reserved from quota_usage where subject_kind = 'tenant' and measure = 'tokens'`,
      ),
    ).toEqual([{ used: '1400', reserved: '0' }]);
  });
});

function startChild(world: World, user: string, attempts: number, tokens: number) {
  const child = spawn(
    process.execPath,
    [
      '--import',
      './test/support/typescript.mjs',
      '-C',
      'lorekeep-source',
      'libs/quota/src/testing/reserve-many.ts',
      ...[world.clone.appUrl, world.tenantId, user, String(attempts), String(tokens)],
    ],
    { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((done) => child.once('exit', done));
  return {
    ready: lines.next(),
    go: async () => {
      child.stdin.end('go\n');
      const { value } = (await lines.next()) as { value: string };
      await ended;
      return Number(value);
    },
  };
}
