import { ConfigError, loadConfig } from '@lorekeep/kit/config';
import { createLogger } from '@lorekeep/kit/telemetry';
import { engineAppConfigShape } from './engine-app.config.js';
import { startEngine } from './start-engine.js';

async function main(): Promise<void> {
  const config = loadConfig(engineAppConfigShape);
  const log = createLogger('engine', config.LOG_LEVEL);
  const starting = startEngine(config, log);
  let stopping = false;
  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'engine host stopping');
    starting
      .then((engine) => engine.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'engine host could not stop cleanly');
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      stop(signal);
      // Twice the same is meant: a host that ended at once would leave its vLLM on the cards.
      process.on(signal, () => void starting.then((engine) => engine.hurry()).catch(() => undefined));
    });
  const engine = await starting;
  void engine.ending.then(() => stop('asked to'));
  log.info({ url: engine.url }, 'engine host ready');
  process.send?.({ ready: true });
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError || error instanceof Error ? error.message : String(error);
  process.stderr.write(`engine host cannot start: ${message}\n`);
  process.exit(1);
});
