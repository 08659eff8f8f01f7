import { systemClock, type Clock } from '@lorekeep/kit/clock';
import type { Progress } from './progress.js';

/** Between two lines: often enough to see it move. */
const EVERY_MS = 2_000;

/** Progress lines for long work of known size: `demo: 120,000 of 1,000,000 passages, about 2 min left`. */
export function remainingTime(
  progress: Progress,
  label: string,
  clock: Clock = systemClock,
): (done: number, total: number) => void {
  const began = clock.monotonic();
  let said = began;
  return (done, total) => {
    const now = clock.monotonic();
    if (now - said < EVERY_MS) return;
    said = now;
    const left = done > 0 ? `, about ${duration(((now - began) * (total - done)) / done)} left` : '';
    progress.step(`${label}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} passages${left}`);
  };
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
