import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemContext } from '../context/index.js';
import {
  cloneDatabase,
  LOADED_MS,
  startStallProxy,
  type ClonedDatabase,
  type StallProxy,
} from '../testing/index.js';
import { connectDatabase, connectPool, type PoolOptions } from './connect.js';
import { DatabaseTimeout, type Database } from './database.js';

const ctx = systemContext('00000000-0000-4000-8000-000000000001');
const TIMEOUT = 300;

const pools = {
  TypeORM: (options: PoolOptions): Promise<Database> => connectDatabase({ ...options, entities: [] }),
  'the driver': connectPool,
};

describe.each(Object.entries(pools))('with a pool of %s, the time limit of a call', (_, connect) => {
  let clone: ClonedDatabase;
  let proxy: StallProxy;
  let db: Database;

  beforeEach(async () => {
    clone = await cloneDatabase();
    proxy = await startStallProxy(clone.appUrl);
    db = await connect({
      url: proxy.url,
      poolSize: 1,
      statementTimeout: 60_000,
      applicationName: 'timeout-spec',
    });
  });
  afterEach(async () => {
    await db.close();
    await proxy.close();
    await clone.drop();
  });

  const answers = async () => {
    expect(await db.once(ctx, 'select 1 as one')).toEqual([{ one: 1 }]);
  };

  it('does not concern a call that is in time', async () => {
    expect(await db.once(ctx, 'select 1 as one', [], { timeout: LOADED_MS })).toEqual([{ one: 1 }]);
    expect(await db.transaction(ctx, (tx) => tx.query('select 1 as one'), { timeout: LOADED_MS })).toEqual([
      { one: 1 },
    ]);
  });

  it('ends a statement that takes too long, on the server too, and the connection survives', async () => {
    const began = performance.now();
    await expect(db.once(ctx, 'select pg_sleep(25)', [], { timeout: TIMEOUT })).rejects.toThrow(
      DatabaseTimeout,
    );
    expect(performance.now() - began).toBeLessThan(TIMEOUT + LOADED_MS);
    await answers();
  });

  it('ends a transaction that takes too long', async () => {
    const slow = db.transaction(ctx, (tx) => tx.query('select pg_sleep(25)'), { timeout: TIMEOUT });
    await expect(slow).rejects.toThrow(DatabaseTimeout);
    await answers();
  });

  it('counts the wait for a connection, and gives a late one back', async () => {
    const holding = db.once(ctx, 'select pg_sleep(0.6)');
    await expect(db.once(ctx, 'select 1', [], { timeout: TIMEOUT })).rejects.toThrow(DatabaseTimeout);
    await holding;
    await answers();
  });

  it('holds against a server that does not answer at all', async () => {
    proxy.stall();
    const began = performance.now();
    await expect(db.once(ctx, 'select 1', [], { timeout: TIMEOUT })).rejects.toThrow(DatabaseTimeout);
    expect(performance.now() - began).toBeLessThan(TIMEOUT + LOADED_MS);
    proxy.resume();
    await answers();
  });

  it('leaves an error of the statement as it is', async () => {
    await expect(db.once(ctx, 'select nonsense', [], { timeout: TIMEOUT })).rejects.toThrow(/nonsense/);
    await answers();
  });
});
