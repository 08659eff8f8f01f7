// Changes documents of a corpus as a worker would, beside a bench: update-documents.ts CLUSTER_STATE PER_SECOND. Ends with its parent.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallContext } from '@lorekeep/kit/context';
import { connectDatabase } from '@lorekeep/kit/database';
import { MergeSegments } from '../src/index.js';
import { SearchWorld } from '../src/testing/search-world.js';
import { readSources, recombine, seeded } from './build-corpus.js';

interface Task {
  readonly url: string;
  readonly writer: CallContext;
  readonly collection: string;
  readonly sources: string;
}

const [file = '', perSecond = '20'] = process.argv.slice(2);
const task = JSON.parse(readFileSync(file, 'utf8')) as Task;
const writer: CallContext = { ...task.writer, signal: new AbortController().signal };
const database = await connectDatabase({
  url: task.url,
  entities: [],
  poolSize: 4,
  statementTimeout: 60_000,
  applicationName: 'update-documents',
});
const world = new SearchWorld(database, writer);
const { sentences } = readSources(task.sources);
const random = seeded(7);
const known: string[] = [];
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
process.once('disconnect', () => stop.abort());

/** Half of the documents are new, half are indexed again. */
async function update(): Promise<void> {
  const passages = recombine(sentences, random);
  const old = known[Math.floor(random() * known.length)];
  if (old && random() < 0.5) await world.reindex(old, passages);
  else known.push(await world.document(task.collection, 'A new document', passages));
}

async function merge(): Promise<void> {
  const merges = new MergeSegments(database);
  while (!stop.signal.aborted) if (!(await merges.run(writer).catch(() => null))) await delay(500);
}

const merging = merge();
const began = performance.now();
let count = 0;
while (!stop.signal.aborted) {
  await update();
  count++;
  process.send?.({ count, perSecond: count / ((performance.now() - began) / 1_000) });
  await delay(Math.max(0, began + (count * 1_000) / Number(perSecond) - performance.now()));
}
await merging;
await database.close();
process.exit(0);
