import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import type { LogEvent } from './log-event.js';
import { readLine } from './read-line.js';
import { COLD, StartProgress, WARM, type ProgressReading, type StageSeconds } from './start-progress.js';

/** Recorded lines with the second at which each came. */
function recording(name: string): { at: number; events: LogEvent[] }[] {
  const path = join(process.cwd(), 'libs/engine/src/log/testing', name);
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => /^ *([\d.]+) (.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, at, line = '']) => ({
      at: Number(at),
      events: readLine(line).flatMap(({ events }) => events),
    }));
}

/** A reading every second while the recording is played, `speed` times as slow as it was. */
function play(name: string, expected: StageSeconds, speed = 1): { at: number; read: ProgressReading }[] {
  const clock = new ManualClock(0);
  const progress = new StartProgress(clock, expected);
  const readings: { at: number; read: ProgressReading }[] = [];
  let second = 0;
  for (const { at, events } of recording(name)) {
    for (; second < at * speed; second += 1) {
      clock.advance(second * 1000 - clock.now());
      readings.push({ at: second, read: progress.read() });
    }
    clock.advance(Math.max(0, at * speed * 1000 - clock.now()));
    for (const event of events) progress.see(event);
  }
  readings.push({ at: second, read: progress.read() });
  return readings;
}

describe('the progress of a start', () => {
  it.each([
    ['start-cold.txt', COLD, 1],
    ['start-warm.txt', WARM, 1],
    ['start-warm.txt', COLD, 1],
    ['start-cold.txt', COLD, 4],
    ['start-cold.txt', WARM, 1],
  ] as const)('of %s never goes back and ends before 100', (name, expected, speed) => {
    const percents = play(name, expected, speed).map(({ read }) => read.percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(0)).toBe(0);
    expect(percents.at(-1)).toBeGreaterThan(80);
    expect(percents.at(-1)).toBeLessThanOrEqual(99);
  });

  it.each([
    ['start-cold.txt', COLD, 1, 201],
    ['start-warm.txt', WARM, 1, 83],
    ['start-cold.txt', COLD, 3, 603],
  ] as const)(
    'of %s says what remains within a third once a quarter has passed',
    (name, expected, speed, total) => {
      const later = play(name, expected, speed).filter(({ at }) => at > total / 4 && at < total * 0.8);
      const wrong = later.filter(({ at, read }) => {
        const left = total - at + expected.warm * speed;
        return Math.abs(read.remainingSeconds - left) > total / 3;
      });
      expect(wrong).toEqual([]);
    },
  );

  it('expects a short rest once the compile cache was found', () => {
    const clock = new ManualClock(0);
    const progress = new StartProgress(clock, COLD);
    for (const stage of ['arguments', 'engine', 'distributed', 'weights', 'compile'] as const) {
      clock.advance(COLD.launch * 1000);
      progress.see({ kind: 'stage', stage });
    }
    const before = progress.read().remainingSeconds;
    progress.see({ kind: 'cached' });
    expect(progress.read().remainingSeconds).toBeLessThan(before / 2);
  });

  it('gives what each stage took to the next start', () => {
    const clock = new ManualClock(0);
    const progress = new StartProgress(clock);
    clock.advance(3_000);
    progress.see({ kind: 'stage', stage: 'arguments' });
    clock.advance(2_000);
    progress.see({ kind: 'stage', stage: 'graphs' });
    expect(progress.timings()).toMatchObject({ launch: 3, arguments: 2, engine: 0 });
  });

  it('of warming follows the batch sizes', () => {
    const progress = new StartProgress(new ManualClock(0));
    progress.warmed(3, 4);
    expect(progress.read()).toMatchObject({ stage: 'warm' });
    expect(progress.read().percent).toBeGreaterThan(95);
  });
});
