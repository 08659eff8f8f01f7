// Questions a second (one reservation and one settlement each) and their times, at 1, 16 and 64 at once, one process:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/quota/bench/reserve.bench.ts [LABEL]
// Prints the figures; with a LABEL also writes bench/record/LABEL.json.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { systemContext } from '@lorekeep/kit/context';
import { connectDatabase } from '@lorekeep/kit/database';
import { isRefusal } from '@lorekeep/kit/errors';
import {
  machine,
  measureLoops,
  withBenchDatabase,
  type Figures,
} from '../../../test/support/bench-database.js';
import { Quota, QuotaPolicies } from '../src/index.js';
import { entities } from '../src/store/entities.js';

const SECONDS = 5;
const label = process.argv[2];
const where = machine();
const LIMITS = { requestsPerMinute: 1_000_000, tokensPerDay: 1_000_000_000_000, concurrentQuestions: 1000 };

await withBenchDatabase(async ({ appUrl, tenantId, asOwner }) => {
  const db = await connectDatabase({
    url: appUrl,
    entities,
    poolSize: 10,
    statementTimeout: 30_000,
    applicationName: 'quota-bench',
  });
  const quota = new Quota(db, { timeoutMs: 30_000 });
  const policies = new QuotaPolicies(db, quota);
  const base = systemContext(tenantId);
  const users = Array.from({ length: 64 }, () => randomUUID());
  for (const id of users) {
    await asOwner(
      `insert into app_user (id, tenant_id, email, display_name, roles) values ($1::uuid, app_tenant(), ($1::uuid)::text, 'A', '{employee}')`,
      [id],
    );
  }
  let turn = 0;
  const question = async () => {
    const userId = users[turn++ % users.length] ?? null;
    const ctx = { ...base, caller: { ...base.caller, userId } };
    const held = await quota.reserve(ctx, { tokens: 2000, maxSeconds: 300 });
    if (isRefusal(held)) throw new Error(held.code);
    await quota.settle(ctx, held, { tokens: 1500 });
  };
  const measure = async () => {
    const figures: Figures[] = [];
    for (const concurrency of [1, 16, 64]) figures.push(await measureLoops(concurrency, SECONDS, question));
    return figures;
  };

  const record: Record<string, unknown> = { machine: where, noPolicy: await measure() };
  const ctx = base;
  for (const subjectId of users) await policies.put(ctx, { subjectKind: 'user', subjectId, ...LIMITS });
  record['userPolicies'] = await measure();
  await policies.put(ctx, { subjectKind: 'tenant', ...LIMITS });
  record['tenantAndUserPolicies'] = await measure();

  process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  if (label) {
    const folder = new URL('record/', import.meta.url);
    mkdirSync(folder, { recursive: true });
    writeFileSync(new URL(`${label}.json`, folder), `${JSON.stringify(record, null, 2)}\n`);
  }
  await db.close();
});
