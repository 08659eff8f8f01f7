import { join } from 'node:path';
import type { CommandContext } from '../command-context.js';
import type { OpenDatabase } from '../database/open-database.js';
import { isRunning, readInstance } from '../instance/claim-instance.js';
import { loadSecrets } from '../secrets/load-secrets.js';
import { startService } from './child-service.js';
import { serviceEnvironment } from './service-environment.js';
import { superviseService } from './supervise-service.js';

const STOP_MS = 15_000;

/** Runs `work` while a worker runs: the one of a Lorekeep that is up, or one of our own for as long as it takes. */
export async function withWorker<T>(
  context: CommandContext,
  database: OpenDatabase,
  work: () => Promise<T>,
): Promise<T> {
  const settings = context.settings();
  const instance = readInstance(settings.dataDir);
  if (instance && isRunning(instance)) return work();
  const environment = serviceEnvironment(
    context.environment,
    settings,
    database,
    loadSecrets(settings.dataDir),
    settings.port,
  );
  const worker = superviseService(
    () =>
      startService({
        name: 'worker',
        main: join(settings.checkout, 'apps', 'worker', 'dist', 'main.js'),
        environment,
        logs: join(settings.dataDir, 'logs'),
      }),
    () => {},
  );
  try {
    const failed = worker.failed.then((why) => {
      throw new Error(why);
    });
    return await Promise.race([work(), failed]);
  } finally {
    await worker.stop(STOP_MS);
  }
}
