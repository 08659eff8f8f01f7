import { Audit, auditConfigSchema, loadSigningKey, SignedHeads } from '@lorekeep/audit';
import { authConfigSchema, createAuth, type Auth } from '@lorekeep/auth';
import { loadConfig } from '@lorekeep/kit/config';
import type { Database } from '@lorekeep/kit/database';
import type { Settings } from '../cli.config.js';
import type { Environment } from '../command-context.js';
import { connectApplication } from './connect-application.js';
import type { OpenDatabase } from './open-database.js';
import { recordActs, type RecordAct } from './record-acts.js';
import { auditFolder } from './with-domains.js';

/** What the administrative commands work with. */
export interface Domains {
  readonly auth: Auth;
  readonly application: Database;
  readonly audit: Audit;
  /** Does something and records it in the audit of the tenant. */
  readonly act: RecordAct;
  readonly database: OpenDatabase;
}

/** The domains' verbs on a database whose schema is up to date. */
export async function connectDomains<T>(
  database: OpenDatabase,
  settings: Settings,
  environment: Environment,
  work: (domains: Domains) => Promise<T>,
): Promise<T> {
  const application = await connectApplication(database.appUrl);
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
