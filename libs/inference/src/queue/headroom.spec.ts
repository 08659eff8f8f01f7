import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { ACTIVE_MS, Headroom } from './headroom.js';

describe('Headroom', () => {
  function headroomOf(...tenants: string[]): { headroom: Headroom; clock: ManualClock } {
    const clock = new ManualClock();
    const headroom = new Headroom(clock);
    for (const tenant of tenants) headroom.saw(tenant);
    return { headroom, clock };
  }

  it('a single tenant may take all there is', () => {
    const { headroom } = headroomOf('a');
    headroom.took('a', 7);
    expect(headroom.mayTake('a', 1, 8)).toBe(true);
    expect(headroom.mayTake('a', 0, 8)).toBe(false);
  });

  it('keeps room from who already holds its part, for who does not', () => {
    const { headroom } = headroomOf('a', 'b');
    headroom.took('a', 7);
    expect(headroom.mayTake('a', 1, 8)).toBe(false);
    expect(headroom.mayTake('b', 1, 8)).toBe(true);
    headroom.released('a', 4);
    expect(headroom.mayTake('a', 1, 8)).toBe(true);
  });

  it('keeps an eighth, one at least, and none where there is little', () => {
    const { headroom } = headroomOf('a', 'b');
    headroom.took('a', 60);
    expect([8, 9].map((free) => headroom.mayTake('a', free, 64))).toEqual([false, true]);
    expect([1, 2].map((free) => headroom.mayTake('a', free, 4))).toEqual([false, true]);
    expect(headroom.mayTake('a', 1, 3)).toBe(true);
  });

  it('forgets tenants that have not asked lately', () => {
    const { headroom, clock } = headroomOf('a', 'b');
    headroom.took('a', 7);
    clock.advance(ACTIVE_MS + 1);
    headroom.saw('a');
    expect(headroom.mayTake('a', 1, 8)).toBe(true);
  });
});
