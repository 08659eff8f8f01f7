import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { NUMBER_MAX } from './segment-codec.js';
import { PassageNumbers } from './take-numbers.js';
import { Fixture } from './testing/index.js';

let clone: ClonedDatabase;
let fixture: Fixture;
let writer: CallContext;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
  writer = await fixture.tenant('numbers');
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

describe('PassageNumbers', () => {
  it('gives every number once, to several processes that ask at once', async () => {
    const processes = [new PassageNumbers(fixture.database), new PassageNumbers(fixture.database)];
    const sizes = Array.from({ length: 60 }, (_, i) => 1 + ((i * 37) % 400));
    const taken = await Promise.all(sizes.map((size, i) => processes[i % 2]?.take(writer, size)));
    const ranges = taken.map(
      (numbers, i) => [numbers?.first ?? -1, (numbers?.first ?? -1) + (sizes[i] ?? 0)] as const,
    );
    ranges.sort(([a], [b]) => a - b);
    ranges.forEach(([first], i) => expect(first).toBeGreaterThanOrEqual(ranges[i - 1]?.[1] ?? 0));
  });

  it('gives more than a block at once, without a gap', async () => {
    const numbers = new PassageNumbers(fixture.database);
    const { first } = await numbers.take(writer, 10_000);
    expect((await numbers.take(writer, 1)).first).toBeGreaterThanOrEqual(first + 10_000);
  });

  it('begins with 0 in every tenant', async () => {
    const other = await fixture.tenant('numbers-too');
    expect((await new PassageNumbers(fixture.database).take(other, 5)).first).toBe(0);
  });

  it('forgets what another server gave out', async () => {
    const numbers = new PassageNumbers(fixture.database);
    const before = await numbers.take(writer, 1);
    numbers.confirm(writer, before, before.server);
    expect(() => numbers.confirm(writer, before, 'another')).toThrow('the database server has changed');
    expect((await numbers.take(writer, 1)).first).toBeGreaterThan(before.first + 1);
  });

  it('ends at the highest that a list can hold', async () => {
    const last = await fixture.tenant('numbers-last');
    const set = (next: number) =>
      fixture.database.once(
        last,
        `insert into passage_number (tenant_id, next) values (app_tenant(), $1)
         on conflict (tenant_id) do update set next = excluded.next`,
        [next],
      );
    await set(NUMBER_MAX + 1 - 1_024);
    expect((await new PassageNumbers(fixture.database).take(last, 1_024)).first).toBe(NUMBER_MAX - 1_023);
    await set(NUMBER_MAX + 2 - 1_024);
    await expect(new PassageNumbers(fixture.database).take(last, 1)).rejects.toThrow('used up');
  });
});
