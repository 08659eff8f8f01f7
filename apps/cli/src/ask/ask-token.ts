import { authConfigSchema, createAuth, entities, type Auth } from '@lorekeep/auth';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../cli.config.js';
import { CliError } from '../cli.errors.js';
import type { Environment } from '../command-context.js';
import { connectApplication } from '../database/connect-application.js';
import { openDatabase } from '../database/open-database.js';
import { SAMPLE_EMPLOYEE, SAMPLE_TENANT } from '../seed/sample-accounts.js';
import type { Progress } from '../terminal/progress.js';

/** An API key of the sample employee, so that `ask` never wants a password: DATA_DIR/ask-token, mode 600. */
const FILE = 'ask-token';

export function readAskToken(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, FILE), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Makes the token when there is none. */
export async function ensureAskToken(dataDir: string, auth: Auth, tenantId: string): Promise<void> {
  if (readAskToken(dataDir) === undefined) await makeAskToken(dataDir, auth, tenantId);
}

/** A new token, for one that is missing, was revoked or has expired. Throws when there is no sample employee. */
export async function renewAskToken(
  settings: Settings,
  environment: Environment,
  progress: Progress,
): Promise<string> {
  const database = await openDatabase(settings, progress);
  try {
    const application = await connectApplication(database.appUrl, entities);
    try {
      const auth = createAuth(application, loadConfig(authConfigSchema, environment));
      const tenantId = await auth.tenants.idOf(SAMPLE_TENANT.slug);
      if (!tenantId) throw noEmployee();
      return await makeAskToken(settings.dataDir, auth, tenantId);
    } finally {
      await application.close();
    }
  } finally {
    await database.close();
  }
}

async function makeAskToken(dataDir: string, auth: Auth, tenantId: string): Promise<string> {
  const ctx = systemContext(tenantId);
  const employee = await auth.users.findByEmail(ctx, SAMPLE_EMPLOYEE);
  if (!employee) throw noEmployee();
  const name = `Command line on ${hostname()}`.slice(0, 100);
  const { key } = await auth.apiKeys.create(ctx, {
    name,
    scopes: ['ask', 'documents.read'],
    userId: employee.id,
  });
  const path = join(dataDir, FILE);
  writeFileSync(`${path}.tmp`, `${key}\n`, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
  return key;
}

function noEmployee(): CliError {
  return new CliError(
    `ask works as the sample employee ${SAMPLE_EMPLOYEE}, who does not exist in this database: use the page, or the API with a key of your own.`,
  );
}
