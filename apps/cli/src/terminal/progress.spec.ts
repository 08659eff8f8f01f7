import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { Progress } from './progress.js';

describe('Progress', () => {
  it('writes the time since it began', () => {
    const lines: string[] = [];
    const clock = new ManualClock();
    const progress = new Progress((line) => lines.push(line), clock);
    clock.advance(1240);
    progress.step('Starting');
    progress.say('plain');
    expect(lines).toEqual(['[  1.2 s] Starting', 'plain']);
  });
});
