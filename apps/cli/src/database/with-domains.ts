import { join } from 'node:path';
import type { Settings } from '../cli.config.js';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import type { Domains } from './connect-domains.js';
import type { OpenDatabase } from './open-database.js';

/** Folder of the signed heads, the same for every process. */
export const auditFolder = (settings: Settings) => join(settings.dataDir, 'audit');

/** Runs `work` on the database of this installation; starts the embedded one when it is not running, and stops it again. */
export async function withDatabase<T>(
  context: CommandContext,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  // Loaded when a command runs: help does without the database.
  const { openDatabase } = await import('./open-database.js');
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
    const { prepareSchema } = await import('./prepare-schema.js');
    const { connectDomains } = await import('./connect-domains.js');
    await prepareSchema(database);
    return connectDomains(database, context.settings(), context.environment, work);
  });
}
