import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '@lorekeep/kit/database';
import { LOADED_MS, startStallProxy, type StallProxy } from '@lorekeep/kit/testing';
import { Audit } from './audit.js';
import { connect, openWorld, type World } from './testing/world.js';

const TIMEOUT = 400;
const RECORD = { kind: 'spec.record', detail: {} };

describe('Audit when its database', () => {
  let world: World;
  let proxy: StallProxy;
  let db: Database;
  let audit: Audit;

  beforeEach(async () => {
    world = await openWorld();
    proxy = await startStallProxy(world.clone.appUrl);
    db = await connect(proxy.url);
    audit = new Audit(db, { timeoutMs: TIMEOUT, queueMax: 20 });
  });
  afterEach(async () => {
    await db.close();
    await proxy.close();
    await world.close();
  });

  const append = () => audit.append(world.ctx, RECORD);
  const count = async () => (await world.rows('select from audit_record')).length;

  it('hangs: fails in time, those under way and those that wait, and records again afterwards', async () => {
    await append();
    proxy.stall();
    const began = performance.now();
    const first = append();
    await new Promise((later) => setTimeout(later, 50));
    const outcomes = await Promise.allSettled([first, append(), append()]);
    expect(performance.now() - began).toBeLessThan(TIMEOUT + LOADED_MS);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'AUDIT_TIMEOUT', status: 503 } });
    }
    proxy.resume();
    const { sequence } = await append();
    expect(await count()).toBe(sequence);
    await world.heads.seal(world.tenantId);
    expect(await world.verify()).toMatchObject({ ok: true, records: sequence });
  });

  it('is locked by somebody who does not go on: fails in time, and records again when they have gone', async () => {
    await append();
    await world.tamper('begin');
    await world.tamper('select from audit_head for update');
    const outcomes = await Promise.allSettled([append(), append()]);
    await world.tamper('rollback');
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'AUDIT_TIMEOUT' } });
    }
    expect(await append()).toEqual({ sequence: 2 });
  });

  it('hangs: what waits is bounded, and one more is refused at once', async () => {
    await append();
    proxy.stall();
    const stuck = append();
    await new Promise((later) => setTimeout(later, 20));
    const waiting = Array.from({ length: 20 }, append);
    let isOver = false;
    stuck.catch(() => (isOver = true));
    await expect(append()).rejects.toMatchObject({ code: 'AUDIT_OVERLOADED', status: 503 });
    expect(isOver).toBe(false);
    await Promise.allSettled([stuck, ...waiting]);
    proxy.resume();
    await append();
  });

  it('goes away: throws, and records again when it is back', async () => {
    await append();
    proxy.stall();
    const pending = new Audit(db, { timeoutMs: LOADED_MS, queueMax: 20 }).append(world.ctx, RECORD);
    setTimeout(() => proxy.cut(), 50);
    await expect(pending).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE', status: 503 });
    proxy.resume();
    expect(await append()).toEqual({ sequence: await count() });
  });

  it('throws: all of the batch fail, and none is there', async () => {
    await world.tamper('alter table audit_head rename to gone');
    for (const outcome of await Promise.allSettled([append(), append()])) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'AUDIT_UNAVAILABLE' } });
    }
    expect(await count()).toBe(0);
  });

  it('fails in the middle of a batch: nothing of the batch stays, and the chain goes on', async () => {
    await world.tamper(`alter table audit_record add constraint spec check (kind <> 'spec.poison')`);
    const outcomes = await Promise.allSettled([
      append(),
      audit.append(world.ctx, { kind: 'spec.poison', detail: {} }),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(await append()).toEqual({ sequence: 1 });
  });

  it('belongs to no such tenant: throws', async () => {
    const nowhere = { ...world.ctx, tenantId: crypto.randomUUID() };
    await expect(audit.append(nowhere, RECORD)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  });

  it('hangs while a question is closed: says so, the question counts as incomplete, and closing can be tried again', async () => {
    const question = await audit.open(world.ctx, {});
    proxy.stall();
    await expect(question.close('answered', {})).rejects.toMatchObject({ code: 'AUDIT_TIMEOUT' });
    proxy.cut();
    proxy.resume();
    expect((await world.verify()).incomplete).toBe(1);
    await question.close('answered', {});
    expect((await world.verify()).incomplete).toBe(0);
  });
});
