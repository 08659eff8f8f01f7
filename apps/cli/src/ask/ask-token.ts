import { systemContext } from '@lorekeep/kit/context';
import { renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Settings } from '../cli.config.js';
import { CliError } from '../cli.errors.js';
import type { Environment } from '../command-context.js';
import { openDatabase } from '../database/open-database.js';
import { connectDomains, type Domains } from '../database/connect-domains.js';
import { SAMPLE_EMPLOYEE, SAMPLE_TENANT } from '../seed/sample-accounts.js';
import type { Progress } from '../terminal/progress.js';
import { askTokenPath, readAskToken } from './read-ask-token.js';

/** Makes the token when there is none. */
export async function ensureAskToken(dataDir: string, domains: Domains, tenantId: string): Promise<void> {
  if (readAskToken(dataDir) === undefined) await makeAskToken(dataDir, domains, tenantId);
}

/** A new token, for one that is missing, was revoked or has expired. Throws when there is no sample employee. */
export async function renewAskToken(
  settings: Settings,
  environment: Environment,
  progress: Progress,
): Promise<string> {
  const database = await openDatabase(settings, progress);
  try {
    return await connectDomains(database, settings, environment, async (domains) => {
      const tenantId = await domains.auth.tenants.idOf(SAMPLE_TENANT.slug);
      if (!tenantId) throw noEmployee();
      return makeAskToken(settings.dataDir, domains, tenantId);
    });
  } finally {
    await database.close();
  }
}

async function makeAskToken(dataDir: string, { auth, act }: Domains, tenantId: string): Promise<string> {
  const ctx = systemContext(tenantId);
  const employee = await auth.users.findByEmail(ctx, SAMPLE_EMPLOYEE);
  if (!employee) throw noEmployee();
  const name = `lorekeep ask · ${hostname()}`.slice(0, 100);
  const scopes = ['ask', 'documents.read'];
  const { key } = await act(ctx, 'admin.key.create', { name, scopes, userId: employee.id }, () =>
    auth.apiKeys.create(ctx, { name, scopes, userId: employee.id }),
  );
  const path = askTokenPath(dataDir);
  writeFileSync(`${path}.tmp`, `${key}\n`, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
  return key;
}

function noEmployee(): CliError {
  return new CliError(
    `ask works as the sample employee ${SAMPLE_EMPLOYEE}, who does not exist in this database: use the page, or the API with a key of your own.`,
  );
}
