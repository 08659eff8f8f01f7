import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemContext } from '../context/index.js';
import { cloneDatabase, type ClonedDatabase } from '../testing/index.js';
import { connectDatabase, connectPool, type PoolOptions } from './connect.js';
import type { Database } from './database.js';

const PID = 'select pg_backend_pid() as pid';
/** Divides when it runs, and not when it is planned. */
const DIVIDE = 'select 12 / at as n, pg_backend_pid() as pid from generate_series($1::int, $1::int) as at';

const pools = {
  TypeORM: (options: PoolOptions): Promise<Database> => connectDatabase({ ...options, entities: [] }),
  'the driver': connectPool,
};

describe.each(Object.entries(pools))(
  'with a pool of %s, a statement that is a transaction of its own',
  (_, connect) => {
    const ctx = systemContext(randomUUID());
    let clone: ClonedDatabase;
    let database: Database;

    beforeAll(async () => {
      clone = await cloneDatabase();
    });
    beforeEach(async () => {
      database = await connect({
        ...{ url: clone.appUrl, poolSize: 1, statementTimeout: 10_000 },
        applicationName: 'one-transaction-spec',
      });
    });
    afterEach(() => database.close());
    afterAll(() => clone.drop());

    const divide = async (by: unknown) =>
      (await database.once<{ n: number; pid: number }>(ctx, DIVIDE, [by], { prepared: 'spec-divide' }))[0];

    it('goes on after one that failed, on the same connection and with the same plan', async () => {
      const before = await divide(3);
      await expect(divide(0)).rejects.toThrow(/division/);
      expect(await divide(4)).toEqual({ n: 3, pid: before?.pid });
    });

    it('goes on with another connection where it is not known whether this one has the plan', async () => {
      const [before] = await database.once<{ pid: number }>(ctx, PID);
      await expect(divide('three')).rejects.toThrow(/invalid input syntax/);
      const after = await divide(2);
      expect(after?.n).toBe(6);
      expect(after?.pid).not.toBe(before?.pid);
    });

    it('keeps the connection where one without a plan of its own cannot be understood', async () => {
      const [before] = await database.once<{ pid: number }>(ctx, PID);
      await expect(database.once(ctx, 'select no_such_column')).rejects.toThrow(/no_such_column/);
      expect(await database.once(ctx, PID)).toEqual([before]);
    });

    it('has what is set for this call alone, and nothing of the call before', async () => {
      const set = `select current_setting('synchronous_commit') as durable, current_setting('statement_timeout') as limit,
      current_setting('app.tenant') as tenant, current_setting('app.access') as access`;
      const usual = { durable: 'on', limit: '10s', tenant: ctx.tenantId, access: 'caller' };
      for (let turn = 0; turn < 2; turn += 1) {
        const lasting = await database.once(ctx, set, [], { durable: false, access: 'all' });
        expect(lasting).toEqual([{ ...usual, durable: 'off', access: 'all' }]);
        const limited = await database.once(ctx, set, [], { timeout: 5_000 });
        expect(limited).toEqual([{ ...usual, limit: '4500ms' }]);
        const both = await database.once(ctx, set, [], { durable: false, timeout: 5_000 });
        expect(both).toEqual([{ ...usual, durable: 'off', limit: '4500ms' }]);
        expect(await database.once(ctx, set)).toEqual([usual]);
        const [outside] = await database.withoutTenant<{ tenant: string | null }>(
          `select current_setting('app.tenant', true) as tenant`,
        );
        expect(outside?.tenant || null).toBeNull();
      }
    });
  },
);
