import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { readSetup } from '../setup/read-setup.js';
import { NO_SETUP, type Setup } from '../setup/setup.js';

export interface StoredSetup {
  readonly setup: Setup;
  /** 0 where nothing was ever decided. */
  readonly version: number;
}

export interface SavedVersion {
  readonly version: number;
  readonly savedByName: string;
  readonly savedAt: Date;
}

/** Versions kept for undoing. */
export const VERSIONS_KEPT = 50;

export class FirewallPolicyRepository {
  constructor(private readonly db: Database) {}

  /** Null where the stored version is the known one. @throws for what this program has not written */
  async load(ctx: CallContext, known = -1): Promise<StoredSetup | null> {
    const [row] = await this.db.once<{ setup: unknown; actions: unknown; version: string }>(
      ctx,
      `select version, case when version <> $2 then setup end as setup,
              case when version <> $2 then actions end as actions
         from firewall_policy where tenant_id = $1`,
      [ctx.tenantId, known],
    );
    const version = Number(row?.version ?? 0);
    if (version === known) return null;
    return { version, setup: row ? readSetup(row.setup, row.actions) : NO_SETUP };
  }

  /** Saves over a version; false where another one is in force by now. */
  async save(ctx: CallContext, setup: Setup, over: StoredSetup): Promise<boolean> {
    return this.db.transaction(ctx, async (tx) => {
      const { actions, ...rest } = setup;
      const saved = await tx.query<{ version: string }>(
        `insert into firewall_policy as p (tenant_id, actions, setup, updated_by)
         select $1, $2, $3, $4 where $5 = 0 or exists (select from firewall_policy where tenant_id = $1)
         on conflict (tenant_id) do update
            set actions = excluded.actions, setup = excluded.setup, updated_by = excluded.updated_by,
                updated_at = now(), version = p.version + 1
          where p.version = $5
         returning version`,
        [ctx.tenantId, JSON.stringify(actions), JSON.stringify(rest), ctx.caller.userId, over.version],
      );
      const version = saved[0]?.version;
      if (version === undefined) return false;
      // What was saved before versions were kept can be returned to as well.
      if (over.version > 0) await keepVersion(tx, ctx, over.setup, String(over.version), '');
      await keepVersion(tx, ctx, setup, version, ctx.caller.displayName);
      return true;
    });
  }

  /** Newest first. */
  async versions(ctx: CallContext): Promise<SavedVersion[]> {
    const rows = await this.db.once<{ version: string; name: string; at: Date }>(
      ctx,
      `select version, saved_by_name as name, saved_at as at from firewall_policy_version
        where tenant_id = $1 order by version desc limit $2`,
      [ctx.tenantId, VERSIONS_KEPT],
    );
    return rows.map(({ version, name, at }) => ({
      version: Number(version),
      savedByName: name,
      savedAt: at,
    }));
  }

  /** Those of these groups that the tenant has. */
  async groupsAmong(ctx: CallContext, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.db.once<{ id: string }>(
      ctx,
      'select id from user_group where tenant_id = $1 and id = any ($2::uuid[])',
      [ctx.tenantId, [...new Set(ids)]],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Undefined where it is not kept any more. */
  async version(ctx: CallContext, version: number): Promise<Setup | undefined> {
    const [row] = await this.db.once<{ setup: { actions?: unknown } }>(
      ctx,
      'select setup from firewall_policy_version where tenant_id = $1 and version = $2',
      [ctx.tenantId, version],
    );
    return row && readSetup(row.setup, row.setup.actions ?? {});
  }
}

async function keepVersion(
  tx: Tx,
  ctx: CallContext,
  setup: Setup,
  version: string,
  by: string,
): Promise<void> {
  await tx.query(
    `insert into firewall_policy_version (tenant_id, version, setup, saved_by, saved_by_name)
     values ($1, $2, $3, $4, $5) on conflict (tenant_id, version) do nothing`,
    [ctx.tenantId, version, JSON.stringify(setup), by === '' ? null : ctx.caller.userId, by],
  );
  await tx.query(
    'delete from firewall_policy_version where tenant_id = $1 and version <= $2::bigint - $3::int',
    [ctx.tenantId, version, VERSIONS_KEPT],
  );
}
