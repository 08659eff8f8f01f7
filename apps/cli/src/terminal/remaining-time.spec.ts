import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { Progress } from './progress.js';
import { remainingTime } from './remaining-time.js';

describe('remainingTime', () => {
  it('says how much is done and how long the rest takes, not too often', () => {
    const clock = new ManualClock();
    const lines: string[] = [];
    const tell = remainingTime(new Progress((line) => lines.push(line), clock), 'demo', clock);
    tell(0, 200_000);
    clock.advance(1_999);
    tell(999, 200_000);
    expect(lines).toEqual([]);
    clock.advance(8_001);
    tell(20_000, 200_000);
    clock.advance(10_000);
    tell(21_000, 2_000_000);
    expect(lines).toEqual([
      '[ 10.0 s] demo: 20,000 of 200,000 passages, about 90 s left',
      '[ 20.0 s] demo: 21,000 of 2,000,000 passages, about 31 min left',
    ]);
  });
});
