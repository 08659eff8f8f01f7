import type { AttemptKey } from './attempt-keys.js';
import type { Admission } from './store/throttle.repository.js';
import { countAttempt, type ThrottleState } from './throttle.js';

/** Keys remembered; the oldest make room. */
const MAX_KEYS = 10_000;

/**
 * The same slowing down where there is no tenant whose table could count: otherwise the missing block
 * would tell that the tenant does not exist.
 */
export class UnknownTenantThrottle {
  private readonly states = new Map<string, ThrottleState>();

  admit(slug: string, keys: AttemptKey[], now: number): Admission {
    const counted = keys.map(({ key, policy }) => {
      const name = `${slug}:${key}`;
      return { name, attempt: countAttempt(this.states.get(name) ?? null, policy, now) };
    });
    const waits = counted.map(({ attempt }) => (attempt.allowed ? 0 : attempt.retryAfter));
    const retryAfter = Math.max(...waits);
    if (retryAfter > 0) return { admitted: false, retryAfter };
    for (const { name, attempt } of counted) if (attempt.allowed) this.remember(name, attempt.next);
    return { admitted: true };
  }

  private remember(name: string, state: ThrottleState): void {
    this.states.delete(name);
    this.states.set(name, state);
    const oldest = this.states.keys().next().value;
    if (this.states.size > MAX_KEYS && oldest !== undefined) this.states.delete(oldest);
  }
}
