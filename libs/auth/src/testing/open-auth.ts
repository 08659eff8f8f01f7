import type { DataSource } from 'typeorm';
import { ManualClock } from '@lorekeep/kit/clock';
import { loadConfig } from '@lorekeep/kit/config';
import { newTraceId, systemContext, type CallContext, type Caller, type Role } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase } from '@lorekeep/kit/testing';
import { authConfigSchema, type AuthConfig } from '../auth.config.js';
import { createAuth, type Auth } from '../create-auth.js';
import { createTenant } from '../create-tenant.js';
import type { TokenReuse } from '../sessions.js';
import { entities } from '../store/entities.js';
import type { UserView } from '../store/user.repository.js';

export const PASSWORD = 'tidal-copper-lamp';
export const HERE = { ip: '192.0.2.7', userAgent: 'a browser' };

export interface OpenAuth {
  auth: Auth;
  /** A second gateway process: the same database, caches of its own. */
  other: Auth;
  clock: ManualClock;
  database: Database<DataSource>;
  ownerUrl: string;
  tenantId: string;
  /** Of another tenant. */
  strangerTenantId: string;
  system: CallContext;
  stranger: CallContext;
  reuses: TokenReuse[];
  close(): Promise<void>;
}

/** A migrated database of its own with two tenants, `acme` and `globex`, and a clock that stands still. */
export async function openAuth(settings: Partial<AuthConfig> = {}): Promise<OpenAuth> {
  const clone = await cloneDatabase();
  const database = await connectDatabase({
    url: clone.appUrl,
    entities,
    poolSize: 8,
    statementTimeout: 10_000,
    applicationName: 'auth-spec',
  });
  const config = { ...loadConfig(authConfigSchema, {}), ...settings };
  const clock = new ManualClock();
  const reuses: TokenReuse[] = [];
  const hooks = { onReuse: (reuse: TokenReuse) => void reuses.push(reuse) };
  const acme = await createTenant(clone.ownerUrl, { slug: 'acme', name: 'Acme' });
  const globex = await createTenant(clone.ownerUrl, { slug: 'globex', name: 'Globex' });
  return {
    auth: createAuth(database, config, { clock, hooks }),
    other: createAuth(database, config, { clock, hooks }),
    clock,
    database,
    ownerUrl: clone.ownerUrl,
    tenantId: acme.id,
    strangerTenantId: globex.id,
    system: systemContext(acme.id),
    stranger: systemContext(globex.id),
    reuses,
    async close() {
      if (database.dataSource.isInitialized) await database.close();
      await clone.drop();
    },
  };
}

let users = 0;

export async function addUser(
  open: OpenAuth,
  roles: Role[] = ['employee'],
  ctx = open.system,
): Promise<UserView> {
  users += 1;
  const { user } = await open.auth.users.create(ctx, {
    email: `person${users}@example.com`,
    displayName: `Person ${users}`,
    roles,
    password: PASSWORD,
    mustChangePassword: false,
  });
  return user;
}

export async function signIn(open: OpenAuth, user: UserView) {
  const result = await open.auth.signIn.run({
    tenantSlug: 'acme',
    email: user.email,
    password: PASSWORD,
    ...HERE,
  });
  if (result.kind !== 'signed-in') throw new Error(`not signed in: ${result.reason}`);
  return result;
}

export function contextOf(tenantId: string, caller: Caller): CallContext {
  return {
    tenantId,
    caller,
    traceId: newTraceId(),
    deadline: Number.MAX_SAFE_INTEGER,
    signal: new AbortController().signal,
  };
}

export async function actAs(open: OpenAuth, user: UserView): Promise<CallContext> {
  const caller = await open.auth.callers.callerOf(open.tenantId, user.id);
  if (!caller) throw new Error('no such user');
  return contextOf(open.tenantId, caller);
}
