import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../cli.errors.js';
import type { ChildService } from './child-service.js';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const ANSWER_TIMEOUT_MS = 2000;

/** Waits until /readyz answers 200; throws when the gateway ends or takes too long. */
export async function awaitReady(gateway: ChildService, url: string, signal: AbortSignal): Promise<void> {
  let over: string | undefined;
  void gateway.ended.then((how) => (over = how));
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    if (await isReady(url)) return;
    if (over !== undefined)
      throw new CliError(`The gateway ended while it started (${over}):\n${gateway.tail()}`);
    await delay(POLL_MS);
  }
  throw new CliError(
    `The gateway was not ready after ${READY_TIMEOUT_MS / 1000} seconds:\n${gateway.tail()}`,
  );
}

export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
