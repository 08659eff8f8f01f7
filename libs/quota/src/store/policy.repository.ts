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
}

type Row = Omit<QuotaPolicy, 'tokensPerDay' | 'updatedAt'> & { tokensPerDay: string | null; updatedAt: Date };

const COLUMNS = `p.id, p.subject_kind as "subjectKind", p.subject_id as "subjectId",
  p.requests_per_minute as "requestsPerMinute", p.tokens_per_day as "tokensPerDay",
  p.concurrent_questions as "concurrentQuestions", p.updated_at as "updatedAt"`;
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
