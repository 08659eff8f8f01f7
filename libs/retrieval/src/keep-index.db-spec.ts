import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { ManualClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { MERGE_WIDTH } from './choose-merge.js';
import { IndexKeeper, VerifyIndex } from './index.js';
import { ROUND_MS } from './keep-index.js';
import { Fixture } from './testing/index.js';

let clone: ClonedDatabase;
let fixture: Fixture;
let tenants = 0;
const ALL = { access: 'all' } as const;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

async function tenantWith(documents: number): Promise<CallContext> {
  const writer = await fixture.tenant(`keeper-${tenants++}`);
  const collection = await fixture.collection(writer, 'docs');
  for (let i = 0; i < documents; i++) await fixture.document(writer, collection, `d${i}`, [`text ${i}`]);
  return writer;
}

const segments = async (writer: CallContext): Promise<number> =>
  (await fixture.database.once(writer, 'select id from segment', [], ALL)).length;

interface Happened {
  readonly merged: string[];
  readonly rebuilt: string[];
  readonly failed: (string | null)[];
}

function keeperOf(clock = new ManualClock()): {
  keeper: IndexKeeper;
  happened: Happened;
  clock: ManualClock;
} {
  const happened: Happened = { merged: [], rebuilt: [], failed: [] };
  const keeper = new IndexKeeper(fixture.database, clock, {
    merged: (tenantId) => happened.merged.push(tenantId),
    rebuilt: (tenantId) => happened.rebuilt.push(tenantId),
    failed: (tenantId) => happened.failed.push(tenantId),
  });
  return { keeper, happened, clock };
}

describe('the keeper of the index', () => {
  it('merges what is due in every tenant, and looks again when it is woken or time has passed', async () => {
    const [first, second] = [await tenantWith(MERGE_WIDTH), await tenantWith(MERGE_WIDTH)];
    const { keeper, happened, clock } = keeperOf();
    await keeper.round();
    expect(happened.merged).toEqual(expect.arrayContaining([first.tenantId, second.tenantId]));
    expect([await segments(first), await segments(second)]).toEqual([1, 1]);
    const collection = await fixture.collection(first, 'more');
    for (let i = 0; i < MERGE_WIDTH; i++) await fixture.document(first, collection, `e${i}`, ['text']);
    await keeper.round();
    expect(await segments(first)).toBe(1 + MERGE_WIDTH);
    keeper.wake(first.tenantId);
    await keeper.round();
    expect(await segments(first)).toBe(2);
    clock.advance(ROUND_MS * 16);
    await keeper.round();
    expect(happened.failed).toEqual([]);
  });

  it.each([
    ['back', -3_600_000],
    ['ahead', 3_600_000],
  ])('plans by time that passes: a clock that is set an hour %s changes nothing', async (_, hour) => {
    const writer = await tenantWith(1);
    const { keeper, happened, clock } = keeperOf();
    await keeper.round();
    clock.jump(hour);
    const collection = await fixture.collection(writer, 'more');
    for (let i = 0; i < MERGE_WIDTH; i++) await fixture.document(writer, collection, `e${i}`, ['text']);
    await keeper.round();
    expect(happened.merged).not.toContain(writer.tenantId);
    clock.advance(ROUND_MS * 16);
    await keeper.round();
    expect(happened.merged).toContain(writer.tenantId);
  });

  it('indexes again what another version of the analyzer indexed, as after an upgrade', async () => {
    const writer = await tenantWith(3);
    await fixture.database.once(writer, 'update document set analyzer = 0', [], ALL);
    const { keeper, happened } = keeperOf();
    await keeper.round();
    expect(happened.rebuilt).toContain(writer.tenantId);
    expect(await new VerifyIndex(fixture.database).run(writer)).toMatchObject({ waiting: 0, findings: [] });
  });

  it('tells of a failure, tries again later, and goes on with the other tenants', async () => {
    const [bad, good] = [await tenantWith(MERGE_WIDTH), await tenantWith(MERGE_WIDTH)];
    const damage = `update posting_block set data = '\\x00'::bytea || substring(data from 2)`;
    await fixture.database.once(bad, damage, [], ALL);
    const { keeper, happened, clock } = keeperOf();
    await keeper.round();
    expect(happened.failed).toEqual([bad.tenantId]);
    expect(happened.merged).toContain(good.tenantId);
    await keeper.round();
    expect(happened.failed).toHaveLength(1);
    clock.advance(ROUND_MS * 2);
    await keeper.round();
    expect(happened.failed).toHaveLength(2);
    expect(await segments(bad)).toBe(MERGE_WIDTH);
    await fixture.database.once(
      bad,
      `update posting_block set data = '\\x01'::bytea || substring(data from 2)`,
      [],
      ALL,
    );
  });

  it('may run several times at once', async () => {
    const writer = await tenantWith(MERGE_WIDTH);
    const all = Array.from({ length: 4 }, () => keeperOf());
    for (const { keeper } of all) keeper.start();
    for (let tries = 0; tries < 2_000 && (await segments(writer)) > 1; tries++) await delay(10);
    await Promise.all(all.map(({ keeper }) => keeper.stop()));
    expect(await segments(writer)).toBe(1);
    expect(
      all.flatMap(({ happened }) => happened.merged).filter((id) => id === writer.tenantId),
    ).toHaveLength(1);
    expect(all.flatMap(({ happened }) => happened.failed)).toEqual([]);
    expect((await new VerifyIndex(fixture.database).run(writer)).findings).toEqual([]);
  });
});
