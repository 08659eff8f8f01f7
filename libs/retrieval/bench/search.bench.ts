// Speed and exactness of searches on a cluster that build-corpus.ts left, through the search thread as in the gateway:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/retrieval/bench/search.bench.ts CLUSTER SOURCES [LABEL]
// SOURCES: a folder of sets with queries.jsonl. Prints the figures; with a LABEL also writes bench/record/LABEL.json.
import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { phrasesOf } from '@lorekeep/kit/text';
import type { SearchThread } from '../src/index.js';
import { PASSAGES_STATEMENT } from '../src/search/read-passages.js';
import { listsStatement } from '../src/search/read-segments.js';
import { STATE_STATEMENT } from '../src/search/read-state.js';
import { sourceSearch } from '../src/testing/index.js';
import { openCorpus, type Corpus } from './build-corpus.js';
import { ExhaustiveSearch } from './exhaustive-search.js';
import { cpuOfServer } from './measure-cpu.js';
import { percentile } from '../src/measure-ranking.js';

const SETS = ['handbook-18f-en', 'squad11-dev-en'];
const TIMED = 500;
const COMPARED = 100;
const LEAK_SEARCHES = 10_000;
const UPDATES_PER_SECOND = 20;
const NO_CACHE = { cacheBytes: 1 };

const [folder, sources, label] = process.argv.slice(2);
if (!folder || !sources) throw new Error('give CLUSTER SOURCES');

const questions = readQuestions(sources);
const { corpus, stop } = await openCorpus(folder);
const serverPid = Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
const database = await connectDatabase({
  url: corpus.appUrl,
  entities: [],
  poolSize: 2,
  statementTimeout: 60_000,
  applicationName: 'search-bench',
});
const record: Record<string, unknown> = { passages: corpus.passages, cores: cpus().length, questions: TIMED };
/** One-minute load average of the machine: above 0 others were at work, and times are longer than they need be. */
const load = loadavg()[0] ?? 0;
try {
  if (label)
    writeFileSync(new URL(`record/${label}.plan.txt`, import.meta.url), await plans(database, corpus));
  await measureAll();
} finally {
  await database.close();
  await stop();
}
record['loadBefore'] = round(load);
process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
if (label)
  writeFileSync(new URL(`record/${label}.json`, import.meta.url), `${JSON.stringify(record, null, 2)}\n`);

async function measureAll(): Promise<void> {
  const { all, ten, one } = corpus.readers;
  await withSearch({}, async (search) => {
    const began = performance.now();
    await search.run(all, { text: questions[0] ?? '', k: 10 });
    record['firstSearchOfProcessMs'] = round(performance.now() - began);
    // What a fresh thread does slowly until its code is compiled is not the index's doing.
    await timed(search, all, questions.slice(TIMED, TIMED + 200), 1);
  });
  await withSearch(NO_CACHE, async (search) => {
    await timed(search, all, questions.slice(TIMED, TIMED + 200), 1);
    record['uncached'] = await timed(search, all, questions.slice(0, TIMED), 1);
    record['uncached4AtOnce'] = await timed(search, all, questions.slice(0, TIMED), 4);
  });
  await withSearch({}, async (search) => {
    await timed(search, all, questions.slice(TIMED, TIMED + 200), 1);
    record['firstTimeAsked'] = await timed(search, all, questions.slice(0, TIMED), 1);
    record['warm'] = {
      permitted100: await timed(search, all, questions.slice(0, TIMED), 1),
      permitted10: await timed(search, ten, questions.slice(0, TIMED), 1),
      permitted1: await timed(search, one, questions.slice(0, TIMED), 1),
      top100: await timed(search, all, questions.slice(0, TIMED), 1, 100),
      fourAtOnce: await timed(search, all, questions.slice(0, TIMED), 4),
    };
    record['exactness'] = await compare(search, database, corpus);
    record['forbidden'] = await countForbidden(search, database, corpus);
    record['withUpdates'] = await withUpdates(search, corpus);
  });
}

/** The three statements of a search, as row security makes them. */
async function plans(db: Database, { readers, writer }: Corpus): Promise<string> {
  const explain = async (
    sql: string,
    values: readonly unknown[],
    access: 'all' | 'caller',
  ): Promise<string> => {
    const rows = await db.once<{ 'QUERY PLAN': string }>(readers.ten, `explain (costs off) ${sql}`, values, {
      access,
    });
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const all = { access: 'all' } as const;
  const segments = await db.once<{ id: string }>(writer, 'select id from segment limit 3', [], all);
  const documents = await db.once<{ id: string; first: number }>(
    writer,
    'select id, first_passage as first from document limit 10',
    [],
    all,
  );
  const [now] = await db.once<{ text: string; xmin: string }>(
    writer,
    'select pg_current_snapshot()::text as text, pg_snapshot_xmin(pg_current_snapshot())::text as xmin',
  );
  const wanted = segments.map((segment) => ({ segment, term: 'leav' }));
  const places = [documents.map(({ id }) => id), documents.map(() => 1), documents.map(({ first }) => first)];
  return [
    `State of the index, and what changed:\n${await explain(STATE_STATEMENT, [now?.xmin, now?.text], 'all')}`,
    `Posting lists that are not in memory:\n${await explain(listsStatement(wanted), [], 'all')}`,
    `The passages, under row security:\n${await explain(PASSAGES_STATEMENT, places, 'caller')}`,
    '',
  ].join('\n\n');
}

function readQuestions(from: string): string[] {
  const sets = SETS.map((set) =>
    readFileSync(join(from, set, 'queries.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { text: string }).text),
  );
  // Half of each while both last, so that any part of the list is a fair one.
  const mixed: string[] = [];
  for (let i = 0; mixed.length < TIMED * 4; i++)
    for (const set of sets) mixed.push(set[i % set.length] ?? '');
  return mixed;
}

async function withSearch(options: object, work: (search: SearchThread) => Promise<void>): Promise<void> {
  const search = sourceSearch(corpus.appUrl, options);
  try {
    await work(search);
  } finally {
    await search.close();
  }
}

async function timed(
  search: SearchThread,
  ctx: CallContext,
  texts: readonly string[],
  clients: number,
  k = 10,
) {
  const times: number[] = [];
  const node = process.cpuUsage();
  const postgres = cpuOfServer(serverPid);
  let next = 0;
  const client = async (): Promise<void> => {
    for (let i = next++; i < texts.length; i = next++) {
      const began = performance.now();
      await search.run(ctx, { text: texts[i] ?? '', k });
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const { user, system } = process.cpuUsage(node);
  return {
    p50: round(percentile(times, 0.5)),
    p95: round(percentile(times, 0.95)),
    p99: round(percentile(times, 0.99)),
    nodeCpuMs: round((user + system) / 1_000 / times.length),
    postgresCpuMs: round((cpuOfServer(serverPid) - postgres) / times.length),
  };
}

/** Share of the ten best that are the same as without index, cache and pruning, and how many rankings are. */
async function compare(search: SearchThread, db: Database, { readers, writer }: Corpus) {
  const exhaustive = await ExhaustiveSearch.load(db, writer);
  const figures: Record<string, unknown> = {};
  for (const [name, ctx] of Object.entries(readers)) {
    const mine = await readableDocuments(db, ctx);
    let overlap = 0;
    let same = 0;
    // Phrases in quotes are asked for beyond BM25.
    const plain = questions.filter((text) => phrasesOf(text).length === 0).slice(0, COMPARED);
    for (const text of plain) {
      const wanted = await exhaustive.search(text, 10, (id) => mine.has(id));
      const { passages } = await search.run(ctx, { text, k: 10 });
      const found = passages.map(({ documentId, ordinal }) => `${documentId}/${ordinal}`);
      overlap += wanted.length === 0 ? 1 : found.filter((key) => wanted.includes(key)).length / wanted.length;
      if (found.join() === wanted.join()) same++;
      else process.stderr.write(`differs for ${name}: ${text}\n`);
    }
    figures[name] = {
      documents: mine.size,
      overlapAt10: overlap / COMPARED,
      sameRanking: `${same} of ${COMPARED}`,
    };
  }
  return figures;
}

async function readableDocuments(db: Database, ctx: CallContext): Promise<Set<string>> {
  const rows = await db.once<{ id: string }>(ctx, 'select id from document');
  return new Set(rows.map(({ id }) => id));
}

async function countForbidden(search: SearchThread, db: Database, { readers }: Corpus) {
  const callers = await Promise.all(
    Object.values(readers).map(async (ctx) => ({ ctx, mine: await readableDocuments(db, ctx) })),
  );
  let passages = 0;
  let forbidden = 0;
  let next = 0;
  const client = async (): Promise<void> => {
    for (let i = next++; i < LEAK_SEARCHES; i = next++) {
      const { ctx, mine } = callers[i % callers.length] ?? fail();
      const result = await search.run(ctx, { text: questions[(i * 7) % questions.length] ?? '', k: 10 });
      passages += result.passages.length;
      forbidden += result.passages.filter(({ documentId }) => !mine.has(documentId)).length;
    }
  };
  await Promise.all([client(), client(), client(), client()]);
  return { searches: LEAK_SEARCHES, passages, forbidden };
}

async function withUpdates(search: SearchThread, { appUrl, writer, collections, readers }: Corpus) {
  const file = join(folder ?? '', 'update-task.json');
  const task = {
    url: appUrl,
    writer: { ...writer, signal: undefined },
    collection: collections.ninety,
    sources,
  };
  writeFileSync(file, JSON.stringify(task));
  const script = fileURLToPath(new URL('update-documents.ts', import.meta.url));
  const child = fork(script, [file, String(UPDATES_PER_SECOND)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let last = { count: 0, perSecond: 0 };
  child.on('message', (message) => (last = message as typeof last));
  try {
    await new Promise((resolve) => child.once('message', resolve));
    await timed(search, readers.all, questions.slice(0, 100), 1);
    const before = last.count;
    const began = performance.now();
    // At the pace of people rather than as fast as it goes, so that many updates fall between the searches.
    const spread: number[] = [];
    for (const text of questions.slice(0, TIMED)) {
      const start = performance.now();
      await search.run(readers.all, { text, k: 10 });
      spread.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const seconds = (performance.now() - began) / 1_000;
    return {
      documentsPerSecond: round((last.count - before) / seconds),
      oneEvery40Ms: {
        p50: round(percentile(spread, 0.5)),
        p95: round(percentile(spread, 0.95)),
        p99: round(percentile(spread, 0.99)),
      },
      fourAtOnce: await timed(search, readers.all, questions.slice(0, TIMED), 4),
    };
  } finally {
    await ended(child);
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

function fail(): never {
  throw new Error('no callers');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
