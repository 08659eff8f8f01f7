import type { AttemptKey } from './attempt-keys.js';
import type { Admission } from './store/throttle.repository.js';
import { countAttempt, type ThrottleState } from './throttle.js';

/** Keys remembered; the oldest make room. */
const MAX_KEYS = 10_000;

/** Counts attempts of this process, for what no tenant's table can count. */
export class MemoryThrottle {
  private readonly states = new Map<string, ThrottleState>();

  /** Counts the attempt under all keys, or under none when one of them is blocked. */
  admit(scope: string, keys: readonly AttemptKey[], now: number): Admission {
    const counted = keys.map(({ key, policy }) => {
      const name = `${scope}:${key}`;
      return { name, attempt: countAttempt(this.states.get(name) ?? null, policy, now) };
    });
    const waits = counted.map(({ attempt }) => (attempt.allowed ? 0 : attempt.retryAfter));
    const retryAfter = Math.max(0, ...waits);
    if (retryAfter > 0) return { admitted: false, retryAfter };
    for (const { name, attempt } of counted) if (attempt.allowed) this.remember(name, attempt.next);
    return { admitted: true };
  }

  /** The attempt was none, or was right. */
  giveBack(scope: string, keys: readonly AttemptKey[]): void {
    for (const { key } of keys) {
      const name = `${scope}:${key}`;
      const state = this.states.get(name);
      if (state)
        this.states.set(name, { ...state, failures: Math.max(0, state.failures - 1), blockedUntil: null });
    }
  }

  private remember(name: string, state: ThrottleState): void {
    this.states.delete(name);
    this.states.set(name, state);
    const oldest = this.states.keys().next().value;
    if (this.states.size > MAX_KEYS && oldest !== undefined) this.states.delete(oldest);
  }
}
