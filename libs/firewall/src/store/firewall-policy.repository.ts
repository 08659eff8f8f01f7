import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

export interface StoredPolicy {
  readonly actions: unknown;
  readonly version: number;
}

export class FirewallPolicyRepository {
  constructor(private readonly db: Database) {}

  /** Null when the tenant has set nothing. */
  async load(ctx: CallContext): Promise<StoredPolicy | null> {
    const [row] = await this.db.once<{ actions: unknown; version: string }>(
      ctx,
      'select actions, version from firewall_policy where tenant_id = $1',
      [ctx.tenantId],
    );
    return row ? { actions: row.actions, version: Number(row.version) } : null;
  }

  async save(ctx: CallContext, actions: Readonly<Record<string, string>>): Promise<void> {
    await this.db.once(
      ctx,
      `insert into firewall_policy (tenant_id, actions, updated_by) values ($1, $2, $3)
       on conflict (tenant_id) do update
          set actions = excluded.actions, updated_by = excluded.updated_by, updated_at = now(),
              version = firewall_policy.version + 1`,
      [ctx.tenantId, JSON.stringify(actions), ctx.caller.userId],
    );
  }
}
