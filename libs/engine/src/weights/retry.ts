import { setTimeout as delay } from 'node:timers/promises';
import { TransientFault } from './weight-source.js';
import { WeightsFault } from './weights.errors.js';

/** In vain, one after another; whatever comes in between begins the count again. */
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 1000;

export interface RetrySettings {
  /** Pause after the first try in vain; doubled with each. */
  readonly pauseMs?: number | undefined;
}

/** Repeats what a source breaks off. `progressed` says whether the last try brought anything. */
export async function retry<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  { pauseMs = FIRST_PAUSE_MS }: RetrySettings,
  progressed: () => boolean = () => false,
): Promise<T> {
  let vain = 0;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransientFault)) throw error;
      vain = progressed() ? 1 : vain + 1;
      if (vain >= MAX_TRIES)
        throw new WeightsFault(
          'ENGINE_WEIGHTS_UNREACHABLE',
          `${error.message}, ${MAX_TRIES} times in a row; a later fetch goes on with what was kept.`,
          error,
        );
      await delay(error.waitMs ?? pauseMs * 2 ** (vain - 1), undefined, { signal });
    }
  }
}
