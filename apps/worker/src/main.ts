import { ConfigError, loadConfig } from '@lorekeep/kit/config';
import { createLogger } from '@lorekeep/kit/telemetry';
import { startWorker } from './start-worker.js';
import { workerConfigShape } from './worker.config.js';

async function main(): Promise<void> {
  const config = loadConfig(workerConfigShape);
  const log = createLogger('worker', config.LOG_LEVEL);
  // From the first moment on: a worker told to stop while it starts finishes its start and stops cleanly.
  const starting = startWorker(config, log);
  let stopping = false;
  const stop = (why: string, code: number): void => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'worker stopping');
    starting
      .then((worker) => worker.stop())
      .then(
        () => process.exit(code),
        (error: unknown) => {
          log.error({ err: error }, 'worker could not stop cleanly');
          process.exit(1);
        },
      );
  };
  process.once('SIGTERM', () => stop('SIGTERM', 0));
  process.once('SIGINT', () => stop('SIGINT', 0));
  // Started by `lorekeep start`: when the parent is gone, however it went, nobody is left to stop us.
  if (process.connected) process.once('disconnect', () => stop('the parent is gone', 0));
  const worker = await starting;
  worker.ended.catch((error: unknown) => {
    log.error({ err: error }, 'the job queue gave up');
    stop('the job queue gave up', 1);
  });
  log.info('worker ready');
  process.send?.({ ready: true });
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError || error instanceof Error ? error.message : String(error);
  process.stderr.write(`worker cannot start: ${message}\n`);
  process.exit(1);
});
