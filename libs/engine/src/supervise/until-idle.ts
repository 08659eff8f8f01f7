import type { SuperviseLimits } from './instance-parts.js';
import type { Pace } from './pace.js';
import type { EngineMetrics } from './read-metrics.js';

/** Requests that run or wait. */
export function workOf(metrics: EngineMetrics | undefined): number {
  return (metrics?.running ?? 0) + (metrics?.waiting ?? 0);
}

/** Until nothing runs, seen twice: a request may have been on its way at the first look. At most `drainMs`. */
export async function untilIdle(
  pace: Pace,
  { drainMs, lookEveryMs }: SuperviseLimits,
  work: () => number | undefined,
): Promise<void> {
  const deadline = pace.monotonic() + drainMs;
  for (let quiet = 0; quiet < 2 && pace.monotonic() < deadline;) {
    await pace.sleep(lookEveryMs);
    quiet = work() ? 0 : quiet + 1;
  }
}
