import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openWorld, type World } from '../testing/world.js';

const COUNT = 100_000;

describe('a chain of 100,000 records', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    const detail = { question: 'x'.repeat(200) };
    const append = () => world.audit.append(world.ctx, { kind: 'spec.bulk', detail });
    for (let done = 0; done < COUNT; done += 5000) await Promise.all(Array.from({ length: 5000 }, append));
    await world.heads.seal(world.tenantId);
  }, 120_000);
  afterAll(() => world.close());

  it('is verified in constant memory, and a bad record near its end is found', async () => {
    let peak = 0;
    const before = process.memoryUsage().heapUsed;
    const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed - before)), 20);
    try {
      expect(await world.verify()).toMatchObject({ ok: true, records: COUNT });
    } finally {
      clearInterval(sampling);
    }
    // The records are 60 MB and more as objects; a page is 500 of them. What is left is garbage not yet collected.
    expect(peak).toBeLessThan(40 * 1024 * 1024);
    await world.tamper(`update audit_record set actor = 'x' where sequence = ${COUNT - 3}`);
    expect(await world.verify()).toMatchObject({ firstBad: { sequence: COUNT - 3, reason: 'ALTERED' } });
  }, 60_000);
});
