import { systemContext, type Caller } from '@lorekeep/kit/context';
import { permissionsOf } from './permissions.js';
import { isUuid, type AuthStore } from './store/auth-store.js';
import { callerFrom, ENABLED_CALLER, type CallerRow } from './store/caller.repository.js';

/** Callers without a token: for jobs that act for somebody and for the command line. */
export class Callers {
  constructor(private readonly store: AuthStore) {}

  /** Null for a missing or disabled user. */
  async callerOf(tenantId: string, userId: string): Promise<Caller | null> {
    if (!isUuid(tenantId) || !isUuid(userId)) return null;
    const [row] = await this.store.once<CallerRow>(systemContext(tenantId), ENABLED_CALLER, [userId]);
    return row ? callerFrom(row, { kind: 'user', permissions: permissionsOf(row.roles) }) : null;
  }
}
