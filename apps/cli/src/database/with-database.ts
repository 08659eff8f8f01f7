import { authConfigSchema, createAuth, entities, type Auth } from '@lorekeep/auth';
import { loadConfig } from '@lorekeep/kit/config';
import { migrate } from '@lorekeep/kit/database';
import { migrations } from '@lorekeep/migrations';
import type { CommandContext } from '../command-context.js';
import { connectApplication } from './connect-application.js';
import { openDatabase, type OpenDatabase } from './open-database.js';

/** Runs `work` on the database of this installation; starts the embedded one when it is not running, and stops it again. */
export async function withDatabase<T>(
  context: CommandContext,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(context.settings(), context.progress);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** The same with an up-to-date schema and the verbs of auth. */
export async function withAuth<T>(
  context: CommandContext,
  work: (auth: Auth, database: OpenDatabase) => Promise<T>,
): Promise<T> {
  return withDatabase(context, async (database) => {
    await migrate({ ownerUrl: database.ownerUrl, appRole: database.appRole, migrations });
    const application = await connectApplication(database.appUrl, entities);
    try {
      return await work(createAuth(application, loadConfig(authConfigSchema, context.environment)), database);
    } finally {
      await application.close();
    }
  });
}
