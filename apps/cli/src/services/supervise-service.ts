import { setTimeout as delay } from 'node:timers/promises';
import type { ChildService } from './child-service.js';

export interface Supervised {
  /** The process that runs now. */
  current(): ChildService;
  /** Settles when the service ended too often to be started again; the text says how. */
  readonly failed: Promise<string>;
  stop(patience: number): Promise<void>;
}

const RESTARTS_MAX = 5;
const WINDOW_MS = 5 * 60_000;
const PAUSE_MS = 1000;

/** Starts the service again when it ends by itself, at most five times in five minutes. */
export function superviseService(start: () => ChildService, changed: () => void): Supervised {
  let service = start();
  let stopping = false;
  const restarts: number[] = [];
  const watch = async (): Promise<string> => {
    for (;;) {
      const how = await service.ended;
      if (stopping) return new Promise<string>(() => {});
      const now = performance.now();
      while (restarts.length > 0 && (restarts[0] ?? 0) < now - WINDOW_MS) restarts.shift();
      if (restarts.length === RESTARTS_MAX) {
        return `The ${service.name} ended ${RESTARTS_MAX + 1} times in a row (${how}):\n${service.tail()}`;
      }
      restarts.push(now);
      await delay(PAUSE_MS);
      if (stopping) return new Promise<string>(() => {});
      service = start();
      changed();
    }
  };
  return {
    current: () => service,
    failed: watch(),
    stop: async (patience) => {
      stopping = true;
      await service.stop(patience);
    },
  };
}
