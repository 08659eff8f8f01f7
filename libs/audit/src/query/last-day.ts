import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

export interface LastDay {
  questions: number;
  /** Different people who asked. */
  people: number;
  /** By step of the question path, most first. */
  refusals: { step: string; count: number }[];
  /** Prompt and completion together. */
  tokens: number;
  /** The 24 hours, oldest first; `at` is the beginning of the hour, ISO 8601. */
  hours: { at: string; questions: number; refusals: number }[];
}

const STATEMENT = `
  with hour as (
    select generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') as at
  ), closed as (
    select date_trunc('hour', recorded_at) as at, actor_id, outcome, detail from audit_record
     where tenant_id = app_tenant() and kind = 'question.closed'
       and recorded_at >= date_trunc('hour', now()) - interval '23 hours'
  ), refused as (
    select coalesce(detail -> 'refusal' ->> 'step', 'scanner') as step, count(*)::int as count
      from closed where outcome in ('refused', 'stopped') group by 1
  )
  select (select count(*)::int from closed) as questions,
         (select count(distinct actor_id)::int from closed) as people,
         (select coalesce(sum((detail -> 'tokens' ->> 'prompt')::bigint + (detail -> 'tokens' ->> 'completion')::bigint), 0)::float8
            from closed) as tokens,
         (select coalesce(jsonb_agg(to_jsonb(refused) order by count desc), '[]') from refused) as refusals,
         (select jsonb_agg(jsonb_build_object('at', h.at, 'questions', h.questions, 'refusals', h.refusals) order by h.at)
            from (select hour.at, count(closed.at)::int as questions,
                         count(closed.at) filter (where outcome in ('refused', 'stopped'))::int as refusals
                    from hour left join closed using (at) group by hour.at) h) as hours`;

/** What the audit says of the last 24 hours, in figures: no text, no names. */
export async function lastDay(db: Database, ctx: CallContext): Promise<LastDay> {
  const [row] = await db.once<LastDay & Record<string, unknown>>(ctx, STATEMENT);
  if (!row) throw new Error('the statement gave no row');
  return { ...row, hours: row.hours.map((hour) => ({ ...hour, at: new Date(hour.at).toISOString() })) };
}
