// Ingests every file of a folder (built libraries: npm run build first) through the door, the queue and a worker, on a fresh database:
//   node --import ./test/support/typescript.mjs apps/worker/bench/ingest-folder.bench.ts FOLDER [LABEL] [TIMES]
// Prints passages per second from the first file accepted to the last one ready, processor time per passage of each
// kind of process, memory, and what was refused. TIMES > 1 ingests the folder so often, every time as other documents.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AcceptDocument } from '@lorekeep/document-path';
import type { CallContext } from '@lorekeep/kit/context';
import { loadConfig } from '@lorekeep/kit/config';
import { isRefusal } from '@lorekeep/kit/errors';
import { installJobQueue } from '@lorekeep/kit/jobs';
import { createLogger } from '@lorekeep/kit/telemetry';
import { Documents, DocumentStore, VerifyIndex } from '@lorekeep/retrieval';
import { Fixture, withDatabase } from '@lorekeep/retrieval/testing';
import { startWorker } from '../src/start-worker.js';
import { workerConfigShape } from '../src/worker.config.js';
import { memoryNow, processTimes, type ProcessTimes } from './measure-processes.js';

const [folder, label, times] = process.argv.slice(2);
if (!folder) throw new Error('give a folder');
const ACCEPTED_AT_ONCE = 4;
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const rounds = Array.from({ length: Number(times ?? 1) }, (_, round) => round);

await withDatabase(async (urls) => {
  await installJobQueue(urls.ownerUrl, 'lorekeep_app');
  const dataDir = await mkdtemp(join(tmpdir(), 'lorekeep-data-'));
  const config = loadConfig(workerConfigShape, {
    DATABASE_URL: urls.appUrl,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  });
  const fixture = await Fixture.open(urls);
  const writer = await fixture.tenant('bench');
  const collections: string[] = [];
  for (const round of rounds) collections.push(await fixture.collection(writer, `bench-${round}`));
  const server = await postmasterOf(fixture, writer);
  const worker = await startWorker(config, createLogger('worker', config.LOG_LEVEL));
  const before = processTimes(server);
  const began = performance.now();
  const memory = watchMemory(server);
  const { notTaken, duplicates } = await acceptAll(fixture, writer, collections, config);
  const acceptSeconds = (performance.now() - began) / 1_000;
  await untilDone(fixture, writer);
  const seconds = (performance.now() - began) / 1_000;
  const after = processTimes(server);
  const { passages, ready, refused } = await outcomeOf(fixture, writer);
  const index = await new VerifyIndex(fixture.database).run(writer);
  const record = {
    files: files.length * rounds.length,
    ready,
    duplicates,
    passages,
    seconds: Number(seconds.toFixed(1)),
    acceptSeconds: Number(acceptSeconds.toFixed(1)),
    passagesPerSecond: Math.round(passages / seconds),
    ...cpuFigures(before, after, passages),
    memoryMb: memory.stop(),
    segments: index.segments,
    findings: index.findingsTotal,
    notTaken: [...notTaken, ...refused].sort(),
  };
  process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  if (label)
    writeFileSync(new URL(`record/${label}.json`, import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
  await worker.stop();
  await fixture.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function acceptAll(
  fixture: Fixture,
  writer: CallContext,
  collections: readonly string[],
  config: { DOCUMENT_MAX_BYTES: number },
): Promise<{ notTaken: string[]; duplicates: number }> {
  const accept = new AcceptDocument(new DocumentStore(fixture.database), () => Promise.resolve(), config);
  const notTaken: string[] = [];
  let duplicates = 0;
  const waiting = collections.flatMap((collectionId) => files.map((path) => ({ collectionId, path })));
  const door = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { collectionId, path } = next;
      const fileName = path.slice(path.lastIndexOf('/') + 1);
      const accepted = await accept.run(writer, { collectionId, fileName, content: readFileSync(path) });
      if (isRefusal(accepted)) notTaken.push(`${fileName}: at the door: ${accepted.text}`);
      else if (accepted.duplicate) duplicates++;
    }
  };
  await Promise.all(Array.from({ length: ACCEPTED_AT_ONCE }, door));
  return { notTaken, duplicates };
}

async function untilDone(fixture: Fixture, writer: CallContext): Promise<void> {
  for (;;) {
    const [row] = await fixture.database.once<{ open: number }>(
      writer,
      `select count(*)::int as open from document where state not in ('ready', 'refused', 'quarantined')`,
      [],
      { access: 'all' },
    );
    if (row?.open === 0) return;
    await delay(200);
  }
}

async function outcomeOf(
  fixture: Fixture,
  writer: CallContext,
): Promise<{ passages: number; ready: number; refused: string[] }> {
  const documents = new Documents(fixture.database);
  const refused: string[] = [];
  for (const state of ['refused', 'quarantined'] as const) {
    const { rows } = await documents.list(writer, { state, limit: 200, offset: 0 });
    for (const row of rows) refused.push(`${row.fileName}: ${state}: ${row.reason}`);
  }
  const stock = await documents.stock(writer);
  return { passages: stock.passages, ready: stock.documents, refused };
}

/** Milliseconds per passage of each kind, and what two cores could do with that. */
function cpuFigures(before: ProcessTimes, after: ProcessTimes, passages: number): Record<string, unknown> {
  const each = (kind: keyof ProcessTimes): number =>
    Number((((after[kind] - before[kind]) * 1_000) / passages).toFixed(3));
  const cpuMsPerPassage = { worker: each('worker'), parsers: each('parsers'), database: each('database') };
  const sum = cpuMsPerPassage.worker + cpuMsPerPassage.parsers + cpuMsPerPassage.database;
  return { cpuMsPerPassage, passagesPerSecondOnTwoIdleCores: Math.round(2_000 / sum) };
}

function watchMemory(server: number): { stop: () => { worker: number[]; parser: number[] } } {
  const seen = { worker: [] as number[], parser: [] as number[] };
  const timer = setInterval(() => {
    const { worker, parser } = memoryNow(server);
    seen.worker.push(worker);
    seen.parser.push(parser);
  }, 1_000);
  return {
    stop() {
      clearInterval(timer);
      // Ten readings tell whether it grows.
      const every = Math.max(1, Math.ceil(seen.worker.length / 10));
      const some = (list: readonly number[]): number[] => list.filter((_, at) => at % every === 0);
      return { worker: some(seen.worker), parser: some(seen.parser) };
    },
  };
}

async function postmasterOf(fixture: Fixture, writer: CallContext): Promise<number> {
  const [row] = await fixture.database.once<{ pid: number }>(writer, 'select pg_backend_pid() as pid');
  const stat = readFileSync(`/proc/${row?.pid ?? 0}/stat`, 'utf8').replace(/^.*\) /s, '');
  return Number(stat.split(' ')[1]);
}
