import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { systemContext } from '../context/index.js';
import { connectDatabase, type Database } from '../database/index.js';
import { cloneDatabase, type ClonedDatabase } from '../testing/index.js';
import { enqueueJob, installJobQueue, startJobs, type Job } from './index.js';

let clone: ClonedDatabase;
let database: Database;
const ctx = systemContext('00000000-0000-4000-8000-000000000001');

beforeAll(async () => {
  clone = await cloneDatabase();
  database = await connectDatabase({
    url: clone.appUrl,
    entities: [],
    poolSize: 2,
    statementTimeout: 10_000,
    applicationName: 'jobs-spec',
  });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

/** Runs the tasks until `enough` says so. */
async function until(
  tasks: Record<string, (job: Job) => Promise<void>>,
  enough: () => boolean,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  const jobs = await startJobs({
    connectionString: clone.appUrl,
    tasks,
    concurrency: 2,
    onFailure: (failure) => failures.push(failure),
  });
  const deadline = performance.now() + 15_000;
  while (!enough() && performance.now() < deadline) await new Promise((done) => setTimeout(done, 20));
  await jobs.stop();
  return failures;
}

describe('jobs', () => {
  it('can be installed again', async () => {
    await installJobQueue(clone.ownerUrl, 'lorekeep_app');
    await expect(installJobQueue(clone.ownerUrl, 'x; drop')).rejects.toThrow(/plain lower-case/);
  });

  it('exist if and only if the transaction commits, once per key', async () => {
    const seen: unknown[] = [];
    const add = (value: number, options = {}) =>
      database.transaction(ctx, async (tx) => {
        await enqueueJob(tx, 'note', { value }, { attempts: 1, ...options });
        if (value === 1) throw new Error('changed my mind');
      });
    await expect(add(1)).rejects.toThrow('changed my mind');
    await add(2);
    await add(3, { key: 'same' });
    await add(4, { key: 'same' });
    const failures = await until(
      {
        note: ({ payload }) => {
          seen.push((payload as { value: number }).value);
          return Promise.resolve();
        },
      },
      () => seen.length >= 2,
    );
    expect(seen.sort()).toEqual([2, 4]);
    expect(failures).toEqual([]);
  });

  it('are tried again, and told when it was the last time', async () => {
    let tries = 0;
    await database.transaction(ctx, (tx) => enqueueJob(tx, 'fail', {}, { attempts: 1 }));
    const failures = await until(
      {
        fail: () => {
          tries++;
          return Promise.reject(new Error('no'));
        },
      },
      () => tries > 0,
    );
    expect(failures).toMatchObject([{ task: 'fail', attempt: 1, final: true }]);
  });

  it('of a process that died are taken over, those of a living one are not', async () => {
    await database.transaction(ctx, (tx) => enqueueJob(tx, 'orphan', {}, { attempts: 1 }));
    const owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    await owner.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-dead', locked_at = now() - interval '1 minute', attempts = 1
        where task_id = (select id from graphile_worker._private_tasks where identifier = 'orphan')`,
    );
    await database.transaction(ctx, (tx) => enqueueJob(tx, 'held', {}, { attempts: 1 }));
    await owner.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-alive', locked_at = now() - interval '1 minute'
        where task_id = (select id from graphile_worker._private_tasks where identifier = 'held')`,
    );
    await owner.query(`select pg_advisory_lock(502377, hashtext('pool-alive'))`);
    let held = 0;
    let attempts: number[] = [];
    await until(
      {
        held: () => Promise.resolve(void held++),
        orphan: ({ attempt, attempts: most }) => {
          attempts = [attempt, most];
          return Promise.resolve();
        },
      },
      () => attempts.length > 0,
    );
    expect(attempts).toEqual([2, 2]);
    expect(held).toBe(0);
    await owner.end();
  });
});
