import type { EngineMetrics } from './read-metrics.js';

/**
 * Requests run and nothing moves: neither tokens nor the KV cache (a long prompt is read for seconds before its first
 * token, but fills the cache meanwhile). Requests that only wait never trip it.
 */
export class StallDetector {
  private movedAt: number | undefined;
  private last = '';

  constructor(private readonly afterMs: number) {}

  /** Milliseconds of standstill once they exceed the limit, else nothing. `at` is a monotonic reading. */
  see(metrics: EngineMetrics, at: number): number | undefined {
    const sign = `${metrics.generatedTokens} ${metrics.promptTokens} ${metrics.cacheUsage}`;
    if (metrics.running === 0 || sign !== this.last || this.movedAt === undefined) {
      this.last = sign;
      this.movedAt = at;
      return undefined;
    }
    const still = at - this.movedAt;
    return still >= this.afterMs ? still : undefined;
  }

  /** The metrics could not be read: what they would have said is not known. */
  forget(): void {
    this.movedAt = undefined;
  }
}
