import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startAppending } from './testing/child.js';
import { openWorld, type World } from './testing/world.js';

describe('several processes', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  it('append to one chain without gap or fork', async () => {
    const children = [1, 2].map(() => startAppending(world.clone.appUrl, world.tenantId, 300));
    await Promise.all(children.map((child) => child.ready));
    const acknowledged = (await Promise.all(children.map((child) => child.go()))).flat();
    expect(acknowledged.sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, n) => n + 1));
    const pids = await world.rows(`select distinct detail ->> 'pid' from audit_record`);
    expect(pids).toHaveLength(2);
    await world.heads.seal(world.tenantId);
    expect(await world.verify()).toMatchObject({ ok: true, records: 600 });
  });

  it('may be killed at any time: every acknowledged record is there, and the chain is whole and goes on', async () => {
    for (let round = 1; round <= 3; round++) {
      const child = startAppending(world.clone.appUrl, world.tenantId, 0);
      await child.ready;
      const running = child.go();
      await child.acknowledged(20 * round);
      child.kill();
      const acknowledged = await running;
      await world.heads.seal(world.tenantId);
      const verification = await world.verify();
      expect(verification.ok).toBe(true);
      expect(verification.records).toBeGreaterThanOrEqual(Math.max(...acknowledged));
    }
    const { records } = await world.verify();
    expect(await world.audit.append(world.ctx, { kind: 'spec.after', detail: {} })).toEqual({
      sequence: records + 1,
    });
  });
});
