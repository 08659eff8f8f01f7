import type { Database, Entities } from '@lorekeep/kit/database';

const POOL_SIZE = 4;
const STATEMENT_TIMEOUT_MS = 60_000;

/** The database as the application's role sees it, for one command. */
export async function connectApplication(url: string, entities: Entities): Promise<Database> {
  const { connectDatabase } = await import('@lorekeep/kit/database');
  return connectDatabase({
    url,
    entities,
    poolSize: POOL_SIZE,
    statementTimeout: STATEMENT_TIMEOUT_MS,
    applicationName: 'lorekeep-cli',
  });
}
