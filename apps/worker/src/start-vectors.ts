import { systemClock } from '@lorekeep/kit/clock';
import type { Database } from '@lorekeep/kit/database';
import type { Logger } from '@lorekeep/kit/telemetry';
import { readVectorSettings, VectorKeeper } from '@lorekeep/retrieval';
import type { WorkerConfig } from './worker.config.js';

/** Makes vectors where a model is configured, and takes away those that nobody wants any more. */
export function startVectors(database: Database, config: WorkerConfig, log: Logger): VectorKeeper {
  const keeper = new VectorKeeper(database, readVectorSettings(config), systemClock, {
    stepped: (tenantId, step) =>
      step.did === 'embedded'
        ? log.debug({ tenantId, ...step }, 'passages got vectors')
        : log.info({ tenantId, ...step }, 'vectors changed'),
    away: (tenantId, model, error, retryMs) =>
      log.warn(
        { tenantId, model, failure: error.failure, reason: error.message, retryMs },
        'the model gave no vectors; passages are found by their words meanwhile',
      ),
    failed: (tenantId, cause) =>
      log.error({ tenantId, err: cause }, 'the vectors could not be kept; tried again'),
  });
  keeper.start();
  return keeper;
}
