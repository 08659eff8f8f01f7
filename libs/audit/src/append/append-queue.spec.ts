import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AppendQueue,
  APPEND_QUEUE_MAX_BYTES,
  BATCH_MAX,
  BATCH_MAX_BYTES,
  type Appended,
} from './append-queue.js';

const HASH = Buffer.alloc(32);

/** Writes that end when told; keeps what it was given. */
function setUp(limits = { timeoutMs: 5000, queueMax: 10_000 }) {
  const batches: { tenant: string; records: string[]; finish(answer?: Appended | Error): void }[] = [];
  let next = 1;
  const queue = new AppendQueue((tenant, records, count) => {
    return new Promise((resolve, reject) => {
      batches.push({
        tenant,
        records: JSON.parse(records) as string[],
        finish: (answer) => {
          if (answer instanceof Error) return reject(answer);
          resolve(answer ?? { firstSequence: next, lastSequence: next + count - 1, hash: HASH });
          next += count;
        },
      });
    });
  }, limits);
  return { queue, batches, add: (text: string, tenant = 't') => queue.add(tenant, JSON.stringify(text)) };
}
const tick = () => delay(5);

describe('AppendQueue', () => {
  it('sends at once what arrives together, and gathers while a batch is under way', async () => {
    const { add, batches } = setUp();
    const first = [add('a'), add('b')];
    await tick();
    const second = [add('c'), add('d'), add('e')];
    await tick();
    expect(batches.map((batch) => batch.records)).toEqual([['a', 'b']]);
    batches[0]?.finish();
    expect(await Promise.all(first)).toEqual([1, 2]);
    await tick();
    expect(batches[1]?.records).toEqual(['c', 'd', 'e']);
    batches[1]?.finish();
    expect(await Promise.all(second)).toEqual([3, 4, 5]);
  });

  it('writes tenants side by side', async () => {
    const { add, batches } = setUp();
    void add('a', 'one');
    void add('b', 'two');
    await tick();
    expect(batches.map((batch) => batch.tenant)).toEqual(['one', 'two']);
    batches.forEach((batch) => batch.finish());
  });

  it('acknowledges nothing before the write ended', async () => {
    const { add, batches } = setUp();
    let acknowledged = false;
    const pending = add('a').then(() => (acknowledged = true));
    await delay(30);
    expect(acknowledged).toBe(false);
    batches[0]?.finish();
    await pending;
  });

  it('fails the whole batch, and goes on with the next', async () => {
    const { add, batches } = setUp();
    const failing = Promise.allSettled([add('a'), add('b')]);
    await tick();
    const next = add('c');
    batches[0]?.finish(new Error('disk full'));
    for (const outcome of await failing) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'AUDIT_UNAVAILABLE' } });
    }
    await tick();
    batches[1]?.finish();
    expect(await next).toBe(1);
  });

  it(`puts at most ${BATCH_MAX} records into a batch`, async () => {
    const { add, batches } = setUp();
    const all = Array.from({ length: BATCH_MAX + 1 }, (_, n) => add(String(n)));
    await tick();
    expect(batches[0]?.records).toHaveLength(BATCH_MAX);
    batches[0]?.finish();
    await tick();
    expect(batches[1]?.records).toEqual([String(BATCH_MAX)]);
    batches[1]?.finish();
    await Promise.all(all);
  });

  it('bounds a batch by bytes, but sends a large record alone', async () => {
    const { add, batches } = setUp();
    const all = [
      add('x'.repeat(BATCH_MAX_BYTES)),
      add('y'.repeat(BATCH_MAX_BYTES / 2)),
      add('z'.repeat(BATCH_MAX_BYTES / 2)),
    ];
    for (let n = 0; n < 3; n++) {
      await tick();
      expect(batches[n]?.records).toHaveLength(1);
      batches[n]?.finish();
    }
    expect(await Promise.all(all)).toEqual([1, 2, 3]);
  });

  it('refuses one more than may wait, by number and by bytes', async () => {
    const few = setUp({ timeoutMs: 5000, queueMax: 2 });
    const waiting = [few.add('a'), few.add('b')];
    await expect(few.add('c')).rejects.toMatchObject({ code: 'AUDIT_OVERLOADED' });
    await tick();
    few.batches[0]?.finish();
    await Promise.all(waiting);

    const large = setUp();
    const quarter = 'x'.repeat(APPEND_QUEUE_MAX_BYTES / 4 - 2);
    const four = [1, 2, 3, 4].map(() => large.add(quarter));
    await expect(large.add('')).rejects.toMatchObject({ code: 'AUDIT_OVERLOADED' });
    for (let n = 0; n < 4; n++) {
      await tick();
      large.batches[n]?.finish();
    }
    await Promise.all(four);
  });

  it('gives up in time, drops what still waits, and frees its place', async () => {
    const { add, batches } = setUp({ timeoutMs: 50, queueMax: 2 });
    const stuck = add('a');
    // Looked at below; where the machine stands still it has failed by then.
    stuck.catch(() => undefined);
    await tick();
    const waiting = [add('b'), add('c')];
    for (const outcome of await Promise.allSettled([stuck, ...waiting])) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'AUDIT_TIMEOUT' } });
    }
    const late = add('d');
    batches[0]?.finish();
    await tick();
    expect(batches[1]?.records).toEqual(['d']);
    batches[1]?.finish();
    expect(await late).toBe(2);
  });

  it('is drained when the last batch ended', async () => {
    const { queue, add, batches } = setUp();
    await queue.drained();
    const pending = add('a');
    let drained = false;
    const draining = queue.drained().then(() => (drained = true));
    await tick();
    expect(drained).toBe(false);
    batches[0]?.finish();
    await Promise.all([pending, draining]);
  });
});
