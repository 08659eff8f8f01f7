import { systemContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { CliError } from '../cli.errors.js';

export interface Tenant {
  readonly id: string;
  readonly slug: string;
}

/** All organisations, or the one that `wanted` names by its short name or its id. Throws CliError where there is none. */
export async function chooseTenants(application: Database, wanted?: string): Promise<Tenant[]> {
  const rows = await application.withoutTenant<{ id: string }>('select id from tenant_ids() as id');
  const all = await Promise.all(
    rows.map(async ({ id }) => {
      // Each is visible to itself only.
      const sql = 'select slug from tenant where id = app_tenant()';
      const [row] = await application.once<{ slug: string }>(systemContext(id), sql);
      return { id, slug: row?.slug ?? id };
    }),
  );
  const chosen = all.filter(({ id, slug }) => wanted === undefined || [id, slug].includes(wanted));
  if (wanted !== undefined && chosen.length === 0) throw new CliError(`There is no organisation ${wanted}.`);
  return chosen;
}
