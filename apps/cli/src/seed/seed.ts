import { createAuth, entities, authConfigSchema, seedTenant, type Auth } from '@lorekeep/auth';
import { loadConfig } from '@lorekeep/kit/config';
import { ensureAskToken } from '../ask/ask-token.js';
import type { Settings } from '../cli.config.js';
import type { Environment } from '../command-context.js';
import { connectApplication } from '../database/connect-application.js';
import type { OpenDatabase } from '../database/open-database.js';
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
  const application = await connectApplication(database.appUrl, entities);
  try {
    const auth = createAuth(application, loadConfig(authConfigSchema, environment));
    if (state.accounts === 'none' && (await auth.tenants.ids()).length > 0) return [];
    progress.step('Creating the administrator and the sample accounts');
    writeSampleState(settings.dataDir, { ...state, accounts: 'begun' });
    return await createAccounts(options, auth);
  } finally {
    await application.close();
  }
}

async function createAccounts(options: SeedOptions, auth: Auth): Promise<NewAccount[]> {
  const { settings, database } = options;
  const { tenant, users } = await seedTenant(database.ownerUrl, auth, {
    ...SAMPLE_TENANT,
    groups: SAMPLE_GROUPS,
    users: [...SAMPLE_ACCOUNTS],
  });
  await ensureAskToken(settings.dataDir, auth, tenant.id);
  writeSampleState(settings.dataDir, { ...readSampleState(settings.dataDir), accounts: 'done' });
  return users.flatMap(({ user, password }) =>
    password === null ? [] : [{ email: user.email, displayName: user.displayName, password }],
  );
}
