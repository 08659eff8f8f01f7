// The plans inside quota_reserve, quota_settle and quota_expire with many policies, counters and running questions:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/quota/bench/plans.bench.ts > libs/quota/bench/record/plans.txt
import { withBenchDatabase } from '../../../test/support/bench-database.js';
import { explainNested } from '../../../test/support/explain-nested.js';

await withBenchDatabase(async (database) => {
  const { asOwner, tenantId } = database;
  await asOwner(`insert into quota_policy (tenant_id, subject_kind, subject_id, requests_per_minute, tokens_per_day, concurrent_questions)
    select app_tenant(), 'user', gen_random_uuid(), 10, 1000000, 5 from generate_series(1, 10000)
    union all select app_tenant(), 'tenant', null, 10000, 1000000000, 5000`);
  await asOwner(`insert into quota_usage (tenant_id, subject_kind, subject_id, measure, window_start, used)
    select app_tenant(), subject_kind, coalesce(subject_id, tenant_id), 'tokens', date_trunc('day', now() - d * interval '1 day', 'UTC'), 5
      from quota_policy, generate_series(0, 9) d`);
  await asOwner(`insert into quota_reservation (tenant_id, user_id, tokens, token_subjects, window_day, expires_at)
    select app_tenant(), subject_id, 100, array[subject_id, app_tenant()], date_trunc('day', now(), 'UTC'), now() + n * interval '1 second'
      from (select subject_id, row_number() over () - 50 as n from quota_policy where subject_kind = 'user' limit 1000) p`);
  await asOwner('analyze quota_policy, quota_usage, quota_reservation');
  const one = async (sql: string) => ((await asOwner(sql)).rows[0] as { id: string }).id;
  const user = await one(`select subject_id as id from quota_policy where subject_kind = 'user' limit 1`);
  const running = await one('select id from quota_reservation order by expires_at desc limit 1');
  const show = async (title: string, sql: string, values: unknown[]) =>
    process.stdout.write(`# ${title}\n\n${await explainNested({ ...database, tenantId }, sql, values)}\n\n`);
  await show('quota_reserve', `select quota_reserve(array[$1::uuid], '{"{}"}', '{100}', '{300}', null)`, [
    user,
  ]);
  await show('quota_settle', `select quota_settle(array[$1::uuid], '{70}')`, [running]);
  await show('quota_expire', 'select quota_expire(500, null)', []);
});
