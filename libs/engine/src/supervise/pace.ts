import { setTimeout as delay } from 'node:timers/promises';
import { systemClock, type Clock } from '@lorekeep/kit/clock';

/** Time as the supervisor knows it: what it reads, and how it waits. Tests steer both. */
export interface Pace extends Clock {
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemPace: Pace = {
  now: () => systemClock.now(),
  monotonic: () => systemClock.monotonic(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
};

/** So many milliseconds, or where they are null for as long as nobody says that it goes on. */
export async function pauseFor(pace: Pace, milliseconds: number | null, signal: AbortSignal): Promise<void> {
  if (milliseconds !== null) return pace.sleep(milliseconds, signal);
  if (!signal.aborted) await new Promise((woken) => signal.addEventListener('abort', woken));
}
