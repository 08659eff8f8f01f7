import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, LOADED_MS, startStallProxy, type ClonedDatabase } from '@lorekeep/kit/testing';
import { RetrievalFault, type SearchThread } from './index.js';
import { Fixture, sourceSearch } from './testing/index.js';
import { SearchWorld } from './testing/search-world.js';

let clone: ClonedDatabase;
let fixture: Fixture;
let world: SearchWorld;
let open: string;
let anna: CallContext;
const started: SearchThread[] = [];

const start = (url = clone.appUrl, options: Parameters<typeof sourceSearch>[1] = {}): SearchThread => {
  const search = sourceSearch(url, options);
  started.push(search);
  return search;
};
const texts = async (search: SearchThread, text: string, ctx = anna): Promise<string[]> =>
  (await search.run(ctx, { text, k: 10 })).passages.map(({ content }) => content);
/** The start of its thread may take longer than a search may. */
const warmed = async (search: SearchThread): Promise<string[]> => {
  for (let tries = 0; tries < 3; tries++) {
    const found = await texts(search, 'leave').catch(() => null);
    if (found) return found;
  }
  return texts(search, 'leave');
};

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
  const writer = await fixture.tenant('thread');
  world = new SearchWorld(fixture.database, writer);
  anna = await fixture.employee(writer, 'anna');
  open = await fixture.collection(writer, 'open');
  await world.access(open, { everyone: 'allow' });
  await world.document(open, 'Leave', ['Twenty-five days of annual leave.', 'Sick leave needs a note.']);
});
afterAll(async () => {
  await Promise.all(started.map((search) => search.close()));
  await fixture.close();
  await clone.drop();
});

describe('SearchThread', () => {
  const words = ['narwhal', 'walrus'];

  it('finds what may be read, many searches at once, and what has just come', async () => {
    const search = start();
    expect(await texts(search, 'annual leave')).toEqual([
      'Twenty-five days of annual leave.',
      'Sick leave needs a note.',
    ]);
    const id = await world.document(open, 'Parking', ['The zebra parks in the garage.']);
    expect(await texts(search, 'zebra')).toHaveLength(1);
    await world.set(id, 'deleted_at = now()');
    expect(await texts(search, 'zebra')).toEqual([]);
    const many = await Promise.all(Array.from({ length: 40 }, () => texts(search, 'sick note')));
    expect(many.every(([first]) => first === 'Sick leave needs a note.')).toBe(true);
  });

  it('sees a change of readers, made by another process, in the very next search', async () => {
    const search = start();
    // A second try finds nothing of the first.
    const word = words.pop() ?? '';
    const secret = await fixture.collection(world.writer, word);
    await world.document(secret, 'Plans', [`The ${word} plan.`]);
    expect(await texts(search, word)).toEqual([]);
    expect((await search.run(anna, { text: word, k: 3 })).withheld).toBe(1);
    await world.access(secret, { everyone: 'allow' });
    expect(await texts(search, word)).toHaveLength(1);
    await world.access(secret, { everyone: 'allow', [`user:${anna.caller.userId}`]: 'deny' });
    expect(await texts(search, word)).toEqual([]);
  });

  it('fails and starts again when the thread dies in the middle', async () => {
    const search = start();
    await texts(search, 'leave');
    const { worker } = search as unknown as { worker: { terminate(): Promise<number> } };
    const asked = Promise.allSettled([texts(search, 'leave'), texts(search, 'note')]);
    await worker.terminate();
    for (const outcome of await asked)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(RetrievalFault);
    expect(await texts(search, 'leave')).toHaveLength(2);
  });

  it('stops at once for a caller who leaves, and not before the deadline for one who has none left', async () => {
    const proxy = await startStallProxy(clone.appUrl);
    const search = start(proxy.url, { timeoutMs: 4_000 });
    try {
      expect(await texts(search, 'leave')).toHaveLength(2);
      proxy.stall();
      const controller = new AbortController();
      const left = search.run({ ...anna, signal: controller.signal }, { text: 'leave', k: 1 });
      controller.abort(new Error('left'));
      await expect(left).rejects.toThrow('left');
      await expect(
        search.run({ ...anna, deadline: performance.now() - 1 }, { text: 'leave', k: 1 }),
      ).rejects.toThrow(RetrievalFault);
    } finally {
      proxy.resume();
      await search.close();
      await proxy.close();
    }
  });

  it('finds although the clock is set an hour ahead before it searches, and back while it does', async () => {
    const proxy = await startStallProxy(clone.appUrl);
    const search = start(proxy.url, { timeoutMs: LOADED_MS });
    const ctx = { ...anna, deadline: performance.now() + LOADED_MS };
    const real = Date.now;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + 3_600_000);
    try {
      proxy.stall();
      const asked = texts(search, 'leave', ctx);
      clock.mockRestore();
      proxy.resume();
      expect(await asked).toHaveLength(2);
    } finally {
      clock.mockRestore();
      await search.close();
      await proxy.close();
    }
  });

  it.each(['hangs', 'goes away'])(
    'faults within its time when the database %s, and finds again after',
    async (how) => {
      const proxy = await startStallProxy(clone.appUrl);
      const search = start(proxy.url, { timeoutMs: 4_000 });
      try {
        expect(await warmed(search)).toHaveLength(2);
        if (how === 'hangs') proxy.stall();
        else proxy.cut();
        const began = performance.now();
        const outcome = await texts(search, 'leave').catch((error: unknown) => error);
        expect(performance.now() - began).toBeLessThan(4_000 + LOADED_MS);
        if (how === 'hangs') expect(outcome).toBeInstanceOf(RetrievalFault);
        proxy.resume();
        expect(await texts(search, 'leave').catch(() => texts(search, 'leave'))).toHaveLength(2);
      } finally {
        await search.close();
        await proxy.close();
      }
    },
  );

  it('faults within its time when the database is slow, and leaves no statement behind', async () => {
    const search = start(clone.appUrl, { timeoutMs: 4_000 });
    expect(await warmed(search)).toHaveLength(2);
    const owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    await owner.query('begin; lock table segment in access exclusive mode');
    try {
      const began = performance.now();
      await expect(texts(search, 'leave')).rejects.toThrow(RetrievalFault);
      expect(performance.now() - began).toBeLessThan(4_000 + LOADED_MS);
    } finally {
      await owner.query('rollback');
      await owner.end();
    }
    expect(await texts(search, 'leave')).toHaveLength(2);
  });

  it('is a fault without a database at all, and after it is closed', async () => {
    const search = start('postgres://nobody:x@127.0.0.1:1/none', { timeoutMs: 2_000 });
    await expect(texts(search, 'leave')).rejects.toThrow(RetrievalFault);
    await search.close();
    await expect(texts(search, 'leave')).rejects.toThrow(RetrievalFault);
  });
});
