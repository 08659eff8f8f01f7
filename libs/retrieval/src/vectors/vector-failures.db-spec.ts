import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, LOADED_MS, type ClonedDatabase } from '@lorekeep/kit/testing';
import {
  startFakeModels,
  type FakeModels,
  type ModelFailureMode,
} from '../../../../test/support/fake-models/start.js';
import { Search, ShowVectors } from '../index.js';
import { Fixture } from '../testing/index.js';
import { sourceSearch } from '../testing/source-search.js';
import { settingsOf, VectorWorld } from './testing/vector-world.js';

const SYNONYMS = { automobile: 'car' };
let clone: ClonedDatabase;
let world: VectorWorld;
let models: FakeModels;
let writer: CallContext;
let anna: CallContext;
let all: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  world = new VectorWorld(clone, await Fixture.open(clone, 8));
});
afterAll(async () => {
  await world.fixture.close();
  await clone.drop();
});
beforeEach(async () => {
  models = await startFakeModels({ synonyms: SYNONYMS });
  writer = await world.fixture.tenant(`t-${crypto.randomUUID()}`);
  anna = await world.fixture.employee(writer, 'anna');
  all = await world.collection(writer, 'all', 'everyone');
});
afterEach(() => models.close());

const settings = (more: Record<string, string> = {}) =>
  settingsOf({
    RETRIEVAL_EMBEDDING_URL: models.url,
    RETRIEVAL_EMBEDDING_MODEL: 'words',
    RETRIEVAL_EMBEDDING_TIMEOUT_MS: '900',
    RETRIEVAL_QUESTION_VECTOR_TIMEOUT_MS: '500',
    ...more,
  });
const status = (more: Record<string, string> = {}) =>
  new ShowVectors(world.fixture.database, settings(more), systemClock).run(writer);
const vectors = async (): Promise<number> =>
  (await world.sql<{ n: number }>(writer, 'select count(*)::int as n from passage_vector'))[0]?.n ?? -1;

const FAILURES: [ModelFailureMode, Partial<FakeModels>, RegExp][] = [
  ['hang', {}, /did not answer within 900 ms/],
  ['cut', {}, /could not be reached/],
  ['wrong-count', {}, /does not hold 2 vectors/],
  ['wrong-index', {}, /which vector belongs to which text/],
  ['ragged', {}, /different lengths/],
  ['nan', {}, /no number/],
  ['zero', {}, /without a direction/],
  ['text', {}, /without 1 to 8192 numbers/],
  ['not-json', {}, /not JSON/],
  ['huge', {}, /longer than \d+ bytes/],
  ['status', { status: 500 }, /answered 500/],
  ['status', { status: 401 }, /API key is not accepted/],
  ['status', { status: 404 }, /no such address or model/],
];

describe('a model that fails while vectors are made', () => {
  it.each(FAILURES)(
    'by %s %o: nothing of it is stored, and the status says why',
    async (mode, more, reason) => {
      await world.fixture.document(writer, all, 'Fleet', ['the car', 'the garage']);
      Object.assign(models, { mode, ...more });
      const failing = world.keep(settings());
      await failing.once();
      expect(failing.failures).toEqual([]);
      expect(failing.away.at(-1)?.message).toMatch(reason);
      expect(await vectors()).toBe(0);
      const shown = await status();
      expect(shown).toMatchObject({ search: 'words', sets: [{ state: 'building', done: 0, total: 2 }] });
      expect(shown.sets[0]?.failure).toMatch(reason);
      models.mode = 'none';
      await world.keep(settings()).settle();
      expect(await vectors()).toBe(2);
      expect(await status()).toMatchObject({
        search: 'signature',
        sets: [{ state: 'active', done: 2, failure: null }],
      });
    },
  );

  it('that asks to wait is left alone for as long', async () => {
    await world.fixture.document(writer, all, 'Fleet', ['the car']);
    Object.assign(models, { mode: 'status', status: 503, retryAfter: '7' });
    const waiting = world.keep(settings());
    await waiting.keeper.round();
    expect(waiting.away[0]?.retryAfterMs).toBe(7_000);
    models.mode = 'none';
    waiting.keeper.wake(writer.tenantId);
    await waiting.once();
    expect(models.embedded).toEqual([]);
  });

  it('that changes its dimensions is not mixed with what is there', async () => {
    await world.fixture.document(writer, all, 'Fleet', ['the car']);
    await world.keep(settings()).settle();
    models.dimensions = 32;
    await world.fixture.document(writer, all, 'New', ['the garage']);
    const changed = world.keep(settings());
    await changed.once();
    expect(changed.away[0]?.message).toMatch(/32 dimensions where it gave 64/);
    expect(await vectors()).toBe(1);
    const found = await world.search(settings(), anna, 'garage');
    expect(found.passages.map(({ content }) => content)).toEqual(['the garage']);
    expect(found.hybrid).toMatchObject({ vectors: 'away', reasons: [expect.stringContaining('dimensions')] });
  });

  it('that refuses long texts gets shorter ones, and what it never takes is skipped and counted', async () => {
    models.charactersMax = 60;
    const long = 'word '.repeat(40);
    await world.fixture.document(writer, all, 'T', ['short one', long, 'short two']);
    await world.keep(settings()).settle();
    expect(models.embedded).toContain('T\nshort two');
    expect(models.embedded.some((text) => text.startsWith('T\nword') && text.length <= 60)).toBe(true);
    expect((await status()).sets[0]).toMatchObject({ done: 3, total: 3, skipped: 0 });
    models.charactersMax = 12;
    await world.fixture.document(writer, all, 'U', [`${'never taken '.repeat(400)}`]);
    await world.keep(settings()).settle();
    expect((await status()).sets[0]).toMatchObject({ done: 4, total: 4, skipped: 1 });
  });

  it('has no more requests under way than it may have', async () => {
    models.delayMs = 20;
    await world.fixture.document(
      writer,
      all,
      'Long',
      Array.from({ length: 60 }, (_, i) => `passage ${i}`),
    );
    await world
      .keep(settings({ RETRIEVAL_EMBEDDING_BATCH: '4', RETRIEVAL_EMBEDDING_CONCURRENCY: '3' }))
      .settle();
    expect(models.most).toBe(3);
    expect(await vectors()).toBe(60);
  });

  it('is sent no more passages a second than it may be', async () => {
    await world.fixture.document(writer, all, 'Long', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    const began = performance.now();
    await world.keep(settings({ RETRIEVAL_EMBEDDING_RATE: '20' })).settle();
    expect(performance.now() - began).toBeGreaterThan(390);
  });
});

describe('a worker that is killed', () => {
  it('loses no more than the step in hand, and leaves no half document searched', async () => {
    const texts = Array.from({ length: 700 }, (_, i) => `passage number ${i}`);
    await world.fixture.document(writer, all, 'Long', texts);
    models.delayMs = 10;
    const child = fork(
      fileURLToPath(new URL('./testing/embed-until-killed.ts', import.meta.url)),
      [clone.appUrl, models.url],
      {
        execArgv: [
          '--import',
          fileURLToPath(new URL('../../../../test/support/typescript.mjs', import.meta.url)),
          '-C',
          'lorekeep-source',
          '--no-warnings',
        ],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
    for (let tries = 0; tries < 4_000 && models.embedded.length < 400; tries++) await delay(10);
    child.kill('SIGKILL');
    await once(child, 'exit');
    models.delayMs = 0;
    const before = await vectors();
    expect(before).toBeGreaterThanOrEqual(256);
    expect(before).toBeLessThan(700);
    expect((await status()).sets[0]).toMatchObject({ state: 'building', done: 0, total: 700 });
    models.embedded.length = 0;
    // The dead one still holds the set: others wait until it would have said that it is still at it.
    await world.keep(settings()).settle();
    expect(models.embedded).toEqual([]);
    await world.sql(writer, 'update vector_set set held_until = now()');
    await world.keep(settings()).settle();
    expect(models.embedded).toHaveLength(700 - before);
    expect((await status()).sets[0]).toMatchObject({ state: 'active', done: 700, total: 700 });
  }, 60_000);
});

describe('a model that fails while questions are asked', () => {
  beforeEach(async () => {
    await world.fixture.document(writer, all, 'Fleet', ['the car stands here', 'the garage is there']);
    await world.keep(settings()).settle();
  });

  // Of one vector the place and the length cannot be wrong.
  const alone = FAILURES.filter(([mode]) => mode !== 'wrong-index' && mode !== 'ragged');
  it.each(alone)('by %s %o: the words alone are searched, in time', async (mode, more) => {
    Object.assign(models, { mode, ...more });
    const { passages, hybrid, took } = await world.search(settings(), anna, 'garage');
    expect(passages.map(({ content }) => content)).toEqual(['the garage is there']);
    expect(hybrid?.vectors).toBe('away');
    expect(took).toBeLessThan(LOADED_MS);
  });

  it('is not asked again and again', async () => {
    models.mode = 'hang';
    const search = new Search(world.fixture.database, systemClock, { vectors: settings() });
    const outcomes: (string | undefined)[] = [];
    for (let times = 0; times < 5; times++)
      outcomes.push((await search.run(anna, { text: 'garage', k: 3 })).hybrid?.vectors);
    expect(outcomes).toEqual(['away', 'away', 'away', 'paused', 'paused']);
  });

  it('says so where there are too many passages to search without an index', async () => {
    const few = { RETRIEVAL_VECTOR_PASSAGES_MAX: '1' };
    expect((await world.search(settings(few), anna, 'garage')).hybrid?.vectors).toBe('too_many');
    expect(await status(few)).toMatchObject({
      search: 'none',
      summary: expect.stringContaining('more than 1 '),
    });
    expect(
      (await world.search(settings({ RETRIEVAL_VECTOR_PASSAGES_MAX: '2' }), anna, 'garage')).hybrid?.vectors,
    ).toBe('used');
  });

  it('says so where the model of the vectors is no longer configured', async () => {
    const other = { RETRIEVAL_EMBEDDING_MODEL: 'another' };
    expect((await world.search(settings(other), anna, 'garage')).hybrid?.vectors).toBe('unserved');
  });

  it('takes part in the thread that searches', async () => {
    const thread = sourceSearch(clone.appUrl, {
      vectors: settings({ RETRIEVAL_QUESTION_VECTOR_TIMEOUT_MS: '2000' }),
    });
    try {
      const { passages, hybrid } = await thread.run(anna, { text: 'automobile', k: 1 });
      expect(hybrid?.vectors).toBe('used');
      expect(passages[0]?.content).toBe('the car stands here');
    } finally {
      await thread.close();
    }
  });
});

describe('a reranker', () => {
  const reranked = (more: Record<string, string> = {}) =>
    settingsOf({ RETRIEVAL_RERANK_URL: models.url, RETRIEVAL_RERANK_TIMEOUT_MS: '150', ...more });
  const titles = async (text: string, more: Record<string, string> = {}) => {
    const { passages, hybrid } = await world.search(reranked(more), anna, text, 2);
    return { contents: passages.map(({ content }) => content), rerank: hybrid?.rerank };
  };
  const LONG = `car ${'and something else '.repeat(30)} garage`;

  beforeEach(async () => {
    await world.fixture.document(writer, all, 'One', ['car car car', LONG, 'bicycle']);
    const nobody = await world.fixture.group(writer, 'nobody');
    const closed = await world.collection(writer, 'closed', `group:${nobody}`);
    await world.fixture.document(writer, closed, 'Secret', ['car garage secret']);
  });

  it.each(['cohere', 'tei'])(
    'gives the order, speaking %s, and is sent what the caller may read',
    async (api) => {
      const { contents, rerank } = await titles('automobile car garage', { RETRIEVAL_RERANK_API: api });
      expect(rerank).toBe('used');
      expect(contents[0]).toBe(LONG);
      expect(models.reranked.some((text) => text.includes('garage'))).toBe(true);
      expect(models.reranked.filter((text) => text.includes('secret'))).toEqual([]);
    },
  );

  it.each(['hang', 'cut', 'wrong-count', 'nan', 'not-json', 'huge', 'status'] as const)(
    'that fails by %s leaves the order as it was',
    async (mode) => {
      const { passages } = await world.search(settingsOf({}), anna, 'car garage', 2);
      models.mode = mode;
      const { contents, rerank } = await titles('car garage');
      expect(rerank).toBe('away');
      expect(contents).toEqual(passages.map(({ content }) => content));
    },
  );

  it('is not asked where the question quotes', async () => {
    expect((await titles('"bicycle"')).rerank).toBe('off');
    expect(models.reranked).toEqual([]);
  });
});
