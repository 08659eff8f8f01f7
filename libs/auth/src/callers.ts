import { systemContext, type Caller } from '@lorekeep/kit/context';
import { isUuid } from '@lorekeep/kit/sql';
import { permissionsOf } from './permissions.js';
import type { AuthStore } from './store/auth-store.js';
import { callerFrom, ENABLED_CALLER, STANDING, type CallerRow } from './store/caller.repository.js';

/** Callers without a token: for jobs that act for somebody, for the command line, and for answers that run on. */
export class Callers {
  constructor(private readonly store: AuthStore) {}

  /** Null for a missing or disabled user. */
  async callerOf(tenantId: string, userId: string): Promise<Caller | null> {
    if (!isUuid(tenantId) || !isUuid(userId)) return null;
    const [row] = await this.store.once<CallerRow>(systemContext(tenantId), ENABLED_CALLER, [userId]);
    return row ? callerFrom(row, { kind: 'user', permissions: permissionsOf(row.roles) }) : null;
  }

  /** Of these sessions and keys, the ids of those that nobody has ended and whose person is not disabled. */
  async standing(tenantId: string, credentials: readonly string[]): Promise<Set<string>> {
    const rows = await this.store.once<{ id: string }>(systemContext(tenantId), STANDING, [credentials]);
    return new Set(rows.map(({ id }) => id));
  }
}
