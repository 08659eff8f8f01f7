import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { Action } from '../policy.js';
import type { TextRole } from '../rules/rule.js';

export interface NewCase {
  readonly text: string;
  readonly role: TextRole;
  readonly expected: Action;
  readonly note: string;
  /** Trace id of the question that it was made of. */
  readonly reference: string | null;
  /** It is tried as for a member of these. */
  readonly groupIds: readonly string[];
}

export interface StoredCase extends NewCase {
  readonly id: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export class FirewallCaseRepository {
  constructor(private readonly db: Database) {}

  /** Newest first. */
  list(ctx: CallContext): Promise<StoredCase[]> {
    return this.db.once<StoredCase>(
      ctx,
      `select id, text, role, expected, note, reference, group_ids as "groupIds", created_by_name as "createdBy", created_at as "createdAt"
         from firewall_case where tenant_id = $1 order by created_at desc, id`,
      [ctx.tenantId],
    );
  }

  /** Undefined where the tenant has `most` already. */
  async add(ctx: CallContext, asked: NewCase, most: number) {
    const { text, role, expected, note, reference, groupIds } = asked;
    return this.db.transaction(ctx, async (tx) => {
      // Two who add at once wait for each other, so that together they keep the limit.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `firewall_case ${ctx.tenantId}`,
      ]);
      const [row] = await tx.query<{ id: string }>(
        `insert into firewall_case (tenant_id, text, role, expected, note, reference, group_ids, created_by, created_by_name)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9
          where (select count(*) from firewall_case where tenant_id = $1) < $10
         returning id`,
        [
          ...[ctx.tenantId, text, role, expected, note, reference, groupIds],
          ...[ctx.caller.userId, ctx.caller.displayName, most],
        ],
      );
      return row?.id;
    });
  }

  /** False where there is none of that id. */
  async remove(ctx: CallContext, id: string): Promise<boolean> {
    const rows = await this.db.once<{ id: string }>(
      ctx,
      'delete from firewall_case where tenant_id = $1 and id = $2 returning id',
      [ctx.tenantId, id],
    );
    return rows.length > 0;
  }
}
