import {
  Audit,
  auditConfigSchema,
  entities as auditEntities,
  loadSigningKey,
  SignedHeads,
} from '@lorekeep/audit';
import { authConfigSchema, createAuth, entities as authEntities, type Auth } from '@lorekeep/auth';
import { loadConfig } from '@lorekeep/kit/config';
import type { Database } from '@lorekeep/kit/database';
import { join } from 'node:path';
import type { Settings } from '../cli.config.js';
import { entities as documentEntities } from '@lorekeep/retrieval';
import { CliError } from '../cli.errors.js';
import type { CommandContext, Environment } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import { connectApplication } from './connect-application.js';
import { openDatabase, type OpenDatabase } from './open-database.js';
import { prepareSchema } from './prepare-schema.js';
import { recordActs, type RecordAct } from './record-acts.js';

/** What the administrative commands work with. */
export interface Domains {
  readonly auth: Auth;
  readonly application: Database;
  readonly audit: Audit;
  /** Does something and records it in the audit of the tenant. */
  readonly act: RecordAct;
  readonly database: OpenDatabase;
}

/** Folder of the signed heads, the same for every process. */
export const auditFolder = (settings: Settings) => join(settings.dataDir, 'audit');

/** Runs `work` on the database of this installation; starts the embedded one when it is not running, and stops it again. */
export async function withDatabase<T>(
  context: CommandContext,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(context.settings(), context.progress);
  try {
    return await Promise.race([work(database), interrupted(context.signal)]);
  } finally {
    await database.close();
  }
}

/** Ctrl-C ends the command; the database rolls back what was not committed. */
function interrupted(signal: AbortSignal): Promise<never> {
  return new Promise((_done, failed) => {
    const fail = () => failed(new CliError('Interrupted.', EXIT.INTERRUPTED));
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail, { once: true });
  });
}

/** The same with an up-to-date schema and the domains' verbs. */
export async function withDomains<T>(
  context: CommandContext,
  work: (domains: Domains) => Promise<T>,
): Promise<T> {
  return withDatabase(context, async (database) => {
    await prepareSchema(database);
    return connectDomains(database, context.settings(), context.environment, work);
  });
}

/** The domains' verbs on a database whose schema is up to date. */
export async function connectDomains<T>(
  database: OpenDatabase,
  settings: Settings,
  environment: Environment,
  work: (domains: Domains) => Promise<T>,
): Promise<T> {
  const application = await connectApplication(database.appUrl, [
    ...authEntities,
    ...auditEntities,
    ...documentEntities,
  ]);
  const directory = auditFolder(settings);
  const config = loadConfig({ ...authConfigSchema, ...auditConfigSchema }, environment);
  try {
    const heads = new SignedHeads(application, { directory, key: await loadSigningKey(directory) });
    const audit = new Audit(application, { timeoutMs: config.AUDIT_TIMEOUT_MS, heads });
    try {
      return await work({
        auth: createAuth(application, config),
        application,
        audit,
        act: recordActs(audit),
        database,
      });
    } finally {
      await audit.close();
    }
  } finally {
    await application.close();
  }
}
