import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { countAttempt, type ThrottlePolicy, type ThrottleState } from './throttle.js';

const POLICY: ThrottlePolicy = { free: 3, base: 1_000, cap: 60_000, forget: 3_600_000 };

function attempts(clock: ManualClock) {
  let state: ThrottleState | null = null;
  return () => {
    const outcome = countAttempt(state, POLICY, clock.now());
    if (outcome.allowed) state = outcome.next;
    return outcome.allowed ? 0 : outcome.retryAfter;
  };
}

describe('countAttempt', () => {
  it('lets the free attempts through and then doubles the wait up to its bound', () => {
    const clock = new ManualClock();
    const attempt = attempts(clock);
    for (let n = 0; n < POLICY.free; n++) expect(attempt()).toBe(0);
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      const wait = attempt();
      waits.push(wait);
      clock.advance(wait);
      expect(attempt()).toBe(0);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('does not lengthen a block by attempts during it', () => {
    const clock = new ManualClock();
    const attempt = attempts(clock);
    for (let n = 0; n < POLICY.free; n++) attempt();
    for (let n = 0; n < 1_000; n++) expect(attempt()).toBe(1_000);
    clock.advance(999);
    expect(attempt()).toBe(1);
    clock.advance(1);
    expect(attempt()).toBe(0);
  });

  it('forgets after a while, at its edge', () => {
    const clock = new ManualClock();
    const attempt = attempts(clock);
    for (let n = 0; n < POLICY.free - 1; n++) attempt();
    clock.advance(POLICY.forget);
    for (let n = 0; n < POLICY.free; n++) expect(attempt()).toBe(0);
    expect(attempt()).toBe(1_000);
  });

  it('stays exact after very many failures', () => {
    const state = { failures: 1_000_000, firstFailureAt: 0, blockedUntil: null };
    const outcome = countAttempt(state, POLICY, 1_000);
    expect(outcome).toMatchObject({ allowed: true, next: { blockedUntil: 61_000 } });
  });
});
