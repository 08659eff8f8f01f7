import { ConfigError, loadConfig } from '@lorekeep/kit/config';
import { createLogger } from '@lorekeep/kit/telemetry';
import { createApp } from './create-app.js';
import { appConfigShape } from './wiring/app-config.js';

/** What still hangs this long after the time for draining is left behind, in milliseconds. */
const GIVE_UP_MS = 5_000;

async function main(): Promise<void> {
  const config = loadConfig(appConfigShape);
  const log = createLogger('gateway', config.LOG_LEVEL);
  const app = await createApp(config, log);
  const limit = config.GATEWAY_DRAIN_SECONDS * 1_000 + GIVE_UP_MS;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => setTimeout(() => process.exit(1), limit).unref());
  }
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
