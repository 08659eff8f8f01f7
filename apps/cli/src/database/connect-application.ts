import type { Database } from '@lorekeep/kit/database';

const POOL_SIZE = 4;
const STATEMENT_TIMEOUT_MS = 60_000;

/** The database as the application's role sees it, for one command. */
export async function connectApplication(url: string): Promise<Database> {
  const { connectPool } = await import('@lorekeep/kit/database');
  return connectPool({
    url,
    poolSize: POOL_SIZE,
    statementTimeout: STATEMENT_TIMEOUT_MS,
    applicationName: 'lorekeep-cli',
  });
}
