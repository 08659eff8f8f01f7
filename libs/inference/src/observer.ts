import type { OpenReason } from './replicas/breaker.js';

/** What operators want to know, as it happens. Names come from closed lists: settings and codes, never a caller's. */
export interface InferenceObserver {
  replicaChanged(replica: string, state: 'open' | 'closed', reason: OpenReason | null): void;
  /** An engine host registered itself, left, or fell silent for too long. */
  hostChanged(replica: string, state: 'registered' | 'gone'): void;
  /** A question went to another replica before its first byte. */
  retried(code: string): void;
  /** A question has got its turn; 0 seconds: at once. */
  admitted(priority: string, seconds: number): void;
  /** A question did not get its turn. */
  turnedAway(priority: string, why: 'full' | 'late' | 'left'): void;
  /** History or passages were left out so that the prompt fits. */
  shortened(): void;
}

export const SILENT: InferenceObserver = {
  replicaChanged: () => undefined,
  hostChanged: () => undefined,
  retried: () => undefined,
  admitted: () => undefined,
  turnedAway: () => undefined,
  shortened: () => undefined,
};
