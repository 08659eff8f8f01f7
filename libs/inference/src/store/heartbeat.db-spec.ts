import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import type { OpenAiDriver } from '../openai/openai-driver.js';
import { SharedCapacity } from '../queue/shared-capacity.js';
import { Replica } from '../replicas/replica.js';
import { DatabaseBoard } from './heartbeat.repository.js';

/** Longer than any test takes, and as short as there may be. */
const LAPSE = 60_000;
const SHORT = 100;

describe('heartbeats of gateways', () => {
  let clone: ClonedDatabase;
  let db: Database;
  let board: DatabaseBoard;

  beforeEach(async () => {
    clone = await cloneDatabase();
    db = await connectDatabase({
      ...{ url: clone.appUrl, entities: [], poolSize: 4, statementTimeout: 5_000 },
      applicationName: 'inference-spec',
    });
    board = new DatabaseBoard(db);
  });
  afterEach(async () => {
    await db.close();
    await clone.drop();
  });

  it('tell each gateway what the others have, until they lapse or leave', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const has = (running: number, waiting: number) => [{ engine: 'gpu:8000', running, waiting }];
    expect(await board.beat(one, has(3, 1), LAPSE)).toEqual([]);
    expect(await board.beat(two, has(0, 0), LAPSE)).toEqual([
      { gateway: one, engine: 'gpu:8000', running: 3, waiting: 1 },
    ]);
    expect(await board.beat(one, has(5, 2), LAPSE)).toHaveLength(1);
    expect((await board.beat(two, [], LAPSE))[0]).toMatchObject({ running: 5, waiting: 2 });
    expect(await board.beat(one, has(5, 2), LAPSE)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, SHORT + 50));
    expect(await board.beat(two, has(1, 0), SHORT)).toEqual([]);
    await board.beat(two, [], LAPSE);
  });

  it('the table is out of reach for the application', async () => {
    await expect(db.withoutTenant('select * from inference_heartbeat')).rejects.toThrow(/permission denied/);
    await expect(board.beat(randomUUID(), [{ engine: 'e', running: -1, waiting: 0 }], LAPSE)).rejects.toThrow(
      /counts_check/,
    );
    const many = Array.from({ length: 65 }, (_, at) => ({ engine: `e${at}`, running: 0, waiting: 0 }));
    await expect(board.beat(randomUUID(), many, LAPSE)).rejects.toThrow(/too many engines/);
  });

  it('gateways share an engine; one that leaves gives its share back', async () => {
    const gateways = [0, 1].map(() => {
      const replica = new Replica('gpu:1', {} as OpenAiDriver, 8, systemClock);
      return { replica, shared: new SharedCapacity({ all: [replica] }, board), waiting: 0 };
    });
    const [one, two] = gateways as [(typeof gateways)[0], (typeof gateways)[0]];
    const beat = async () => {
      for (let round = 0; round < 2; round++)
        for (const { shared, waiting } of gateways) await shared.beat(() => waiting);
    };
    const shares = () => gateways.map(({ shared, replica }) => shared.shareOf(replica));
    expect(shares()).toEqual([8, 8]);
    await beat();
    expect(shares()).toEqual([4, 4]);
    one.replica.running = 4;
    one.waiting = 20;
    await beat();
    expect(shares()).toEqual([8, 1]);
    const elsewhere = () => gateways.map(({ shared, replica }) => shared.waitingElsewhere([replica]));
    expect(elsewhere()).toEqual([[0], [20]]);
    one.replica.running = 8;
    two.waiting = 3;
    await beat();
    expect(shares()).toEqual([5, 1]);
    one.replica.running = 5;
    await beat();
    expect(shares()).toEqual([5, 3]);
    await two.shared.stop();
    await one.shared.beat(() => 20);
    expect(one.shared.shareOf(one.replica)).toBe(8);
  });

  it('a question that two engines could answer waits once, whoever counts', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const [first, second, idle] = ['gpu:3', 'gpu:4', 'gpu:5'].map(
      (name) => new Replica(name, {} as OpenAiDriver, 8, systemClock),
    ) as [Replica, Replica, Replica];
    const row = (engine: string, waiting: number) => ({ engine, running: 0, waiting });
    await board.beat(one, [row('gpu:3', 4), row('gpu:4', 6)], LAPSE);
    await board.beat(two, [row('gpu:4', 2)], LAPSE);
    const shared = new SharedCapacity({ all: [first, second, idle] }, board);
    await shared.beat(() => 0);
    const elsewhere = (...replicas: Replica[]) => shared.waitingElsewhere(replicas).sort();
    expect([elsewhere(first), elsewhere(first, second), elsewhere(idle)]).toEqual([[4], [2, 6], []]);
    for (const gateway of [one, two, shared.gateway]) await board.beat(gateway, [], LAPSE);
  });

  it('what cannot be read leaves things as they were', async () => {
    const replica = new Replica('gpu:2', {} as OpenAiDriver, 8, systemClock);
    let isAway = false;
    const other = { gateway: randomUUID(), engine: 'gpu:2', running: 0, waiting: 0 };
    const flaky = { beat: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve([other])) };
    const shared = new SharedCapacity({ all: [replica] }, flaky);
    await shared.beat(() => 0);
    isAway = true;
    await shared.beat(() => 0);
    expect(shared.shareOf(replica)).toBe(4);
  });
});
