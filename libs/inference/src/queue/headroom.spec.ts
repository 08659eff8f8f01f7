import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { ACTIVE_MS, Headroom, KEPT_MS } from './headroom.js';

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

  it('keeps what others had at once a moment ago, up to their part', () => {
    const { headroom, clock } = headroomOf('a', 'b');
    headroom.took('b', 3);
    headroom.released('b', 3);
    headroom.took('a', 4);
    expect([3, 4].map((free) => headroom.mayTake('a', free, 8))).toEqual([false, true]);
    headroom.took('b', 2);
    expect([1, 2].map((free) => headroom.mayTake('a', free, 8))).toEqual([false, true]);
    headroom.released('b', 2);
    headroom.took('b', 7);
    headroom.released('b', 7);
    expect([4, 5].map((free) => headroom.mayTake('a', free, 8))).toEqual([false, true]);
    clock.advance(2 * KEPT_MS);
    expect([1, 2].map((free) => headroom.mayTake('a', free, 8))).toEqual([false, true]);
  });

  it('forgets tenants that have not asked lately', () => {
    const { headroom, clock } = headroomOf('a', 'b');
    headroom.took('a', 7);
    clock.advance(ACTIVE_MS + 1);
    headroom.saw('a');
    expect(headroom.mayTake('a', 1, 8)).toBe(true);
  });
});
