import { describe, expect, it } from '@jest/globals';
import type { WeightsProgress } from '@lorekeep/engine';
import { systemClock } from '@lorekeep/kit/clock';
import { Progress } from '../terminal/progress.js';
import { showProgress } from './show-progress.js';

describe('showProgress', () => {
  function open() {
    const lines: string[] = [];
    let now = 0;
    const clock = { ...systemClock, monotonic: () => now };
    const show = showProgress(new Progress((line) => lines.push(line), clock), clock);
    const event: WeightsProgress = {
      ...{ phase: 'fetching', file: 'model-1.safetensors', number: 1, files: 3 },
      ...{ bytes: 0, total: 13_800_000_000 },
    };
    const at = (milliseconds: number, bytes: number, more: Partial<WeightsProgress> = {}) => {
      now = milliseconds;
      show({ ...event, bytes, ...more });
    };
    return { lines, at };
  }

  it('says how far it is, how fast and how much longer, every two seconds', () => {
    const { lines, at } = open();
    at(1_999, 1_000_000_000);
    expect(lines).toEqual([]);
    at(8_000, 4_100_000_000);
    at(9_999, 5_000_000_000);
    at(10_000, 5_000_000_000);
    expect(lines).toEqual([
      '[  8.0 s] fetching model-1.safetensors (1 of 3): 4.1 of 13.8 GB, 513 MB/s, about 19 s left',
      '[ 10.0 s] fetching model-1.safetensors (1 of 3): 5.0 of 13.8 GB, 500 MB/s, about 18 s left',
    ]);
  });

  it('foretells nothing of a size that nobody knows', () => {
    const { lines, at } = open();
    at(2_000, 1_000_000_000, { total: 0 });
    expect(lines).toEqual(['[  2.0 s] fetching model-1.safetensors (1 of 3): 1.0 GB, 500 MB/s']);
  });
});
