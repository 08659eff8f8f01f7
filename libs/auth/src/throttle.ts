/** How attempts under one key are slowed down; times in milliseconds. */
export interface ThrottlePolicy {
  /** Failures that cost no waiting. */
  readonly free: number;
  /** First waiting time; doubles with each further failure. */
  readonly base: number;
  /** Longest waiting time. It bounds what a stranger's attempts can do to a person. */
  readonly cap: number;
  /** Time from the first failure after which the count begins anew. */
  readonly forget: number;
}

export interface ThrottleState {
  readonly failures: number;
  readonly firstFailureAt: number;
  readonly blockedUntil: number | null;
}

export type Attempt = { allowed: true; next: ThrottleState } | { allowed: false; retryAfter: number };

/**
 * Counts an attempt as failed before it is made, so that attempts at the same time cannot share one count;
 * a success gives it back. Attempts during a block are refused and do not lengthen it.
 */
export function countAttempt(state: ThrottleState | null, policy: ThrottlePolicy, now: number): Attempt {
  if (state?.blockedUntil && state.blockedUntil > now) {
    return { allowed: false, retryAfter: state.blockedUntil - now };
  }
  const fresh = !state || state.failures === 0 || now - state.firstFailureAt >= policy.forget;
  const failures = fresh ? 1 : state.failures + 1;
  const over = failures - policy.free;
  // 2 ** 30 is far above any cap and still an exact number.
  const wait = over < 0 ? 0 : Math.min(policy.cap, policy.base * 2 ** Math.min(over, 30));
  return {
    allowed: true,
    next: {
      failures,
      firstFailureAt: fresh ? now : state.firstFailureAt,
      blockedUntil: wait > 0 ? now + wait : null,
    },
  };
}
