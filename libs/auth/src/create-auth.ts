import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { Database } from '@lorekeep/kit/database';
import { ApiKeys } from './api-keys.js';
import type { AuthConfig } from './auth.config.js';
import { Callers } from './callers.js';
import { Groups } from './groups.js';
import { PasswordHasher } from './hash-password.js';
import { Passwords } from './passwords.js';
import { RemoveExpired } from './remove-expired.js';
import { Sessions, type SessionHooks } from './sessions.js';
import { SignIn } from './sign-in.js';
import { AuthStore } from './store/auth-store.js';
import { TenantRepository } from './store/tenant.repository.js';
import { Tenants } from './tenants.js';
import { Users } from './users.js';

export interface Auth {
  signIn: SignIn;
  sessions: Sessions;
  apiKeys: ApiKeys;
  callers: Callers;
  users: Users;
  groups: Groups;
  passwords: Passwords;
  tenants: Tenants;
  removeExpired: RemoveExpired;
}

/** Everything of this domain, put together; one per process, since limits and caches are the process's. */
export function createAuth(
  database: Database,
  config: AuthConfig,
  options: { clock?: Clock; hooks?: SessionHooks } = {},
): Auth {
  const clock = options.clock ?? systemClock;
  const store = new AuthStore(database, config.AUTH_TIMEOUT_MS);
  const hasher = new PasswordHasher(config);
  const tenants = new TenantRepository(store);
  const sessions = new Sessions(store, config, clock, options.hooks);
  const apiKeys = new ApiKeys(store, config, clock);
  return {
    signIn: new SignIn(store, tenants, hasher, sessions, { config, clock }),
    sessions,
    apiKeys,
    callers: new Callers(store),
    users: new Users(store, hasher, apiKeys, clock),
    groups: new Groups(store, clock, apiKeys),
    passwords: new Passwords(store, hasher, config, clock),
    tenants: new Tenants(tenants),
    removeExpired: new RemoveExpired(store, clock),
  };
}
