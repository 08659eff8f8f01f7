import type { SuperviseLimits } from './instance-parts.js';
import type { Pace } from './pace.js';
import type { EngineMetrics } from './read-metrics.js';

/** Until nothing runs, seen twice: a request may have been on its way at the first look. At most `drainMs`. */
export async function untilIdle(
  pace: Pace,
  { drainMs, lookEveryMs }: SuperviseLimits,
  metrics: () => EngineMetrics | undefined,
): Promise<void> {
  const deadline = pace.monotonic() + drainMs;
  for (let quiet = 0; quiet < 2 && pace.monotonic() < deadline;) {
    await pace.sleep(lookEveryMs);
    const { running, waiting } = metrics() ?? { running: 0, waiting: 0 };
    quiet = running + waiting === 0 ? quiet + 1 : 0;
  }
}
