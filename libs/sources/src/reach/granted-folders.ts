import { isAbsolute } from 'node:path';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

const NAMED = /^([a-z0-9][a-z0-9-]{0,62})=(.*)$/s;

interface Grant {
  /** Short name of the organisation; null where the operator named none. */
  readonly tenant: string | null;
  readonly path: string;
}

/** An entry of SOURCE_FOLDERS: `organisation=/folder`, or `/folder`. Null where it is neither. */
export function readGrant(entry: string): Grant | null {
  const [, tenant = null, path = entry] = NAMED.exec(entry) ?? [];
  return isAbsolute(path) ? { tenant, path } : null;
}

/** Which folders of the server are for whom: what one organisation's administrators may read, others' may not. */
export class GrantedFolders {
  private readonly grants: readonly Grant[];

  constructor(
    private readonly database: Database,
    entries: readonly string[],
  ) {
    this.grants = entries.map(readGrant).filter((grant) => grant !== null);
  }

  /** Those that name the caller's tenant; those that name none only while there is no other tenant. */
  async of(ctx: CallContext): Promise<string[]> {
    if (this.grants.length === 0) return [];
    const [own] = await this.database.once<{ slug: string; alone: boolean }>(
      ctx,
      `select slug, (select count(*) from tenant_ids()) = 1 as alone from tenant where id = app_tenant()`,
    );
    const mine = ({ tenant }: Grant): boolean =>
      tenant === null ? own?.alone === true : tenant === own?.slug;
    return this.grants.filter(mine).map(({ path }) => path);
  }
}
