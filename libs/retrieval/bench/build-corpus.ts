// A tenant of N synthetic passages for benches: real sentences of the corpus.jsonl files under a folder, recombined.
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/retrieval/bench/build-corpus.ts SOURCES PASSAGES CLUSTER
// leaves a database cluster in the folder CLUSTER, which `openCorpus` opens again, and prints what it holds.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { CallContext } from '@lorekeep/kit/context';
import { migrate } from '@lorekeep/kit/database';
import { launchPostgres } from '@lorekeep/kit/postgres';
import { sentences } from '@lorekeep/kit/text';
import { migrations } from '@lorekeep/migrations';
import { MergeSegments, RebuildIndex } from '../src/index.js';
import { Fixture } from '../src/testing/index.js';

const DOCUMENT_PASSAGES = 10;
const PASSAGE_CHARACTERS = 560;
const DOCUMENTS_PER_STATEMENT = 200;
/** Of a thousand documents: how many lie in each collection. */
const SHARES = { one: 10, nine: 90, ninety: 900 } as const;

export interface CorpusUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export interface Corpus extends CorpusUrls {
  readonly passages: number;
  /** Somebody who may write; and readers of about 1, 10 and 100 % of the passages. */
  readonly writer: CallContext;
  readonly readers: { readonly one: CallContext; readonly ten: CallContext; readonly all: CallContext };
  readonly collections: Readonly<Record<keyof typeof SHARES, string>>;
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sentences and titles of all English `corpus.jsonl` under `folder`. */
export function readSources(folder: string): { sentences: string[]; titles: string[] } {
  const found = { sentences: [] as string[], titles: [] as string[] };
  for (const set of readdirSync(folder).filter((name) => name.includes('-en'))) {
    const path = join(folder, set, 'corpus.jsonl');
    if (!existsSync(path)) continue;
    for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
      const { title, text } = JSON.parse(line) as { title?: string; text: string };
      if (/\p{Script=Han}/u.test(text)) continue;
      if (title) found.titles.push(title);
      for (const { start, end } of sentences(text)) found.sentences.push(text.slice(start, end));
    }
  }
  return found;
}

/** Passages of one document. Codes that occur once stand for the rare words of real documents. */
export function recombine(from: readonly string[], random: () => number): string[] {
  return Array.from({ length: DOCUMENT_PASSAGES }, () => {
    let text = '';
    while (text.length < PASSAGE_CHARACTERS * (0.5 + random()))
      text += `${text && ' '}${from[Math.floor(random() * from.length)] ?? ''}`;
    return random() < 0.5 ? `${text} REF-${Math.floor(random() * 1e9).toString(36)}` : text;
  });
}

/** Fills a migrated database. Documents as the product stores them, indexed as a rebuild indexes them, and merged. */
export async function buildCorpus(
  urls: CorpusUrls,
  sources: string,
  passages: number,
  report: (line: string) => void = () => undefined,
): Promise<Corpus> {
  const fixture = await Fixture.open(urls);
  const writer = await fixture.tenant('corpus');
  const collections = { one: '', nine: '', ninety: '' };
  const groups = { one: '', nine: '', ninety: '' };
  for (const name of ['one', 'nine', 'ninety'] as const) {
    collections[name] = await fixture.collection(writer, name);
    groups[name] = await fixture.group(writer, name);
    await grant(fixture, writer, collections[name], groups[name]);
  }
  const readers = {
    one: await fixture.employee(writer, 'one', [groups.one]),
    ten: await fixture.employee(writer, 'ten', [groups.one, groups.nine]),
    all: await fixture.employee(writer, 'all', [groups.one, groups.nine, groups.ninety]),
  };
  await insertDocuments(fixture, writer, collections, { sources, passages, report });
  await indexAll(fixture, writer, report);
  await fixture.analyze();
  await fixture.close();
  return { ...urls, passages, writer, readers, collections };
}

async function grant(
  fixture: Fixture,
  writer: CallContext,
  collection: string,
  group: string,
): Promise<void> {
  const values = [writer.tenantId, collection, `group:${group}`];
  await fixture.asTenant(
    writer.tenantId,
    'insert into reader (tenant_id, collection_id, principal) values ($1, $2, $3)',
    values,
  );
  await fixture.asTenant(
    writer.tenantId,
    `insert into access_entry (tenant_id, access_id, principal, effect) values ($1, $2, $3, 'allow')
     on conflict do nothing`,
    values,
  );
}

async function insertDocuments(
  fixture: Fixture,
  writer: CallContext,
  collections: Corpus['collections'],
  options: { sources: string; passages: number; report: (line: string) => void },
): Promise<void> {
  const source = readSources(options.sources);
  const random = seeded(1);
  const total = Math.ceil(options.passages / DOCUMENT_PASSAGES);
  for (let begin = 0; begin < total; begin += DOCUMENTS_PER_STATEMENT) {
    const places = Array.from(
      { length: Math.min(DOCUMENTS_PER_STATEMENT, total - begin) },
      (_, i) => begin + i,
    );
    const ids = places.map(() => crypto.randomUUID());
    const contents = places.flatMap(() => recombine(source.sentences, random));
    const titles = places.map(() => source.titles[Math.floor(random() * source.titles.length)] ?? 'Untitled');
    await fixture.database.transaction(
      writer,
      async (tx) => {
        await tx.query(
          `insert into document (id, tenant_id, collection_id, access_id, lineage_id, title, file_name, media_type, bytes,
                                 sha256, state, passages)
           select id, app_tenant(), collection_id, collection_id, id, title, 'file.md', 'text/markdown', 1,
                  sha256(id::text::bytea), 'ready', ${DOCUMENT_PASSAGES}
             from unnest($1::uuid[], $2::uuid[], $3::text[]) as d (id, collection_id, title)`,
          [ids, places.map((place) => collections[shareOf(place)]), titles],
        );
        await tx.query(
          `insert into passage (tenant_id, document_id, ordinal, content, language, terms)
           select app_tenant(), ($1::uuid[])[(place - 1) / ${DOCUMENT_PASSAGES} + 1], (place - 1) % ${DOCUMENT_PASSAGES}, content, 'en', 0
             from unnest($2::text[]) with ordinality as p (content, place)`,
          [ids, contents],
        );
      },
      { access: 'all', durable: false },
    );
    if (begin % 10_000 === 0) options.report(`${begin} of ${total} documents`);
  }
}

const shareOf = (place: number): keyof typeof SHARES => {
  // Spread evenly: neighbours lie in different collections.
  const at = (place * 377) % 1_000;
  return at < SHARES.one ? 'one' : at < SHARES.one + SHARES.nine ? 'nine' : 'ninety';
};

async function indexAll(
  fixture: Fixture,
  writer: CallContext,
  report: (line: string) => void,
): Promise<void> {
  const rebuild = new RebuildIndex(fixture.database);
  const merge = new MergeSegments(fixture.database);
  let done = 0;
  const began = performance.now();
  for (;;) {
    const batch = await rebuild.batch(writer);
    if (!batch || batch.documents === 0) break;
    done += batch.passages;
    while (await merge.run(writer));
    const rate = Math.round(done / ((performance.now() - began) / 1_000));
    if (done % 40_000 < batch.passages) report(`${done} passages indexed, ${rate}/s`);
  }
}

const STATE = 'corpus.json';

/** Builds a corpus in a cluster of its own that stays in `folder`. */
export async function buildCluster(
  folder: string,
  sources: string,
  passages: number,
): Promise<Record<string, unknown>> {
  mkdirSync(folder, { recursive: true });
  const server = await launchPostgres({ folder: join(folder, 'postgres') });
  try {
    const admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
    const password = randomBytes(12).toString('hex');
    for (const role of ['lorekeep_owner', 'lorekeep_app'])
      await admin.query(`create role ${role} login nosuperuser nobypassrls password '${password}'`);
    await admin.query('create database bench owner lorekeep_owner');
    await admin.end();
    const at = (role: string): string => `postgres://${role}:${password}@127.0.0.1:${server.port}/bench`;
    const urls = { ownerUrl: at('lorekeep_owner'), appUrl: at('lorekeep_app') };
    await migrate({ ownerUrl: urls.ownerUrl, appRole: 'lorekeep_app', migrations });
    const began = performance.now();
    const corpus = await buildCorpus(urls, sources, passages, (line) => process.stderr.write(`${line}\n`));
    writeFileSync(
      join(folder, STATE),
      JSON.stringify({ ...corpus, password }, (_, value: unknown) =>
        value instanceof Set ? [...value] : value,
      ),
    );
    const owner = new pg.Client({ connectionString: server.url('bench') });
    await owner.connect();
    const figures = await measureSize(owner, corpus.writer.tenantId);
    await owner.end();
    return { seconds: Math.round((performance.now() - began) / 1_000), ...figures };
  } finally {
    await server.stop();
  }
}

/** Opens what buildCluster left; `stop` leaves the cluster as it is. */
export async function openCorpus(folder: string): Promise<{ corpus: Corpus; stop: () => Promise<unknown> }> {
  const stored = JSON.parse(readFileSync(join(folder, STATE), 'utf8')) as Corpus & { password: string };
  const server = await launchPostgres({ folder: join(folder, 'postgres') });
  const at = (role: string): string => `postgres://${role}:${stored.password}@127.0.0.1:${server.port}/bench`;
  const revive = (ctx: CallContext): CallContext => ({
    ...ctx,
    signal: new AbortController().signal,
    caller: { ...ctx.caller, permissions: new Set(ctx.caller.permissions) },
  });
  const { writer, readers } = stored;
  const corpus: Corpus = {
    ...stored,
    ownerUrl: at('lorekeep_owner'),
    appUrl: at('lorekeep_app'),
    writer: revive(writer),
    readers: { one: revive(readers.one), ten: revive(readers.ten), all: revive(readers.all) },
  };
  return { corpus, stop: () => server.stop() };
}

/** Megabytes of the index with its own indexes, after vacuum as it stands, and without the gaps; as a superuser. */
export async function measureSize(owner: pg.Client, tenantId: string): Promise<Record<string, unknown>> {
  await owner.query('vacuum segment, posting_block');
  const { rows: stands } = await owner.query<Record<string, unknown>>(
    `select round((pg_total_relation_size('posting_block') + pg_total_relation_size('segment')) / 1e6) as with_gaps_mb`,
  );
  await owner.query('vacuum full segment, posting_block');
  const { rows } = await owner.query<Record<string, unknown>>(
    `select round(pg_total_relation_size('posting_block') / 1e6) as blocks_mb,
            round(pg_indexes_size('posting_block') / 1e6) as of_which_keys_mb,
            round(pg_total_relation_size('segment') / 1e6) as segments_mb,
            (select count(*)::int from segment where tenant_id = $1) as segments,
            (select sum(passages)::int from segment where tenant_id = $1) as passages,
            (select sum(terms)::bigint from segment where tenant_id = $1) as terms,
            (select sum(bytes)::bigint from segment where tenant_id = $1) as bytes,
            (select count(*)::int from posting_block where tenant_id = $1) as blocks`,
    [tenantId],
  );
  return { ...stands[0], ...rows[0] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [sources, count, folder] = process.argv.slice(2);
  if (!sources || !folder || !(Number(count) > 0)) throw new Error('give SOURCES PASSAGES CLUSTER');
  process.stdout.write(`${JSON.stringify(await buildCluster(folder, sources, Number(count)), null, 2)}\n`);
}
