import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { startFakeModels, type FakeModels } from '../../../../test/support/fake-models/start.js';
import { Search } from '../index.js';
import { Fixture } from '../testing/index.js';
import { enableInClone, hasPgvector, settingsOf, VectorWorld } from './testing/vector-world.js';

const SYNONYMS = { automobile: 'car', vehicle: 'car', holiday: 'leave' };
const KINDS = [
  { kind: 'signatures', pgvector: false },
  { kind: 'pgvector', pgvector: true },
];

for (const { kind, pgvector } of KINDS) {
  const describeKind = pgvector && !hasPgvector() ? describe.skip : describe;
  describeKind(`search by vectors with ${kind}`, () => {
    let clone: ClonedDatabase;
    let world: VectorWorld;
    let models: FakeModels;
    let writer: CallContext;
    let anna: CallContext;

    beforeAll(async () => {
      clone = await cloneDatabase();
      if (pgvector) expect(await enableInClone(clone)).toBe(true);
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
    });
    afterEach(() => models.close());

    const settings = (more: Record<string, string> = {}) =>
      settingsOf({ RETRIEVAL_EMBEDDING_URL: models.url, RETRIEVAL_EMBEDDING_MODEL: 'words', ...more });
    const contents = async (text: string, ctx = anna, more: Record<string, string> = {}): Promise<string[]> =>
      (await world.search(settings(more), ctx, text)).passages.map(({ content }) => content);

    it('finds what says the same in other words, and says so', async () => {
      const all = await world.collection(writer, 'all', 'everyone');
      await world.fixture.document(writer, all, 'Fleet', [
        'the car stands in the garage',
        'lunch is at noon',
      ]);
      expect(await contents('automobile')).toEqual([]);
      await world.keep(settings()).settle();
      const found = await world.search(settings(), anna, 'automobile');
      expect(found.passages[0]?.content).toBe('the car stands in the garage');
      expect(found.passages[0]?.score).toBe(0);
      expect(found.hybrid).toEqual({ vectors: 'used', rerank: 'off', reasons: [] });
      expect(found.withheld).toBe(0);
    });

    it('finds by vectors alone where the question has no word that counts', async () => {
      const all = await world.collection(writer, 'all', 'everyone');
      await world.fixture.document(writer, all, 'Be', ['to be or not to be', 'lunch is at noon']);
      await world.keep(settings()).settle();
      expect((await world.search(settingsOf({}), anna, 'to be')).passages).toEqual([]);
      expect((await contents('to be'))[0]).toBe('to be or not to be');
    });

    it('counts what is withheld and suggests a spelling as without vectors', async () => {
      const all = await world.collection(writer, 'all', 'everyone');
      const nobody = await world.fixture.group(writer, 'nobody');
      const closed = await world.collection(writer, 'closed', `group:${nobody}`);
      await world.fixture.document(writer, all, 'Open', ['the garage opens at seven']);
      await world.fixture.document(writer, closed, 'Secret', ['the garage of the director']);
      await world.keep(settings()).settle();
      for (const [text, k] of [
        ['garage', 1],
        ['garage', 5],
        ['gargae', 5],
      ] as const) {
        const plain = await world.search(settingsOf({}), anna, text, k);
        const hybrid = await world.search(settings(), anna, text, k);
        expect([hybrid.withheld, hybrid.suggestion]).toEqual([plain.withheld, plain.suggestion]);
      }
    });

    it('gives nobody what they may not read, and follows a change of readers at once', async () => {
      const all = await world.collection(writer, 'all', 'everyone');
      const nobody = await world.fixture.group(writer, 'nobody');
      const closed = await world.collection(writer, 'closed', `group:${nobody}`);
      await world.fixture.document(writer, all, 'Open', ['bicycles stand outside']);
      const secret = await world.fixture.document(writer, closed, 'Secret', ['the car of the director']);
      await world.keep(settings()).settle();
      expect(await contents('automobile')).toEqual(['bicycles stand outside']);
      await world.read(writer, closed, 'everyone');
      expect((await contents('automobile'))[0]).toBe('the car of the director');
      await world.read(writer, closed);
      expect(await contents('automobile')).toEqual(['bicycles stand outside']);
      await world.read(writer, closed, 'everyone');
      for (const change of [
        `state = 'quarantined'`,
        `state = 'ready', replaced_at = now()`,
        'deleted_at = now()',
      ]) {
        await world.sql(writer, `update document set ${change} where id = $1`, [secret]);
        expect(await contents('automobile')).toEqual(['bicycles stand outside']);
      }
    });

    it('searches the collections that are asked for', async () => {
      const [one, two] = [
        await world.collection(writer, 'one', 'everyone'),
        await world.collection(writer, 'two', 'everyone'),
      ];
      await world.fixture.document(writer, one, 'One', ['a car']);
      await world.fixture.document(writer, two, 'Two', ['another vehicle']);
      await world.keep(settings()).settle();
      const search = new Search(world.fixture.database, systemClock, { vectors: settings() });
      const { passages } = await search.run(anna, { text: 'automobile', k: 5, collectionIds: [two] });
      expect(passages.map(({ content }) => content)).toEqual(['another vehicle']);
    });

    it("never meets another tenant's vectors", async () => {
      const other = await world.fixture.tenant(`o-${crypto.randomUUID()}`);
      const theirs = await world.collection(other, 'all', 'everyone');
      await world.fixture.document(other, theirs, 'Theirs', ['the car of another company']);
      const ours = await world.collection(writer, 'all', 'everyone');
      await world.fixture.document(writer, ours, 'Ours', ['tea and coffee']);
      await world.keep(settings()).settle();
      expect(await contents('automobile')).toEqual(['tea and coffee']);
      const foreign = await world.sql(writer, 'select 1 from passage_vector where tenant_id <> app_tenant()');
      expect(foreign).toEqual([]);
      const underOwnAccess = await world.fixture.database.once(anna, 'select 1 from passage_vector');
      expect(underOwnAccess).toEqual([]);
    });

    it('embeds what changed and nothing else', async () => {
      const all = await world.collection(writer, 'all', 'everyone');
      const first = await world.fixture.document(writer, all, 'Rules', ['a car', 'a boat', 'a car']);
      await world.keep(settings()).settle();
      expect(models.embedded).toEqual(['Rules\na car', 'Rules\na boat']);
      models.embedded.length = 0;
      await world.fixture.document(writer, all, 'Rules', ['a boat', 'a plane']);
      await world.sql(writer, 'update document set deleted_at = now() where id = $1', [first]);
      await world.keep(settings()).settle();
      expect(models.embedded).toEqual(['Rules\na plane']);
      const [{ vectors } = {}] = await world.sql<{ vectors: number }>(
        writer,
        'select count(*)::int as vectors from passage_vector',
      );
      expect(vectors).toBe(2);
    });

    it('goes on without a pause while the model is changed under load', async () => {
      const all = await world.collection(writer, 'all', 'everyone');
      // Wide enough that nothing is near by chance.
      models.dimensions = 256;
      const texts = Array.from({ length: 300 }, (_, i) => `page ${i} of the manual`);
      await world.fixture.document(writer, all, 'Manual', [...texts, 'the car stands in the garage']);
      await world.keep(settings()).settle();
      const next = await startFakeModels({ synonyms: SYNONYMS, seed: 'b', dimensions: 384 });
      try {
        next.delayMs = 20;
        const both = settings({
          RETRIEVAL_EMBEDDING_NEXT_URL: next.url,
          RETRIEVAL_EMBEDDING_NEXT_MODEL: 'other words',
        });
        const search = new Search(world.fixture.database, systemClock, { vectors: both });
        const state = { changing: true };
        const changed = world
          .keep(both)
          .settle()
          .finally(() => (state.changing = false));
        let searches = 0;
        const ask = async (): Promise<void> => {
          do {
            const { passages, hybrid } = await search.run(anna, { text: 'automobile', k: 1 });
            expect([hybrid?.vectors, passages[0]?.content]).toEqual(['used', 'the car stands in the garage']);
            searches++;
          } while (state.changing);
        };
        await Promise.all([changed, ask(), ask()]);
        expect(searches).toBeGreaterThan(10);
        const fresh = await world.search(both, anna, 'automobile', 1);
        expect([fresh.hybrid?.vectors, fresh.passages[0]?.content]).toEqual([
          'used',
          'the car stands in the garage',
        ]);
      } finally {
        await next.close();
      }
    });

    it('keeps nothing of deleted documents where the model is no longer configured', async () => {
      const all = await world.collection(writer, 'all', 'everyone');
      const id = await world.fixture.document(writer, all, 'Fleet', ['the car']);
      await world.keep(settings()).settle();
      await world.sql(writer, 'update document set deleted_at = now() where id = $1', [id]);
      await world.keep(settingsOf({})).settle();
      expect(await world.sql(writer, 'select 1 from passage_vector')).toEqual([]);
    });

    it('changes the model without a pause', async () => {
      const all = await world.collection(writer, 'all', 'everyone');
      await world.fixture.document(writer, all, 'Fleet', [
        'the car stands in the garage',
        'lunch is at noon',
      ]);
      await world.keep(settings()).settle();
      const next = await startFakeModels({ synonyms: SYNONYMS, seed: 'b', dimensions: 48 });
      try {
        const both = {
          RETRIEVAL_EMBEDDING_NEXT_URL: next.url,
          RETRIEVAL_EMBEDDING_NEXT_MODEL: 'other words',
          RETRIEVAL_EMBEDDING_NEXT_PASSAGE_PREFIX: 'passage:',
        };
        next.mode = 'hang';
        const changing = world.keep(settings({ ...both, RETRIEVAL_EMBEDDING_TIMEOUT_MS: '100' }));
        await changing.once();
        await world.fixture.document(writer, all, 'Late', ['a vehicle that came later']);
        await world.keep(settings({ ...both, RETRIEVAL_EMBEDDING_TIMEOUT_MS: '100' })).once();
        // The old model still serves, and what is new as well.
        expect((await contents('automobile', anna, both)).slice(0, 2).sort()).toEqual([
          'a vehicle that came later',
          'the car stands in the garage',
        ]);
        next.mode = 'none';
        const finishing = world.keep(settings(both));
        await finishing.settle();
        expect(finishing.steps.some(({ did }) => did === 'activated')).toBe(true);
        expect(next.embedded[0]).toMatch(/^passage: /);
        models.mode = 'status';
        expect((await world.search(settings(both), anna, 'automobile')).hybrid?.vectors).toBe('used');
        expect((await contents('automobile', anna, both))[0]).toMatch(/car|vehicle/);
        await world.sql(
          writer,
          `update vector_set set retired_at = now() - interval '2 minutes' where state = 'retired'`,
        );
        await world.keep(settings(both)).settle();
        expect(await world.sql(writer, 'select state, model, dimensions from vector_set')).toEqual([
          { state: 'active', model: 'other words', dimensions: 48 },
        ]);
        expect(
          await world.sql(writer, 'select 1 from passage_vector where cardinality(embedding) <> 48'),
        ).toEqual([]);
      } finally {
        await next.close();
      }
    });
  });
}
