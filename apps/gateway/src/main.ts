import { setFlagsFromString } from 'node:v8';
import { ConfigError, loadConfig } from '@lorekeep/kit/config';
import { createLogger } from '@lorekeep/kit/telemetry';
import { createApp } from './create-app.js';
import { appConfigShape } from './wiring/app-config.js';

/** What still hangs this long after the time for draining is left behind, in milliseconds. */
const GIVE_UP_MS = 5_000;

/**
 * By how much the old space may grow before it is collected again. V8 decides by how fast memory is taken, which is
 * fastest at the start, and lets what is garbage grow to three times what is alive.
 */
const HEAP_GROWING_PERCENT = 30;

async function main(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
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
