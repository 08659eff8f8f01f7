// Search by vectors: recall against the exact ranking and time, by how much of the tenant's passages the caller may read.
//   vectors.bench.ts [PASSAGES] [DIMENSIONS] [PROGRAM: …/bin/postgres of a server with pgvector; without: signatures]
import { writeFileSync } from 'node:fs';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import pg from 'pg';
import { enableVectors } from '../src/index.js';
import { entities } from '../src/store/entities.js';
import { withDatabase } from '../src/testing/index.js';
import { insertVectors } from '../src/vectors/embed/store-vectors.js';
import { dot, unitVector } from '../src/vectors/models/unit-vector.js';
import {
  rankByIndex,
  rankBySignature,
  rankExactly,
  EXACT_PASSAGES,
  TUNING,
  type RankedPlace,
} from '../src/vectors/rank/rank-places.js';
import { VectorStorage } from '../src/vectors/find-storage.js';
import { VectorSets } from '../src/vectors/vector-sets.js';
import { systemClock } from '@lorekeep/kit/clock';
import { ClusteredVectors, seeded } from './clustered-vectors.js';

const passages = Number(process.argv[2] ?? 100_000);
const dimensions = Number(process.argv[3] ?? 384);
const program = process.argv[4];
const PER_DOCUMENT = 10;
const QUESTIONS = 100;
/** What the product asks for, and what a reader sees of it. */
const K = 100;
const SEEN = 10;
const TRIED = [TUNING, { efSearch: 400, scanTuples: 100_000, scanMemory: 16 }];
const SHARES = { '1 %': 0.01, '10 %': 0.1, '30 %': 0.3, '100 %': 1 };

const groupOf = (i: number): string => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;

const seconds = (since: number): number => Number(((performance.now() - since) / 1_000).toFixed(1));

const megabytes = (bytes = 0): number => Number((bytes / 1_000_000).toFixed(1));

interface Stored {
  readonly key: string;
  readonly vector: Float32Array;
  /** Uniform in 0 … 1: who may read a share reads what is below it. */
  readonly rank: number;
}

await withDatabase(
  async ({ ownerUrl, appUrl, adminUrl }) => {
    const extension = program ? await enableVectors(adminUrl) : null;
    const database = await connectDatabase({
      url: appUrl,
      entities,
      poolSize: 2,
      statementTimeout: 3_600_000,
      applicationName: 'bench',
    });
    try {
      const record = await measure(database, ownerUrl);
      const text = JSON.stringify(
        { pgvector: extension?.version ?? null, passages, dimensions, ...record },
        null,
        2,
      );
      console.log(text);
      const name = `vectors-${program ? 'pgvector' : 'signature'}-${passages}x${dimensions}.json`;
      writeFileSync(new URL(`record/${name}`, import.meta.url), `${text}\n`);
    } finally {
      await database.close();
    }
  },
  program ? { program } : {},
);

async function measure(database: Database, ownerUrl: string): Promise<object> {
  const random = seeded(7);
  const source = new ClusteredVectors(random, dimensions, Math.max(20, Math.round(passages / 250)));
  const ctx = systemContext(crypto.randomUUID());
  const owner = new pg.Client({ connectionString: ownerUrl });
  // What goes wrong elsewhere ends the server under it.
  owner.on('error', () => undefined);
  await owner.connect();
  let began = performance.now();
  const setId = crypto.randomUUID();
  const stored = await fill(database, owner, ctx, setId, source, random);
  const insertSeconds = seconds(began);
  await owner.query('vacuum analyze');
  const pgvector = program ? await new VectorStorage(database, systemClock).pgvector() : null;
  began = performance.now();
  if (pgvector) await new VectorSets(database).makeIndex(ctx, setId, 7_200_000);
  const indexSeconds = pgvector ? seconds(began) : null;
  const { rows } = await owner.query<{ table: number; index: number }>(
    `select pg_table_size('passage_vector')::float8 as table, coalesce(sum(pg_relation_size(indexrelid)), 0)::float8 as index
       from pg_index where indexrelid = to_regclass($1)`,
    [`passage_vector_${setId.replaceAll('-', '')}`],
  );
  await owner.end();
  const questions = Array.from({ length: QUESTIONS }, () => source.around(source.near(), 0.9));
  const results: Record<string, object> = {};
  for (const [name, share] of Object.entries(SHARES)) {
    const readable = stored.filter(({ rank }) => rank < share);
    const reader = readerOf(ctx, share);
    const exact = questions.map((question) => best(readable, question));
    const request = (vector: Float32Array) => ({
      setId,
      vector: unitVector(vector),
      collectionIds: null,
      k: K,
      timeoutMs: 600_000,
    });
    const ways: Record<string, (vector: Float32Array) => Promise<RankedPlace[]>> = pgvector
      ? {
          ...Object.fromEntries(
            TRIED.map((tuning) => [
              `index ${tuning.efSearch} ${tuning.scanTuples}`,
              (vector: Float32Array) => rankByIndex(database, reader, pgvector, request(vector), tuning),
            ]),
          ),
          exact: (vector) => rankExactly(database, reader, pgvector, request(vector)),
        }
      : { signature: (vector) => rankBySignature(database, reader, request(vector)) };
    const chosen = pgvector && (readable.length <= EXACT_PASSAGES ? 'exact' : 'index');
    results[name] = {
      ...(chosen ? { chosen } : {}),
      ...Object.fromEntries(
        await each(Object.entries(ways), async ([way, run]) => [way, await timed(questions, exact, run)]),
      ),
    };
  }
  return {
    insertSeconds,
    indexSeconds,
    tableMB: megabytes(rows[0]?.table),
    indexMB: megabytes(rows[0]?.index),
    questions: QUESTIONS,
    k: K,
    permitted: results,
  };
}

async function timed(
  questions: readonly Float32Array[],
  exact: readonly (readonly string[])[],
  run: (vector: Float32Array) => Promise<RankedPlace[]>,
): Promise<object> {
  for (const question of questions.slice(0, 5)) await run(question);
  const times: number[] = [];
  const found = { seen: 0, all: 0, wantedSeen: 0, wanted: 0 };
  for (const [i, question] of questions.entries()) {
    const began = performance.now();
    const places = await run(question);
    times.push(performance.now() - began);
    const keys = places.map(({ documentId, ordinal }) => `${documentId}/${ordinal}`);
    const wanted = exact[i] ?? [];
    found.wanted += wanted.length;
    found.wantedSeen += Math.min(SEEN, wanted.length);
    found.all += common(wanted, keys);
    found.seen += common(wanted.slice(0, SEEN), keys.slice(0, SEEN));
  }
  times.sort((a, b) => a - b);
  const at = (part: number): number => Number((times[Math.floor(times.length * part)] ?? 0).toFixed(1));
  const share = (part: number, whole: number): number => Number((part / whole).toFixed(3));
  return {
    [`recall@${SEEN}`]: share(found.seen, found.wantedSeen),
    [`recall@${K}`]: share(found.all, found.wanted),
    p50: at(0.5),
    p95: at(0.95),
  };
}

function common(wanted: readonly string[], found: readonly string[]): number {
  const keys = new Set(found);
  return wanted.filter((key) => keys.has(key)).length;
}

function best(stored: readonly Stored[], question: Float32Array): string[] {
  return stored
    .map(({ key, vector }) => ({ key, score: dot(vector, question) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, K)
    .map(({ key }) => key);
}

/** A reader in one group per hundredth of the documents that they may read. */
function readerOf(ctx: CallContext, share: number): CallContext {
  const groupIds = Array.from({ length: Math.round(share * 100) }, (_, i) => groupOf(i));
  return { ...ctx, caller: { ...ctx.caller, userId: crypto.randomUUID(), groupIds } };
}

async function fill(
  database: Database,
  owner: pg.Client,
  ctx: CallContext,
  setId: string,
  source: ClusteredVectors,
  random: () => number,
): Promise<Stored[]> {
  const collectionId = crypto.randomUUID();
  await owner.query(`select set_config('app.tenant', $1, false), set_config('app.access', 'all', false)`, [
    ctx.tenantId,
  ]);
  await owner.query(`insert into tenant (id, slug, name) values ($1, 'bench', 'bench')`, [ctx.tenantId]);
  await owner.query(`insert into collection (id, tenant_id, slug, name) values ($1, $2, 'bench', 'bench')`, [
    collectionId,
    ctx.tenantId,
  ]);
  await owner.query(
    `insert into vector_set (id, tenant_id, model_key, model, dimensions, state) values ($1, $2, 'bench', 'bench', $3, 'active')`,
    [setId, ctx.tenantId, dimensions],
  );
  const accessIds = Array.from({ length: 100 }, () => crypto.randomUUID());
  for (const [i, accessId] of accessIds.entries())
    await owner.query(
      `insert into access_entry (access_id, principal, tenant_id, effect) values ($1, $2, $3, 'allow')`,
      [accessId, `group:${groupOf(i)}`, ctx.tenantId],
    );
  const stored: Stored[] = [];
  for (let from = 0; from < passages / PER_DOCUMENT; from += 100) {
    const documents = Array.from({ length: 100 }, () => ({
      id: crypto.randomUUID(),
      rank: random(),
      centre: source.near(),
    }));
    await owner.query(
      `insert into document (id, tenant_id, collection_id, access_id, lineage_id, title, file_name, media_type, bytes, sha256,
                             state, passages, first_passage)
       select d.id, $1, $2, d.access_id, d.id, 'bench', 'bench', 'text/plain', 1, decode(md5(d.id::text), 'hex'), 'ready', $5, d.first
         from unnest($3::uuid[], $4::uuid[], $6::bigint[]) as d (id, access_id, first)`,
      [
        ctx.tenantId,
        collectionId,
        documents.map(({ id }) => id),
        documents.map(({ rank }) => accessIds[Math.floor(rank * 100)]),
        PER_DOCUMENT,
        documents.map((_, i) => (from + i) * PER_DOCUMENT),
      ],
    );
    const rows = documents.flatMap(({ id, rank, centre }) =>
      Array.from({ length: PER_DOCUMENT }, (_, ordinal) => ({
        passageId: crypto.randomUUID(),
        documentId: id,
        ordinal,
        rank,
        hash: Buffer.alloc(16, ordinal),
        vector: source.around(centre, 0.6),
      })),
    );
    await owner.query(
      `insert into passage (id, tenant_id, document_id, ordinal, content, terms)
       select p.id, $1, p.document_id, p.ordinal, 'bench', 1 from unnest($2::uuid[], $3::uuid[], $4::int[]) as p (id, document_id, ordinal)`,
      [
        ctx.tenantId,
        rows.map(({ passageId }) => passageId),
        rows.map(({ documentId }) => documentId),
        rows.map(({ ordinal }) => ordinal),
      ],
    );
    await database.transaction(ctx, (tx) => insertVectors(tx, setId, rows), {
      access: 'all',
      durable: false,
    });
    for (const { documentId, ordinal, vector, rank } of rows)
      stored.push({ key: `${documentId}/${ordinal}`, vector, rank });
  }
  return stored;
}

async function each<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of list) results.push(await work(item));
  return results;
}
