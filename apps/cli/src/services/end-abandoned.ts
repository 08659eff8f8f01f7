import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from '../instance/claim-instance.js';
import { processIdentity } from '@lorekeep/kit/process';

const PATIENCE_MS = 5000;
const POLL_MS = 50;

/** Ends gateway and worker of an instance that was killed: exactly those processes, told by id and start time. */
export async function endAbandoned(instance: Instance): Promise<number> {
  const alive = instance.children.filter((child) => processIdentity(child.pid) === child.identity);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const child of alive) {
      if (processIdentity(child.pid) === child.identity) process.kill(child.pid, signal);
    }
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      if (alive.every((child) => processIdentity(child.pid) !== child.identity)) return alive.length;
      await delay(POLL_MS);
    }
  }
  return alive.length;
}
