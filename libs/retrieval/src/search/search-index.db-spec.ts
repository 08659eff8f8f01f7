import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { MergeSegments, Search } from '../index.js';
import { Fixture } from '../testing/index.js';
import { NaiveSearch } from '../testing/naive-search.js';
import { RandomText, SearchWorld } from '../testing/search-world.js';

let clone: ClonedDatabase;
let fixture: Fixture;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone, 8);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface World {
  readonly world: SearchWorld;
  readonly text: RandomText;
  readonly random: () => number;
  readonly collections: string[];
  readonly readers: CallContext[];
  readonly documents: string[];
}

/** Three collections, one of them closed to most; some documents with readers of their own. */
async function randomWorld(name: string, seed: number, documents: number): Promise<World> {
  const random = seeded(seed);
  const writer = await fixture.tenant(name);
  const world = new SearchWorld(fixture.database, writer);
  const group = await fixture.group(writer, 'few');
  const collections = [];
  for (const slug of ['open', 'closed', 'mixed']) collections.push(await fixture.collection(writer, slug));
  const [open = '', closed = '', mixed = ''] = collections;
  const readers = [await fixture.employee(writer, 'anna'), await fixture.employee(writer, 'ben', [group])];
  await world.access(open, { everyone: 'allow' });
  await world.access(closed, { [`group:${group}`]: 'allow' });
  await world.access(mixed, { everyone: 'allow', [`user:${readers[1]?.caller.userId}`]: 'deny' });
  const made: World = {
    world,
    text: new RandomText(random, 400),
    random,
    collections,
    readers,
    documents: [],
  };
  for (let i = 0; i < documents; i++) await addDocument(made);
  return made;
}

async function addDocument({ world, text, random, collections, readers, documents }: World): Promise<void> {
  const collection = collections[Math.floor(random() * 3)] ?? '';
  const contents = Array.from({ length: Math.floor(random() * 9) }, () => text.passage(40));
  const own = random() < 0.2 ? crypto.randomUUID() : collection;
  if (own !== collection)
    await world.access(own, { [`user:${readers[Math.floor(random() * 2)]?.caller.userId}`]: 'allow' });
  documents.push(await world.document(collection, text.passage(3), contents, own));
}

async function change(at: World): Promise<void> {
  const { world, random, documents, text, collections } = at;
  const any = (): string => documents[Math.floor(random() * documents.length)] ?? '';
  const kind = random();
  if (kind < 0.3) await addDocument(at);
  else if (kind < 0.5) await world.reindex(any(), [text.passage(40), text.passage(10)]);
  else if (kind < 0.6) await world.set(any(), 'deleted_at = now()');
  else if (kind < 0.65) await world.set(any(), 'deleted_at = null');
  else if (kind < 0.72) await world.set(any(), 'replaced_at = now()');
  else if (kind < 0.85) await world.set(any(), 'access_id = $2', collections[Math.floor(random() * 3)]);
  else await new MergeSegments(fixture.database).run(world.writer);
}

async function expectSame(search: Search, at: World, count: number): Promise<void> {
  const naive = await NaiveSearch.load(fixture.database, at.world.writer);
  for (let i = 0; i < count; i++) {
    const query = {
      text: at.text.passage(8),
      k: [1, 3, 10, 50][i % 4] ?? 10,
      ...(i % 5 === 0 ? { collectionIds: [at.collections[i % 3] ?? ''] } : {}),
      ...(i % 7 === 0 ? { context: at.text.passage(5) } : {}),
    };
    for (const ctx of [...at.readers, at.world.writer]) {
      const wanted = naive.search(ctx, query);
      const found = await search.run(ctx, query);
      expect(found.passages.map(({ documentId, ordinal }) => `${documentId}/${ordinal}`)).toEqual(
        wanted.keys,
      );
      found.passages.forEach(({ score }, place) => expect(score).toBeCloseTo(wanted.scores[place] ?? 0, 9));
      expect(found.withheld).toBe(wanted.withheld);
    }
  }
}

describe('Search, against BM25 without an index', () => {
  it.each([1, 2, 3])(
    'gives the same ranking, whatever was added, changed, removed or merged (%i)',
    async (seed) => {
      const at = await randomWorld(`same-${seed}`, seed, 40);
      const warm = new Search(fixture.database, systemClock);
      for (let round = 0; round < 8; round++) {
        await expectSame(warm, at, 8);
        for (let i = 0; i < 6; i++) await change(at);
      }
      await expectSame(new Search(fixture.database, systemClock), at, 8);
    },
    120_000,
  );

  it('gives the same with a cache that holds next to nothing', async () => {
    const at = await randomWorld('tiny', 4, 30);
    const search = new Search(fixture.database, systemClock, { cacheBytes: 4_096 });
    await expectSame(search, at, 10);
    for (let i = 0; i < 10; i++) await change(at);
    await expectSame(search, at, 10);
  }, 60_000);

  it('gives the same across windows of passage numbers', async () => {
    const at = await randomWorld('windows', 5, 10);
    const tenant = at.world.writer.tenantId;
    for (const next of [65_530, 196_600, 10_000_000]) {
      await fixture.asTenant(tenant, 'update passage_number set next = $2 where tenant_id = $1', [
        tenant,
        next,
      ]);
      for (let i = 0; i < 12; i++) await addDocument(at);
    }
    while (await new MergeSegments(fixture.database).run(at.world.writer));
    await expectSame(new Search(fixture.database, systemClock), at, 20);
  }, 60_000);
});
