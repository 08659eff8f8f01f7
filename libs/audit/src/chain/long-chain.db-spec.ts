import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openWorld, type World } from '../testing/world.js';

const COUNT = 20_000;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

describe('a chain of 20,000 records', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    const detail = { question: 'x'.repeat(800) };
    const append = () => world.audit.append(world.ctx, { kind: 'spec.bulk', detail });
    for (let done = 0; done < COUNT; done += 4000) await Promise.all(Array.from({ length: 4000 }, append));
    await world.heads.seal(world.tenantId);
  }, 180_000);
  afterAll(() => world.close());

  it('is verified in constant memory, and a bad record near its end is found', async () => {
    const live = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = live();
    let peak = 0;
    let samples = 0;
    const sampling = setInterval(() => {
      peak = Math.max(peak, live() - before);
      samples++;
    }, 100);
    try {
      expect(await world.verify()).toMatchObject({ ok: true, records: COUNT });
    } finally {
      clearInterval(sampling);
    }
    expect(samples).toBeGreaterThan(1);
    // All records together are more than 24 MB; a page is 500 of them.
    expect(peak).toBeLessThan(10 * 1024 * 1024);
    await world.tamper(`update audit_record set actor = 'x' where sequence = ${COUNT - 3}`);
    expect(await world.verify()).toMatchObject({ firstBad: { sequence: COUNT - 3, reason: 'ALTERED' } });
  }, 180_000);
});
