import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

export type ActivityRange = 'day' | 'week' | 'month';

interface Counts {
  questions: number;
  /** Prompt and completion together. */
  tokens: number;
  /** Milliseconds from the question to the first word that a model wrote; null where none wrote. */
  firstToken: { p50: number; p95: number } | null;
}

export interface Activity extends Counts {
  /** Different people who asked. */
  people: number;
  /** By step of the question path, most first. */
  refusals: { step: string; count: number }[];
  /** What the answers took, by model, most first. */
  models: { model: string; tokens: number }[];
  /** Not null where more was asked than is counted: what is counted began then, ISO 8601. */
  since: string | null;
  /** Seconds of one period. */
  seconds: number;
  /** Oldest first, the last still running; `at` is the beginning, ISO 8601. */
  periods: (Counts & { at: string; refusals: number })[];
}

/** The newest questions that are counted: each costs the reading of its record. */
export const ACTIVITY_MAX = 50_000;

const HOUR = 3_600;
/** Seconds of a period, of what periods count from (an hour or a midnight), and how far back the first one lies. */
const RANGES = {
  day: [HOUR, HOUR, 23 * HOUR],
  week: [6 * HOUR, 24 * HOUR, 6 * 24 * HOUR],
  month: [24 * HOUR, 24 * HOUR, 29 * 24 * HOUR],
} as const;

const COUNTS = `
  count(closed.at)::int as questions, coalesce(sum(tokens), 0)::float8 as tokens,
  percentile_cont(array[0.5, 0.95]) within group (order by first_token) as first_token`;

const STATEMENT = `
  with span as (
    select date_bin(make_interval(secs => $2), now() + shift, 'epoch') - shift - make_interval(secs => $3) as start,
           make_interval(secs => $1) as step
      from make_interval(mins => $4) as shift
  ), closed as materialized (
    select recorded_at, date_bin((select step from span), recorded_at, (select start from span)) as at,
           actor_id, outcome in ('refused', 'stopped') as refused, refusal ->> 'step' as step,
           model ->> 'model' as model, (tokens ->> 'prompt')::bigint + (tokens ->> 'completion')::bigint as tokens,
           case when model ->> 'driver' <> 'extractive' and (tokens ->> 'completion')::bigint > 0 then
             greatest((milliseconds ->> 'quota')::float8, (milliseconds ->> 'firewall')::float8, 0)
               + coalesce((milliseconds ->> 'retrieval')::float8, 0) + (milliseconds ->> 'inference')::float8
           end as first_token
      from (select recorded_at, actor_id, outcome, detail from audit_record
             where tenant_id = app_tenant() and kind = 'question.closed'
               and recorded_at >= (select start from span)
             order by recorded_at desc limit $5) record
     -- All at once: each look into a record by itself would unpack it anew.
     cross join lateral jsonb_to_record(detail) as d(tokens jsonb, milliseconds jsonb, refusal jsonb, model jsonb)
  ), counted as (
    select case when count(*) = $5 then min(recorded_at) end as since,
           case when count(*) = $5 then min(closed.at) else (select start from span) end as opens,
           count(distinct actor_id)::int as people, ${COUNTS} from closed
  )
  select questions, people, tokens, first_token, since, $1::int as seconds,
         (select coalesce(jsonb_agg(to_jsonb(r) order by r.count desc, r.step), '[]')
            from (select coalesce(step, 'scanner') as step, count(*)::int as count
                    from closed where refused group by 1) r) as refusals,
         (select coalesce(jsonb_agg(to_jsonb(m) order by m.tokens desc, m.model), '[]')
            from (select model, sum(tokens)::float8 as tokens
                    from closed where model is not null group by 1 having sum(tokens) > 0) m) as models,
         (select coalesce(jsonb_agg(to_jsonb(p) order by p.at), '[]')
            from (select slot.at, count(*) filter (where refused)::int as refusals, ${COUNTS}
                    from generate_series((select opens from counted), now(), (select step from span)) as slot(at)
                    left join closed using (at) group by slot.at) p) as periods
    from counted`;

type Percentiles = { first_token: [number, number] | null };
type Row = Omit<Activity, 'firstToken' | 'since' | 'periods'> &
  Percentiles & {
    since: Date | null;
    periods: (Omit<Activity['periods'][number], 'firstToken'> & Percentiles)[];
  };

/**
 * What the audit says of the last day, week or month, in figures: no text, no names. Of the tenant of `ctx` alone.
 *
 * @param offset minutes that the reader's clock is ahead of UTC: periods begin at its hours and midnights
 */
export async function activity(
  db: Database,
  ctx: CallContext,
  { range, offset, max = ACTIVITY_MAX }: { range: ActivityRange; offset: number; max?: number },
): Promise<Activity> {
  const [row] = await db.once<Row & Record<string, unknown>>(ctx, STATEMENT, [...RANGES[range], offset, max]);
  if (!row) throw new Error('the statement gave no row');
  const { first_token: pair, since, periods, ...counts } = row;
  return {
    ...counts,
    firstToken: percentilesOf(pair),
    since: since?.toISOString() ?? null,
    periods: periods.map(({ first_token: ofPeriod, at, ...rest }) => ({
      ...rest,
      at: new Date(at).toISOString(),
      firstToken: percentilesOf(ofPeriod),
    })),
  };
}

function percentilesOf(pair: [number, number] | null): Counts['firstToken'] {
  return pair && { p50: pair[0], p95: pair[1] };
}
