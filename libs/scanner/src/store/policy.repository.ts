import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { PolicyChanges } from '../policy/effective-policy.js';
import { readChanges } from '../policy/read-changes.js';
import { lockVersion, raiseVersion } from './raise-version.js';

export interface StoredPolicy {
  readonly version: number;
  /** Another one after every save; 0: never saved. Words and lists do not change it. */
  readonly policyVersion: number;
  readonly changes: PolicyChanges;
  readonly keepHitsDays: number;
}

/** Days that hits are kept where nobody has said otherwise. */
export const KEEP_HITS_DAYS = 30;

/** When it was saved last, in microseconds. */
const SAVED = `coalesce((extract(epoch from p.updated_at) * 1000000)::bigint, 0)`;

/** What each tenant has decided; row security keeps tenants apart. */
export class PolicyRepository {
  constructor(private readonly db: Database) {}

  async load(ctx: CallContext): Promise<StoredPolicy> {
    const [row] = await this.db.once<{ version: string; saved: string; categories: unknown; days: number }>(
      ctx,
      `select coalesce(v.version, 0) as version, coalesce(p.categories, '{}') as categories,
              coalesce(p.keep_hits_days, $2) as days, ${SAVED} as saved
         from (select $1::uuid as tenant_id) t
         left join word_version v on v.tenant_id = t.tenant_id
         left join scanner_policy p on p.tenant_id = t.tenant_id`,
      [ctx.tenantId, KEEP_HITS_DAYS],
    );
    return {
      version: Number(row?.version ?? 0),
      policyVersion: Number(row?.saved ?? 0),
      changes: readChanges(row?.categories),
      keepHitsDays: row?.days ?? KEEP_HITS_DAYS,
    };
  }

  /**
   * Replaces what the tenant had decided; null leaves the days as they are.
   * @param over the policy version that is replaced; null: whichever is in force
   * @returns false, and nothing was changed: another one is in force
   */
  async save(
    ctx: CallContext,
    changes: PolicyChanges,
    keepHitsDays: number | null,
    over: number | null,
  ): Promise<boolean> {
    return this.db.transaction(ctx, async (tx) => {
      await lockVersion(tx, ctx);
      if (over !== null) {
        const [row] = await tx.query<{ saved: string }>(
          `select ${SAVED} as saved from scanner_policy p where p.tenant_id = $1`,
          [ctx.tenantId],
        );
        if (Number(row?.saved ?? 0) !== over) return false;
      }
      await raiseVersion(tx, ctx, 'policy');
      await tx.query(
        `insert into scanner_policy as p (tenant_id, categories, keep_hits_days, updated_by)
         values ($1, $2, coalesce($3::int, $5::int), $4)
         on conflict (tenant_id) do update set categories = excluded.categories,
           keep_hits_days = coalesce($3::int, p.keep_hits_days), updated_by = $4, updated_at = clock_timestamp()`,
        [ctx.tenantId, JSON.stringify(changes), keepHitsDays, ctx.caller.userId, KEEP_HITS_DAYS],
      );
      return true;
    });
  }

  /** Categories of the tenant's words and lists, and how many words of each are in force. */
  async ownCategories(ctx: CallContext): Promise<Map<string, number>> {
    const rows = await this.db.once<{ category: string; words: string }>(
      ctx,
      `select category, sum(words) as words from (
         select category, count(*) as words from forbidden_word where tenant_id = $1 group by 1
         union all
         select category, sum(case when state = 'active' then words else 0 end) from word_list
          where tenant_id = $1 and state in ('checking', 'preview', 'active', 'undone') group by 1) c
        group by 1 order by 1`,
      [ctx.tenantId],
    );
    return new Map(rows.map(({ category, words }) => [category, Number(words)]));
  }
}
