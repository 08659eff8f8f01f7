// Ingests every file of a folder (built libraries: npm run build first) through the door, the queue and a worker, on a fresh database:
//   node --import ./test/support/typescript.mjs apps/worker/bench/ingest-folder.bench.ts FOLDER [LABEL]
// Prints passages per second from the first file accepted to the last one ready, and what was refused.
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
import { systemClock } from '@lorekeep/kit/clock';
import { Documents, DocumentStore, Readers, Search } from '@lorekeep/retrieval';
import { Fixture, withDatabase } from '@lorekeep/retrieval/testing';
import { startWorker } from '../src/start-worker.js';
import { workerConfigShape } from '../src/worker.config.js';

const [folder, label] = process.argv.slice(2);
if (!folder) throw new Error('give a folder');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

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
  const collectionId = await fixture.collection(writer, 'bench');
  const began = performance.now();
  const worker = await startWorker(config, createLogger('worker', config.LOG_LEVEL));
  const accept = new AcceptDocument(new DocumentStore(fixture.database), () => Promise.resolve(), config);
  const outcomes: string[] = [];
  let duplicates = 0;
  for (const path of files) {
    const fileName = path.slice(path.lastIndexOf('/') + 1);
    const accepted = await accept.run(writer, { collectionId, fileName, content: readFileSync(path) });
    if (isRefusal(accepted)) outcomes.push(`${fileName}: at the door: ${accepted.text}`);
    else if (accepted.duplicate) duplicates++;
  }
  const acceptSeconds = (performance.now() - began) / 1_000;
  const documents = new Documents(fixture.database);
  const count = async (state: 'ready' | 'refused' | 'quarantined'): Promise<number> =>
    (await documents.list(writer, { state, limit: 1, offset: 0 })).total;
  const total = (await documents.list(writer, { limit: 1, offset: 0 })).total;
  let done = 0;
  while (done < total) {
    await delay(200);
    done = (await count('ready')) + (await count('refused')) + (await count('quarantined'));
  }
  const seconds = (performance.now() - began) / 1_000;
  for (const state of ['refused', 'quarantined'] as const) {
    const { rows } = await documents.list(writer, { state, limit: 200, offset: 0 });
    for (const row of rows) outcomes.push(`${row.fileName}: ${state}: ${row.reason}`);
  }
  const [sum] = await fixture.database.once<{ passages: number }>(
    writer,
    'select count(*)::int as passages from passage',
    [],
    { access: 'all' },
  );
  const [p50, p95] = await searchTimes(fixture, writer, collectionId);
  const record = {
    files: files.length,
    ready: await count('ready'),
    duplicates,
    passages: sum?.passages ?? 0,
    seconds: Number(seconds.toFixed(1)),
    acceptSeconds: Number(acceptSeconds.toFixed(1)),
    passagesPerSecond: Math.round((sum?.passages ?? 0) / seconds),
    searchMs: { p50, p95 },
    notTaken: outcomes.sort(),
  };
  process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  if (label)
    writeFileSync(new URL(`record/${label}.json`, import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
  await worker.stop();
  await fixture.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Searching for the titles of a hundred documents, twelve passages each, as an employee. */
async function searchTimes(fixture: Fixture, writer: CallContext, collectionId: string): Promise<number[]> {
  await new Readers(fixture.database).setOfCollection(writer, collectionId, [
    { principal: 'everyone', effect: 'allow' },
  ]);
  await fixture.analyze();
  const employee = await fixture.employee(writer, 'reader');
  const { rows } = await new Documents(fixture.database).list(writer, {
    state: 'ready',
    limit: 100,
    offset: 0,
  });
  const search = new Search(fixture.database, systemClock);
  const times: number[] = [];
  for (const { title } of rows) times.push((await search.run(employee, { text: title, k: 12 })).took);
  times.sort((a, b) => a - b);
  return [0.5, 0.95].map((part) => Number((times[Math.floor(part * times.length)] ?? 0).toFixed(1)));
}
