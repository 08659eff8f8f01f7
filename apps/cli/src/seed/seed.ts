import { findOrCreateTenant, seedTenant, type SeedUser } from '@lorekeep/auth';
import { systemContext } from '@lorekeep/kit/context';
import { ensureAskToken } from '../ask/ask-token.js';
import type { Settings } from '../cli.config.js';
import type { Environment } from '../command-context.js';
import type { OpenDatabase } from '../database/open-database.js';
import { connectDomains, type Domains } from '../database/with-domains.js';
import type { Progress } from '../terminal/progress.js';
import { readSampleState, writeSampleState } from './sample-state.js';
import { SAMPLE_ACCOUNTS, SAMPLE_GROUPS, SAMPLE_TENANT } from './sample-accounts.js';

/** An account that was created now, with the password that is shown once. */
export interface NewAccount {
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
}

export interface SeedOptions {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly database: OpenDatabase;
  readonly progress: Progress;
}

/**
 * Creates tenant, administrator and sample accounts in a database that has no tenant yet, and goes on where an earlier
 * start was interrupted. A database with tenants of its own is left alone. Returns the accounts created now.
 */
export async function seed(options: SeedOptions): Promise<NewAccount[]> {
  const { settings, environment, database, progress } = options;
  const state = readSampleState(settings.dataDir);
  if (state.accounts === 'done') return [];
  return connectDomains(database, settings, environment, async (domains) => {
    if (state.accounts === 'none' && (await domains.auth.tenants.ids()).length > 0) return [];
    progress.step('Creating the administrator and the sample accounts');
    writeSampleState(settings.dataDir, { ...state, accounts: 'begun' });
    const accounts = await createAccounts(settings, domains);
    writeSampleState(settings.dataDir, { ...state, accounts: 'done' });
    return accounts;
  });
}

async function createAccounts(settings: Settings, domains: Domains): Promise<NewAccount[]> {
  const { auth, act, database } = domains;
  const { tenant } = await findOrCreateTenant(database.ownerUrl, SAMPLE_TENANT);
  const ctx = systemContext(tenant.id);
  const accounts: NewAccount[] = [];
  for (const wanted of SAMPLE_ACCOUNTS) {
    const { email, roles, groups = [] } = wanted;
    if (await auth.users.findByEmail(ctx, email)) continue;
    const account = await act(ctx, 'admin.user.create', { email, roles, groups }, () =>
      createOne(domains, wanted),
    );
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
  return { email: wanted.email, displayName: wanted.displayName, password: users[0]?.password ?? '' };
}
