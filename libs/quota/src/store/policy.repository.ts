import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { ValidPolicy } from '../read-policy-input.js';
import type { SubjectKind } from '../subject.js';

export interface QuotaPolicy {
  id: string;
  subjectKind: SubjectKind;
  subjectId: string | null;
  requestsPerMinute: number | null;
  tokensPerDay: number | null;
  concurrentQuestions: number | null;
  /** ISO 8601 */
  updatedAt: string;
  /** Name of the tenant, group or person. */
  subject: string;
  /** Of the minute, of the day (reserved tokens included), and running now. */
  usage: { requests: number; tokens: number; concurrent: number };
}

type Row = Omit<QuotaPolicy, 'tokensPerDay' | 'updatedAt'> & { tokensPerDay: string | null; updatedAt: Date };

const used = (measure: 'requests' | 'tokens', window: 'minute' | 'day') => `
  coalesce((select w.used + w.reserved from quota_usage w
     where w.tenant_id = p.tenant_id and w.subject_kind = p.subject_kind and w.measure = '${measure}'
       and w.subject_id = coalesce(p.subject_id, p.tenant_id) and w.window_start = date_trunc('${window}', now(), 'UTC')), 0)`;

const COLUMNS = `p.id, p.subject_kind as "subjectKind", p.subject_id as "subjectId",
  p.requests_per_minute as "requestsPerMinute", p.tokens_per_day as "tokensPerDay",
  p.concurrent_questions as "concurrentQuestions", p.updated_at as "updatedAt",
  case p.subject_kind when 'tenant' then (select t.name from tenant t where t.id = p.tenant_id)
                      when 'group' then (select g.name from user_group g where g.id = p.subject_id)
                      else (select u.display_name from app_user u where u.id = p.subject_id) end as subject,
  jsonb_build_object(
    'requests', ${used('requests', 'minute')}, 'tokens', ${used('tokens', 'day')},
    'concurrent', (select count(*) from quota_reservation r where r.expires_at > now()
       and (p.subject_kind = 'tenant' or (p.subject_kind = 'group' and r.group_ids @> array[p.subject_id])
            or (p.subject_kind = 'user' and r.user_id = p.subject_id)))) as usage`;
const RANK = `array_position(array['tenant', 'group', 'user'], p.subject_kind)`;

export async function listPolicies(
  db: Database,
  ctx: CallContext,
  page: { kind: SubjectKind | null; after: string | null; limit: number },
): Promise<QuotaPolicy[]> {
  const rows = await db.once<Row>(
    ctx,
    `select ${COLUMNS} from quota_policy p
      where p.tenant_id = app_tenant() and ($1::text is null or p.subject_kind = $1)
        and ($2::uuid is null or (${RANK}, p.id) > (select ${RANK}, p.id from quota_policy p where p.id = $2))
      order by ${RANK}, p.id limit $3`,
    [page.kind, page.after, page.limit],
  );
  return rows.map(toPolicy);
}

/** undefined when the subject is not one of this tenant's. */
export async function putPolicy(
  db: Database,
  ctx: CallContext,
  policy: ValidPolicy,
): Promise<QuotaPolicy | undefined> {
  const rows = await db.once<Row>(
    ctx,
    `insert into quota_policy as p
            (tenant_id, subject_kind, subject_id, requests_per_minute, tokens_per_day, concurrent_questions)
     select app_tenant(), $1::text, $2::uuid, $3::integer, $4::bigint, $5::integer
      where $1 = 'tenant'
         or ($1 = 'group' and exists (select from user_group g where g.id = $2 and g.tenant_id = app_tenant()))
         or ($1 = 'user' and exists (select from app_user u where u.id = $2 and u.tenant_id = app_tenant()))
     on conflict (tenant_id, subject_kind, subject_id) do update
        set requests_per_minute = excluded.requests_per_minute, tokens_per_day = excluded.tokens_per_day,
            concurrent_questions = excluded.concurrent_questions, updated_at = now()
     returning ${COLUMNS}`,
    [
      policy.subjectKind,
      policy.subjectId,
      policy.requestsPerMinute,
      policy.tokensPerDay,
      policy.concurrentQuestions,
    ],
  );
  return rows[0] && toPolicy(rows[0]);
}

export async function removePolicy(db: Database, ctx: CallContext, id: string): Promise<boolean> {
  const rows = await db.once(
    ctx,
    'delete from quota_policy where id = $1 and tenant_id = app_tenant() returning id',
    [id],
  );
  return rows.length > 0;
}

function toPolicy(row: Row): QuotaPolicy {
  return {
    ...row,
    tokensPerDay: row.tokensPerDay === null ? null : Number(row.tokensPerDay),
    updatedAt: row.updatedAt.toISOString(),
  };
}
