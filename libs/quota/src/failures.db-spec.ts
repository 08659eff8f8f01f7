import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { isRefusal } from '@lorekeep/kit/errors';
import { LOADED_MS, startStallProxy, type StallProxy } from '@lorekeep/kit/testing';
import { Quota } from './quota.js';
import { QuotaPolicies } from './quota-policies.js';
import { entities } from './store/entities.js';
import { openWorld, type World } from './testing/world.js';

const TIMEOUT = 400;

describe('Quota when its database', () => {
  let world: World;
  let proxy: StallProxy;
  let db: Database;
  let quota: Quota;

  beforeEach(async () => {
    world = await openWorld();
    await new QuotaPolicies(world.db).put(world.ctx(), { subjectKind: 'tenant', tokensPerDay: 100 });
    proxy = await startStallProxy(world.clone.appUrl);
    db = await connectDatabase({
      url: proxy.url,
      entities,
      poolSize: 2,
      statementTimeout: 10_000,
      applicationName: 'quota-spec-proxied',
    });
    quota = new Quota(db, { timeoutMs: TIMEOUT });
  });
  afterEach(async () => {
    await db.close();
    await proxy.close();
    await world.close();
  });

  const reserve = () => quota.reserve(world.ctx(), { tokens: 10, maxSeconds: 10 });

  it('hangs: refuses to decide within the timeout, more calls than connections included, and recovers', async () => {
    expect(isRefusal(await reserve())).toBe(false);
    proxy.stall();
    const began = performance.now();
    const faults = await Promise.allSettled([reserve(), reserve(), reserve(), reserve()]);
    expect(performance.now() - began).toBeLessThan(TIMEOUT + LOADED_MS);
    for (const fault of faults)
      expect(fault).toMatchObject({ status: 'rejected', reason: { code: 'QUOTA_TIMEOUT', status: 503 } });
    proxy.resume();
    expect(isRefusal(await reserve())).toBe(false);
  });

  it('hangs while settling: says so, and the reservation is still there to expire', async () => {
    const held = await reserve();
    if (isRefusal(held)) throw new Error('refused');
    proxy.stall();
    await expect(quota.settle(world.ctx(), held, { tokens: 1 })).rejects.toMatchObject({
      code: 'QUOTA_TIMEOUT',
    });
    // What waits in the proxy would settle late, which is as well, but not what is looked at here.
    proxy.cut();
    proxy.resume();
    expect(await world.asOwner('select tokens from quota_reservation')).toEqual([{ tokens: '10' }]);
  });

  it('goes away: throws, and decides again when it is back', async () => {
    await reserve();
    proxy.stall();
    const patient = new Quota(db, { timeoutMs: LOADED_MS });
    const pending = patient.reserve(world.ctx(), { tokens: 10, maxSeconds: 10 });
    setTimeout(() => proxy.cut(), 50);
    await expect(pending).rejects.toMatchObject({ code: 'QUOTA_UNAVAILABLE' });
    proxy.resume();
    expect(isRefusal(await reserve())).toBe(false);
  });

  it('is locked by somebody who does not go on: refuses to decide in time, and recovers', async () => {
    await world.asOwner('begin');
    await world.asOwner('select from quota_policy for update');
    const outcomes = await Promise.allSettled([reserve(), reserve()]);
    // The server gives up as the caller does, a moment sooner or later.
    const waiting = `select from pg_stat_activity
      where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
    while ((await world.asOwner(waiting)).length > 0) await new Promise((later) => setTimeout(later, 20));
    await world.asOwner('rollback');
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'QUOTA_TIMEOUT' } });
    }
    expect(isRefusal(await reserve())).toBe(false);
    expect(await world.asOwner('select tokens from quota_reservation')).toEqual([{ tokens: '10' }]);
  });

  it('throws: an error of the statement is a fault, never an admission', async () => {
    await world.asOwner('alter table quota_usage rename to gone');
    await expect(reserve()).rejects.toMatchObject({ code: 'QUOTA_UNAVAILABLE', status: 503 });
    await expect(quota.usageOf(world.ctx())).rejects.toMatchObject({ code: 'QUOTA_UNAVAILABLE' });
  });
});
