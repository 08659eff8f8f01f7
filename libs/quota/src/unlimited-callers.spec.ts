import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { UNLIMITED_CALLERS_MAX, UNLIMITED_FOR_MS, UnlimitedCallers } from './unlimited-callers.js';

const base = systemContext('00000000-0000-4000-8000-000000000001');
const caller = (userId: string | null, groupIds: string[] = []): CallContext => ({
  ...base,
  caller: { ...base.caller, userId, groupIds },
});

describe('UnlimitedCallers', () => {
  it('remembers a caller with these groups, in this tenant, for its time', () => {
    const clock = new ManualClock();
    const callers = new UnlimitedCallers(clock);
    callers.add(caller('a', ['g']));
    expect(callers.has(caller('a', ['g']))).toBe(true);
    expect(callers.has(caller('a'))).toBe(false);
    expect(callers.has(caller('a', ['g', 'h']))).toBe(false);
    expect(callers.has({ ...caller('a', ['g']), tenantId: 'other' })).toBe(false);
    clock.advance(UNLIMITED_FOR_MS - 1);
    expect(callers.has(caller('a', ['g']))).toBe(true);
    clock.advance(1);
    expect(callers.has(caller('a', ['g']))).toBe(false);
  });

  it('forgets the oldest beyond its size, and all when told', () => {
    const callers = new UnlimitedCallers(new ManualClock());
    for (let n = 0; n <= UNLIMITED_CALLERS_MAX; n++) callers.add(caller(String(n)));
    expect(callers.has(caller('0'))).toBe(false);
    expect(callers.has(caller('1'))).toBe(true);
    callers.clear();
    expect(callers.has(caller('1'))).toBe(false);
  });
});
