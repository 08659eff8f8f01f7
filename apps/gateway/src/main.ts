import { ConfigError, loadConfig } from '@lorekeep/kit/config';
import { createLogger } from '@lorekeep/kit/telemetry';
import { createApp } from './create-app.js';
import { appConfigShape } from './wiring/app-config.js';

async function main(): Promise<void> {
  const config = loadConfig(appConfigShape);
  const log = createLogger('gateway', config.LOG_LEVEL);
  const app = await createApp(config, log);
  await app.listen(config.PORT, config.HOST);
  log.info({ address: await app.getUrl() }, 'gateway ready');
  // Started by `lorekeep start`: when the parent is gone, however it went, nobody is left to stop us.
  if (process.connected) {
    process.send?.({ ready: await app.getUrl() });
    process.once('disconnect', () => void app.close().finally(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  const message =
    error instanceof ConfigError ? error.message : error instanceof Error ? error.message : String(error);
  process.stderr.write(`gateway cannot start: ${message}\n`);
  process.exit(1);
});
