import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { systemClock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { describeSchema } from '@lorekeep/kit/database';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { enableVectors } from '../index.js';
import { entities } from '../store/entities.js';
import { Fixture } from '../testing/index.js';
import { insertVectors } from './embed/store-vectors.js';
import { VectorStorage, type Pgvector } from './find-storage.js';
import { unitVector } from './models/unit-vector.js';
import { rankByIndex, rankBySignature, rankExactly, type RankRequest } from './rank/rank-places.js';
import { indexStatement } from './rank/rank-statements.js';
import { enableInClone, hasPgvector, VectorWorld } from './testing/vector-world.js';
import { VectorSets } from './vector-sets.js';

const DIMENSIONS = 24;

describe('without pgvector', () => {
  it('the command says what is missing, or that a superuser is needed, and changes nothing', async () => {
    const clone = await cloneDatabase();
    try {
      const before = await describeSchema({ url: clone.ownerUrl, appRole: 'lorekeep_app' });
      const enabled = await enableVectors(clone.ownerUrl);
      expect(enabled).toMatchObject({ version: null, changed: false });
      expect(enabled.problem).toMatch(/has no pgvector|as a superuser/);
      expect(await describeSchema({ url: clone.ownerUrl, appRole: 'lorekeep_app' })).toBe(before);
    } finally {
      await clone.drop();
    }
  });
});

(hasPgvector() ? describe : describe.skip)('the index of pgvector', () => {
  let clone: ClonedDatabase;
  let world: VectorWorld;
  let writer: CallContext;
  let other: CallContext;
  let pgvector: Pgvector;
  let setId: string;
  let schemaBefore: string;
  let group: string;
  let random: () => number;
  const sets = (): VectorSets => new VectorSets(world.fixture.database);
  const schema = (): Promise<string> => describeSchema({ url: clone.ownerUrl, appRole: 'lorekeep_app' });

  beforeAll(async () => {
    clone = await cloneDatabase();
    schemaBefore = await schema();
    expect(await enableInClone(clone)).toBe(true);
    world = new VectorWorld(clone, await Fixture.open(clone, 4));
    writer = await world.fixture.tenant('ours');
    other = await world.fixture.tenant('theirs');
    pgvector = (await new VectorStorage(world.fixture.database, systemClock).pgvector()) as Pgvector;
    group = await world.fixture.group(writer, 'few');
    let state = 1;
    random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    setId = await fill(writer);
  }, 60_000);
  afterAll(async () => {
    await world.fixture.close();
    await clone.drop();
  });

  const vector = (): Float32Array => unitVector(Array.from({ length: DIMENSIONS }, () => random() - 0.5));

  /** 2,000 passages in 100 documents, every twentieth for the group alone, the others for everybody but it. */
  async function fill(ctx: CallContext): Promise<string> {
    const few = await world.collection(ctx, 'few', `group:${group}`);
    const many = await world.collection(ctx, 'many', 'everyone');
    await sets().begin(ctx, 'spec', 'spec');
    const id = (await sets().list(ctx))[0]?.id ?? '';
    await world.sql(ctx, 'update vector_set set dimensions = $1', [DIMENSIONS]);
    for (let i = 0; i < 100; i++) {
      const texts = Array.from({ length: 20 }, (_, j) => `passage ${j}`);
      const documentId = await world.fixture.document(ctx, i % 20 === 0 ? few : many, `document ${i}`, texts);
      const passages = await world.sql<{ id: string }>(ctx, 'select id from passage where document_id = $1', [
        documentId,
      ]);
      const vectors = passages.map((passage) => ({
        passageId: passage.id,
        documentId,
        hash: Buffer.alloc(16),
        vector: vector(),
      }));
      await world.fixture.database.transaction(ctx, (tx) => insertVectors(tx, id, vectors), {
        access: 'all',
      });
    }
    return id;
  }

  it('is made for the own tenant alone, and leaves the schema as TypeORM and the migrations want it', async () => {
    expect(await schema()).toBe(schemaBefore);
    expect(await sets().makeIndex(other, setId, 60_000)).toBe(false);
    expect((await sets().list(writer))[0]?.indexed).toBe(false);
    expect(await sets().makeIndex(writer, setId, 60_000)).toBe(true);
    expect((await sets().list(writer))[0]?.indexed).toBe(true);
    const dataSource = new DataSource({
      type: 'postgres',
      url: clone.ownerUrl,
      entities,
      synchronize: false,
      installExtensions: false,
      uuidExtension: 'pgcrypto',
    });
    await dataSource.initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('finds under the permission filter what the exact search finds', async () => {
    const reader = await world.fixture.employee(writer, 'reader', []);
    const member = await world.fixture.employee(writer, 'member', [group]);
    for (const ctx of [reader, member]) {
      const shares: number[] = [];
      for (let times = 0; times < 20; times++) {
        const request: RankRequest = {
          setId,
          vector: vector(),
          collectionIds: null,
          k: 10,
          timeoutMs: 10_000,
        };
        const exact = await rankExactly(world.fixture.database, ctx, pgvector, request);
        const keys = new Set(exact.map(({ documentId, ordinal }) => `${documentId}/${ordinal}`));
        expect(keys.size).toBe(10);
        for (const way of [
          await rankByIndex(world.fixture.database, ctx, pgvector, request),
          await rankBySignature(world.fixture.database, ctx, { ...request }),
        ]) {
          expect(way).toHaveLength(10);
          shares.push(
            way.filter(({ documentId, ordinal }) => keys.has(`${documentId}/${ordinal}`)).length / 10,
          );
        }
      }
      expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.9);
    }
    const titles = async (ctx: CallContext): Promise<string[]> => {
      const request = { setId, vector: vector(), collectionIds: null, k: 100, timeoutMs: 10_000 };
      const found = await rankByIndex(world.fixture.database, ctx, pgvector, request);
      const ids = [...new Set(found.map(({ documentId }) => documentId))];
      return (
        await world.sql<{ title: string }>(writer, 'select title from document where id = any ($1::uuid[])', [
          ids,
        ])
      ).map(({ title }) => title);
    };
    expect((await titles(reader)).some((title) => Number(title.slice(9)) % 20 === 0)).toBe(false);
    expect((await titles(member)).some((title) => Number(title.slice(9)) % 20 === 0)).toBe(true);
    expect(await titles(other)).toEqual([]);
  });

  it('is what the statement uses', async () => {
    const plan = await world.fixture.database.transaction(
      writer,
      async (tx) => {
        for (const name of ['seqscan', 'sort', 'hashjoin', 'mergejoin', 'bitmapscan'])
          await tx.query(`set local enable_${name} = off`);
        return tx.query<{ 'QUERY PLAN': string }>(`explain ${indexStatement(setId, DIMENSIONS, pgvector)}`, [
          `[${vector().join(',')}]`,
          null,
          10,
        ]);
      },
      { access: 'all' },
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain(
      `Index Scan using passage_vector_${setId.replaceAll('-', '')}`,
    );
  });

  it('goes with its set, batch by batch, and not for another tenant', async () => {
    await sets().retire(writer, setId);
    await world.sql(other, 'select vector_index_drop($1)', [setId]);
    expect((await sets().list(writer))[0]?.indexed).toBe(true);
    expect(await sets().removeBatch(writer, setId, 1_500)).toBe(false);
    expect((await sets().list(writer))[0]?.indexed).toBe(false);
    expect(await sets().removeBatch(writer, setId, 1_500)).toBe(true);
    expect(await sets().list(writer)).toEqual([]);
    expect(await world.sql(writer, 'select 1 from passage_vector')).toEqual([]);
    expect(await schema()).toBe(schemaBefore);
  });
});
