import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { type Database, DatabaseTimeout } from '@lorekeep/kit/database';
import { QuotaFault } from '../quota.errors.js';
import { MEASURES, SUBJECT_KINDS, type Measure, type SubjectKind } from '../subject.js';

/** What the database decided; see quota_reserve in migrations/src/quota/together.ts. */
export type Decision =
  | { admitted: true; limited: boolean; reservation: string | null }
  | {
      admitted: false;
      limited: true;
      measure: Measure;
      subject: SubjectKind;
      limit: number;
      used: number;
      /** Milliseconds since the epoch, by the clock that decided. */
      at: number;
      resetsAt: number | null;
    };

/** What one question asks for. */
export interface Wanted {
  readonly userId: string | null;
  readonly groupIds: readonly string[];
  readonly tokens: number;
  readonly maxSeconds: number;
}

/** One policy of the caller with what its windows have used. bigint comes as text. */
export interface UsageRow {
  subject: SubjectKind;
  requestsLimit: number | null;
  requestsUsed: string | null;
  requestsReset: Date;
  tokensLimit: string | null;
  tokensUsed: string | null;
  tokensReset: Date;
  concurrentLimit: number | null;
  concurrentUsed: string;
  concurrentReset: Date | null;
}

const USAGE = `
select p.subject_kind as subject,
       p.requests_per_minute as "requestsLimit", m.used as "requestsUsed",
       moment.minute + interval '1 minute' as "requestsReset",
       p.tokens_per_day as "tokensLimit", d.used + d.reserved as "tokensUsed",
       moment.day + interval '1 day' as "tokensReset",
       p.concurrent_questions as "concurrentLimit", running.count as "concurrentUsed", running.ends as "concurrentReset"
  from (select t.at, date_trunc('minute', t.at, 'UTC') as minute, date_trunc('day', t.at, 'UTC') as day
          from (select coalesce($3::timestamptz, clock_timestamp()) as at) t) moment
 cross join quota_policy p
  left join quota_usage m on m.tenant_id = p.tenant_id and m.subject_kind = p.subject_kind and m.measure = 'requests'
        and m.subject_id = coalesce(p.subject_id, p.tenant_id) and m.window_start = moment.minute
  left join quota_usage d on d.tenant_id = p.tenant_id and d.subject_kind = p.subject_kind and d.measure = 'tokens'
        and d.subject_id = coalesce(p.subject_id, p.tenant_id) and d.window_start = moment.day
 cross join lateral (
       select count(*), min(r.expires_at) as ends from quota_reservation r
        where r.tenant_id = p.tenant_id and r.expires_at > moment.at
          and (p.subject_kind = 'tenant'
               or (p.subject_kind = 'group' and r.group_ids @> array[p.subject_id])
               or (p.subject_kind = 'user' and r.user_id = p.subject_id))) running
 where p.tenant_id = app_tenant()
   and (p.subject_kind = 'tenant'
        or (p.subject_kind = 'group' and p.subject_id = any ($2::uuid[]))
        or (p.subject_kind = 'user' and p.subject_id = $1::uuid))`;

/**
 * The statements of the hot path, one round trip each. Their commits are not durable: a crash of the database server may
 * forget the last fraction of a second of counting, which lets a few requests too many through or leaves a reservation
 * that expires by itself; waiting for the disk twice per question would cost more than that is worth.
 */
export class QuotaRepository {
  constructor(
    private readonly db: Database,
    private readonly timeout: number,
  ) {}

  /** One decision for each question, in their order. */
  async reserve(tenantId: string, questions: Wanted[], moment: Date | null): Promise<Decision[]> {
    const rows = await this.run<{ decisions: unknown }>(
      systemContext(tenantId),
      'select quota_reserve($1::uuid[], $2::text[], $3::bigint[], $4::integer[], $5::timestamptz) as decisions',
      [
        questions.map(({ userId }) => userId),
        questions.map(({ groupIds }) => `{${groupIds.join(',')}}`),
        questions.map(({ tokens }) => tokens),
        questions.map(({ maxSeconds }) => maxSeconds),
        moment,
      ],
      'quota-reserve',
    );
    return listOf(rows[0]?.decisions, questions.length).map(readDecision);
  }

  /** For each whether it was settled now: false when it had been before, or expired more than a day ago. */
  async settle(tenantId: string, spent: { id: string; tokens: number }[]): Promise<boolean[]> {
    const rows = await this.run<{ settled: unknown }>(
      systemContext(tenantId),
      'select quota_settle($1::uuid[], $2::bigint[]) as settled',
      [spent.map(({ id }) => id), spent.map(({ tokens }) => tokens)],
      'quota-settle',
    );
    return listOf(rows[0]?.settled, spent.length).map((settled) => {
      if (typeof settled !== 'boolean') throw unusable(rows);
      return settled;
    });
  }

  async expire(ctx: CallContext, atMost: number, moment: Date | null): Promise<number> {
    const rows = await this.run<{ expired: unknown }>(
      ctx,
      'select quota_expire($1::integer, $2::timestamptz) as expired',
      [atMost, moment],
    );
    const expired = rows[0]?.expired;
    if (typeof expired !== 'number') throw unusable(rows);
    return expired;
  }

  usage(ctx: CallContext, moment: Date | null): Promise<UsageRow[]> {
    return this.run<UsageRow>(ctx, USAGE, [ctx.caller.userId, ctx.caller.groupIds, moment]);
  }

  private async run<Row extends object>(
    ctx: CallContext,
    sql: string,
    values: unknown[],
    prepared?: string,
  ): Promise<Row[]> {
    try {
      const options = { durable: false, timeout: this.timeout, ...(prepared && { prepared }) };
      return await this.db.once<Row>(ctx, sql, values, options);
    } catch (cause) {
      throw new QuotaFault(cause instanceof DatabaseTimeout ? 'QUOTA_TIMEOUT' : 'QUOTA_UNAVAILABLE', cause);
    }
  }
}

function listOf(value: unknown, length: number): unknown[] {
  if (!Array.isArray(value) || value.length !== length) throw unusable(value);
  return value;
}

/** An answer that is not exactly an admission admits nothing. */
function readDecision(value: unknown): Decision {
  if (typeof value !== 'object' || value === null) throw unusable(value);
  const raw = value as Record<string, unknown>;
  if (raw['admitted'] === true && typeof raw['limited'] === 'boolean') {
    const reservation = raw['reservation'];
    if (typeof reservation !== 'string' && reservation !== null) throw unusable(value);
    return { admitted: true, limited: raw['limited'], reservation };
  }
  const { measure, subject, limit, used } = raw;
  const at = Date.parse(String(raw['at']));
  const resetsAt = raw['resetsAt'] === null ? null : Date.parse(String(raw['resetsAt']));
  if (raw['admitted'] !== false || !isMeasure(measure) || !isSubject(subject)) throw unusable(value);
  if (typeof limit !== 'number' || typeof used !== 'number' || Number.isNaN(at) || Number.isNaN(resetsAt)) {
    throw unusable(value);
  }
  return { admitted: false, limited: true, measure, subject, limit, used, at, resetsAt };
}

function isMeasure(value: unknown): value is Measure {
  return MEASURES.some((measure) => measure === value);
}

function isSubject(value: unknown): value is SubjectKind {
  return SUBJECT_KINDS.some((kind) => kind === value);
}

function unusable(answer: unknown): QuotaFault {
  return new QuotaFault('QUOTA_UNAVAILABLE', new Error(`unusable answer: ${JSON.stringify(answer)}`));
}
