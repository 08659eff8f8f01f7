// Durable appends a second and their times, at 1, 16 and 64 at once, by one process, on a cluster with fsync:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/audit/bench/append.bench.ts [LABEL]
// Prints the figures; with a LABEL also writes bench/record/LABEL.json. Times depend on the disk more than on anything.
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemContext } from '@lorekeep/kit/context';
import { connectDatabase } from '@lorekeep/kit/database';
import {
  machine,
  measureLoops,
  withBenchDatabase,
  type Figures,
} from '../../../test/support/bench-database.js';
import { Audit, loadSigningKey, SignedHeads, verifyChain } from '../src/index.js';
import { entities } from '../src/store/entities.js';

const SECONDS = 5;
const label = process.argv[2];
const where = machine();
/** About what the opening record of a question holds. */
const detail = {
  question: 'How many days of annual leave do I get? '.repeat(5),
  model: 'a-model',
  locale: 'en',
};

await withBenchDatabase(async ({ appUrl, tenantId, asOwner }) => {
  const directory = await mkdtemp(join(tmpdir(), 'lorekeep-bench-heads-'));
  const db = await connectDatabase({
    url: appUrl,
    entities,
    poolSize: 10,
    statementTimeout: 30_000,
    applicationName: 'audit-bench',
  });
  const key = await loadSigningKey(directory);
  const audit = new Audit(db, { heads: new SignedHeads(db, { directory, key }) });
  const ctx = systemContext(tenantId);
  const figures: Figures[] = [];
  for (const concurrency of [1, 16, 64]) {
    figures.push(
      await measureLoops(concurrency, SECONDS, () => audit.append(ctx, { kind: 'question.opened', detail })),
    );
  }
  const idle = await commitTime(asOwner);
  await audit.close();
  const began = performance.now();
  const { ok, records } = await verifyChain(tenantId, db, directory, key.publicKey);
  const perSecond = Math.round((records / (performance.now() - began)) * 1000);
  const record = { machine: where, commitMs: idle, append: figures, verify: { ok, records, perSecond } };
  process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  if (label) {
    const folder = new URL('record/', import.meta.url);
    mkdirSync(folder, { recursive: true });
    writeFileSync(new URL(`${label}.json`, folder), `${JSON.stringify(record, null, 2)}\n`);
  }
  await db.close();
  await rm(directory, { recursive: true, force: true });
});

/** What one durable commit of almost nothing costs here: the floor under every figure above. */
async function commitTime(asOwner: (sql: string) => Promise<unknown>): Promise<number> {
  await asOwner('create table bench_commit (n integer)');
  const { p50 } = await measureLoops(1, 2, () => asOwner('insert into bench_commit values (1)'));
  return p50;
}
