import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { DatabaseHosts } from './engine-host.repository.js';
import { DatabaseBoard } from './heartbeat.repository.js';

const HOUR = 3_600_000;
const LAPSE = 10_000;

describe('a clock that was an hour ahead and is right again', () => {
  let clone: ClonedDatabase;
  let db: Database;
  let owner: pg.Client;

  beforeAll(async () => {
    clone = await cloneDatabase();
    const options = { entities: [], poolSize: 2, statementTimeout: 5_000, applicationName: 'inference-spec' };
    db = await connectDatabase({ ...options, url: clone.appUrl });
    owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await db.close();
    await clone.drop();
  });

  it('keeps no engine host away, and nothing is said twice', async () => {
    const hosts = new DatabaseHosts(db);
    const [address, now] = ['https://gpu-1:8090', Date.now()];
    expect(await hosts.say(address, now + HOUR, true)).toBe(true);
    expect(await hosts.present(LAPSE)).toEqual([]);
    expect(await hosts.say(address, now, false)).toBe(true);
    expect(await hosts.present(LAPSE)).toEqual([address]);
    for (const again of [now, now - 1, now - 119_000])
      expect(await hosts.say(address, again, true)).toBe(false);
    expect(await hosts.say(address, now + 2_000, false)).toBe(true);
  });

  it('keeps no share for a gateway that has gone', async () => {
    const board = new DatabaseBoard(db);
    const [gone, here] = [randomUUID(), randomUUID()];
    const has = [{ engine: 'gpu:1', running: 8, waiting: 0 }];
    await board.beat(gone, has, LAPSE);
    expect(await board.beat(here, has, LAPSE)).toHaveLength(1);
    await owner.query(`update inference_heartbeat set beat_at = beat_at + interval '1 hour'`);
    expect(await board.beat(here, has, LAPSE)).toEqual([]);
  });
});
