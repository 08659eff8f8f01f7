import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SourceDocuments } from '@lorekeep/sources';
import { S3_KEYS, s3Settings, startFakeS3, type FakeS3 } from '../support/fake-s3.js';
import { until } from '../support/until.js';
import { counts, SourceWorld } from './source-world.js';

const FILES = 30;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
let world: SourceWorld;
let s3: FakeS3;

beforeAll(async () => {
  world = await SourceWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  s3 = await startFakeS3(10);
  for (let n = 0; n < FILES; n++)
    s3.objects.set(`docs/${n}.md`, Buffer.from(`# Rule ${n}\n\nThe rule number ${n} holds.`));
});
afterEach(() => s3.close());

const add = () => world.add(s3Settings(s3.address, 'docs/'), { secret: S3_KEYS });
const gets = (): number => s3.requests.filter((request) => !request.includes('list-type')).length;
const state = async (): Promise<{ documents: number; lineages: number }> => {
  const [row] = await world.sql<{ documents: number; lineages: number }>(
    `select count(*)::int as documents, count(distinct file_name)::int as lineages from document where deleted_at is null`,
  );
  return row ?? { documents: 0, lineages: 0 };
};

describe('a sync that is interrupted', () => {
  function worker(): ChildProcess {
    return fork(here('../../apps/worker/src/main.ts'), [], {
      execArgv: ['--import', here('../support/typescript.mjs'), '-C', 'lorekeep-source', '--no-warnings'],
      env: {
        DATABASE_URL: world.clone.appUrl,
        DATA_DIR: join(world.folder, 'data'),
        SOURCE_PRIVATE_ADDRESSES: 'true',
        SOURCE_PLAIN_HTTP: 'true',
      },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }

  it('by kill -9 is completed by the next worker: nothing doubled, nothing lost', async () => {
    await world.begin();
    const { id } = await add();
    // Killed in the middle: the later ones get no answer.
    s3.before = ({ url = '' }) => (!url.includes('list-type') && gets() > 15 ? 'handled' : undefined);
    const first = worker();
    await once(first, 'message');
    await world.domain.sources.sync(world.writer, id, { allowDeletions: false });
    await until(async () => gets() > 15 && (await state()).documents > 0, 60_000);
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect((await world.source(id)).lastRun).toMatchObject({ state: 'running' });
    const taken = (await state()).documents;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(FILES);
    s3.before = () => undefined;
    const second = worker();
    await once(second, 'message');
    for (let tries = 0; tries < 1_200 && (await world.source(id)).lastRun?.state === 'running'; tries++)
      await delay(50);
    expect((await world.source(id)).lastRun).toMatchObject({ state: 'done', added: FILES, failed: 0 });
    expect(await state()).toEqual({ documents: FILES, lineages: FILES });
    for (let tries = 0; tries < 400; tries++) {
      const [ready] = await world.sql<{ n: number }>(
        `select count(*)::int as n from document where state = 'ready'`,
      );
      if (ready?.n === FILES) break;
      await delay(50);
    }
    expect(Object.keys(await world.tree())).toHaveLength(FILES);
    second.kill('SIGTERM');
    await once(second, 'exit');
    expect(counts(await world.sync(id))).toEqual({ unchanged: FILES });
  }, 240_000);

  it('at any step goes on from there', async () => {
    const steps: (keyof SourceDocuments)[] = ['accept', 'states', 'owned', 'place', 'remove'];
    let fail: string | null = null;
    let when: 'before' | 'after' = 'before';
    await world.begin({}, (documents) =>
      Object.assign(
        { ...documents },
        Object.fromEntries(
          steps.map((step) => [
            step,
            async (...values: never[]) => {
              const failing = fail === step;
              if (failing && when === 'before') throw new Error('power cut');
              const result: unknown = await (documents[step] as (...given: never[]) => unknown)(...values);
              if (failing) throw new Error('power cut');
              return result;
            },
          ]),
        ),
      ),
    );
    const { id } = await add();
    await world.domain.sources.update(world.writer, id, { deletionShare: 100 });
    await world.sync(id);
    const tries = steps.flatMap((step) => (['before', 'after'] as const).map((moment) => ({ step, moment })));
    for (const [at, { step, moment }] of tries.entries()) {
      s3.objects.set(`docs/new-${at}.md`, Buffer.from(`new ${at}`));
      s3.objects.set(`docs/${at}.md`, Buffer.from(`changed ${at}`));
      s3.objects.set(`docs/moved-${at}.md`, s3.objects.get(`docs/${at + 10}.md`) as Buffer);
      s3.objects.delete(`docs/${at + 10}.md`);
      s3.objects.delete(`docs/${at + 20}.md`);
      fail = step;
      when = moment;
      await world.domain.sources.sync(world.writer, id, { allowDeletions: true });
      const runId = await world.runId(id);
      await world.domain.sync
        .run(world.writer, runId)
        .catch((cause: Error) => expect(cause.message).toBe('power cut'));
      fail = null;
      await world.domain.sync.run(world.writer, runId);
      await world.ingest();
      expect((await world.source(id)).lastRun).toMatchObject({ state: 'done', failed: 0 });
      const wanted = [...s3.objects].map(([key, content]) => [key.replace('docs/', ''), content.toString()]);
      expect(await world.tree()).toEqual(Object.fromEntries(wanted));
    }
  });

  it('is not made twice at once: whoever comes later takes it over, and the other writes nothing more', async () => {
    await world.begin();
    const { id } = await add();
    await world.domain.sources.sync(world.writer, id, { allowDeletions: false });
    // Ordered again while it waits: it stays one.
    await world.domain.sources.sync(world.writer, id, { allowDeletions: false });
    expect(await world.domain.sources.runs(world.writer, id)).toHaveLength(1);
    const runId = await world.runId(id);
    const outcomes = await Promise.all([
      world.domain.sync.run(world.writer, runId),
      world.domain.sync.run(world.writer, runId),
    ]);
    expect(outcomes.map(({ state: outcome }) => outcome).sort()).toEqual(['done', 'gone']);
    expect(await state()).toEqual({ documents: FILES, lineages: FILES });
  });

  it('by a pause ends, is not ordered while paused, and goes on when resumed', async () => {
    await world.begin();
    const { id } = await world.add(s3Settings(s3.address, 'docs/'), { secret: S3_KEYS, everyMinutes: 5 });
    await world.domain.sources.pause(world.writer, id);
    expect(await world.domain.runs.orderDue(world.writer)).toBe(0);
    await world.domain.sources.resume(world.writer, id);
    expect(await world.domain.runs.orderDue(world.writer)).toBe(1);
    expect(await world.domain.runs.orderDue(world.writer)).toBe(0);
    await world.work(id);
    const source = await world.source(id);
    expect(source.lastRun).toMatchObject({ state: 'done', cause: 'schedule' });
    expect(Date.parse(source.nextRunAt ?? '') - Date.now()).toBeGreaterThan(4 * 60_000);
    expect(await world.domain.runs.orderDue(world.writer)).toBe(0);
  });

  it('by removal is ended, and the source goes with all it had', async () => {
    await world.begin();
    const { id } = await add();
    await world.sync(id);
    s3.objects.set('docs/slow.md', Buffer.from('slow'));
    s3.before = (request) => (request.url?.includes('slow.md') ? 'handled' : undefined);
    const syncing = world.domain.sources
      .sync(world.writer, id, { allowDeletions: false })
      .then(() => world.work(id));
    await until(() => Promise.resolve(s3.requests.some((request) => request.includes('slow.md'))));
    await world.domain.sources.remove(world.writer, id, 'delete');
    expect(await syncing).toMatchObject({ state: 'cancelled' });
    expect(await world.source(id)).toMatchObject({ state: 'removing' });
    expect(await world.work(id)).toMatchObject({ state: 'done' });
    expect(await state()).toEqual({ documents: 0, lineages: 0 });
    expect(await world.sql('select 1 from source_item')).toEqual([]);
  });

  it('by an audit that is away deletes nothing, and ends when it is back', async () => {
    await world.begin();
    const { id } = await add();
    await world.sync(id);
    s3.objects.delete('docs/0.md');
    const push = world.records.push.bind(world.records);
    world.records.push = (...entries) => {
      if (entries.some(({ kind }) => kind === 'document.delete')) throw new Error('the audit is away');
      return push(...entries);
    };
    await world.domain.sources.sync(world.writer, id, { allowDeletions: false });
    await expect(world.work(id)).rejects.toThrow('the audit is away');
    expect((await state()).documents).toBe(FILES);
    world.records.push = push;
    await world.work(id);
    expect((await state()).documents).toBe(FILES - 1);
  });
});
