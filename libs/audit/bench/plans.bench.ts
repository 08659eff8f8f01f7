// The plans inside audit_append, with a chain of some length:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/audit/bench/plans.bench.ts > libs/audit/bench/record/plans.txt
import { randomUUID } from 'node:crypto';
import { withBenchDatabase } from '../../../test/support/bench-database.js';
import { explainNested } from '../../../test/support/explain-nested.js';

const batch = (count: number) =>
  JSON.stringify(
    Array.from({ length: count }, () => ({
      id: randomUUID(),
      kind: 'question.opened',
      actor: 'a',
      detail: {},
    })),
  );

await withBenchDatabase(async (database) => {
  for (let n = 0; n < 20; n++) await database.asOwner('select audit_append($1)', [batch(500)]);
  await database.asOwner('analyze audit_record, audit_head');
  const plans = await explainNested(database, 'select audit_append($1)', [batch(2)]);
  process.stdout.write(`# audit_append of two records\n\n${plans}\n`);
});
