import { findOrCreateTenant, seedTenant, type SeedUser, type UserView } from '@lorekeep/auth';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { ensureAskToken } from '../ask/ask-token.js';
import type { Settings } from '../cli.config.js';
import type { Environment } from '../command-context.js';
import type { OpenDatabase } from '../database/open-database.js';
import { connectDomains, type Domains } from '../database/connect-domains.js';
import { limitNewTenant } from '../database/limit-new-tenant.js';
import type { Progress } from '../terminal/progress.js';
import { readSampleState, writeSampleState } from './sample-state.js';
import { SAMPLE_ACCOUNTS, SAMPLE_GROUPS, SAMPLE_TENANT } from './sample-accounts.js';

/** An account that was created now, with the password that is shown once. */
export interface NewAccount {
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
  /** At the first sign-in; until then nothing else can be done. */
  readonly mustChangePassword: boolean;
}

export interface SeedOptions {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly database: OpenDatabase;
  readonly progress: Progress;
}

/**
 * Creates tenant, administrator and sample accounts in a database that has no tenant yet. After a start that was killed
 * before it showed the passwords, accounts that exist get new ones. A database with tenants of its own is left alone.
 * Returns the accounts to show; markShown then says that they were.
 */
export async function seed(options: SeedOptions): Promise<NewAccount[]> {
  const { settings, environment, database, progress } = options;
  const state = readSampleState(settings.dataDir);
  if (state.accounts === 'done') return [];
  return connectDomains(database, settings, environment, async (domains) => {
    if (state.accounts === 'none' && (await domains.auth.tenants.ids()).length > 0) return [];
    progress.step('Creating the administrator and the sample accounts');
    writeSampleState(settings.dataDir, { ...state, accounts: 'begun' });
    return createAccounts(settings, environment, domains);
  });
}

export function markShown(dataDir: string): void {
  writeSampleState(dataDir, { ...readSampleState(dataDir), accounts: 'done' });
}

async function createAccounts(
  settings: Settings,
  environment: Environment,
  domains: Domains,
): Promise<NewAccount[]> {
  const { auth, act, database } = domains;
  const { tenant } = await findOrCreateTenant(database.ownerUrl, SAMPLE_TENANT);
  const ctx = systemContext(tenant.id);
  await limitNewTenant(domains, environment, tenant.id);
  const accounts: NewAccount[] = [];
  for (const wanted of SAMPLE_ACCOUNTS) {
    const { email, roles, groups = [] } = wanted;
    const found = await auth.users.findByEmail(ctx, email);
    const account = found
      ? await act(ctx, 'admin.user.password', { userId: found.id }, () => resetOne(domains, ctx, found))
      : await act(ctx, 'admin.user.create', { email, roles, groups }, () => createOne(domains, wanted));
    accounts.push(account);
  }
  await ensureAskToken(settings.dataDir, domains, tenant.id);
  return accounts;
}

async function createOne({ auth, database }: Domains, wanted: SeedUser): Promise<NewAccount> {
  const { users } = await seedTenant(database.ownerUrl, auth, {
    ...SAMPLE_TENANT,
    groups: SAMPLE_GROUPS,
    users: [wanted],
  });
  return {
    email: wanted.email,
    displayName: wanted.displayName,
    password: users[0]?.password ?? '',
    mustChangePassword: users[0]?.user.mustChangePassword ?? false,
  };
}

async function resetOne({ auth }: Domains, ctx: CallContext, user: UserView): Promise<NewAccount> {
  const reset = await auth.users.resetPassword(ctx, user.id, {
    mustChangePassword: user.roles.includes('admin'),
  });
  return {
    email: user.email,
    displayName: user.displayName,
    password: reset?.initialPassword ?? '',
    mustChangePassword: reset?.user.mustChangePassword ?? false,
  };
}
