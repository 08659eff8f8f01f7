import type { Ending } from './instance-status.js';
import { MemoryWatch } from './memory-watch.js';
import type { Pace } from './pace.js';
import type { EngineMetrics } from './read-metrics.js';
import type { ReplicaClient } from './replica-client.js';
import { StallDetector } from './stall-detector.js';

export interface WatchLimits {
  /** Between two looks at /health and /metrics. */
  readonly lookEveryMs: number;
  readonly lookTimeoutMs: number;
  /** Looks in a row that may go unanswered. */
  readonly silentLooks: number;
  readonly stallAfterMs: number;
  readonly probeEveryMs: number;
  readonly probeTimeoutMs: number;
  /** Share of a card's memory above which an instance is rebuilt, and for how long. */
  readonly memoryShare: number;
  readonly memoryForMs: number;
}

export interface Sight {
  readonly metrics?: EngineMetrics;
  readonly probeSeconds?: number;
  readonly cardShare?: number;
}

export interface WatchParts {
  readonly client: ReplicaClient;
  readonly pace: Pace;
  readonly limits: WatchLimits;
  /** Whether a process that must live has gone. */
  isWorkerGone(): boolean;
  /** The largest share of the instance's cards that is in use; null where it cannot be read. */
  cardShare(): Promise<number | null>;
  onSight(sight: Sight): void;
  /** True when the watch should end although all is well: the ladder wants to climb. */
  mayEnd(metrics: EngineMetrics): boolean;
}

/** Watches a ready replica until something is wrong, or nothing is and it may be rebuilt (`climb`). */
export async function watchReplica(
  parts: WatchParts,
  signal: AbortSignal,
): Promise<Ending | 'climb' | undefined> {
  const watch = new Watch(parts);
  while (!signal.aborted) {
    const seen = await watch.look();
    if (seen) return seen;
    await parts.pace.sleep(parts.limits.lookEveryMs, signal);
  }
  return undefined;
}

class Watch {
  private silent = 0;
  private probing: { ending: Ending | undefined } | undefined;
  private probedAt: number;
  private last: EngineMetrics | undefined;
  private readonly stall: StallDetector;
  private readonly memory: MemoryWatch;

  constructor(private readonly parts: WatchParts) {
    const { limits, pace } = parts;
    this.probedAt = pace.monotonic();
    this.stall = new StallDetector(limits.stallAfterMs);
    this.memory = new MemoryWatch(limits.memoryShare, limits.memoryForMs);
  }

  async look(): Promise<Ending | 'climb' | undefined> {
    const { client, limits, pace } = this.parts;
    if (this.parts.isWorkerGone()) return { kind: 'log', cause: { kind: 'worker-died' } };
    const [health, metrics, share] = await Promise.all([
      client.health(limits.lookTimeoutMs),
      client.metrics(limits.lookTimeoutMs),
      this.parts.cardShare().catch(() => null),
    ]);
    if (health === 'dead') return { kind: 'unhealthy' };
    this.silent = health === 'well' ? 0 : this.silent + 1;
    if (this.silent >= limits.silentLooks) return { kind: 'unhealthy' };
    const at = pace.monotonic();
    this.parts.onSight({ ...(metrics ? { metrics } : {}), ...(share === null ? {} : { cardShare: share }) });
    if (share !== null && this.memory.see(share, at)) return { kind: 'memory-high', share };
    if (!metrics) {
      this.stall.forget();
      return undefined;
    }
    const still = this.stall.see(metrics, at);
    if (still !== undefined) return { kind: 'stalled', seconds: Math.round(still / 1000) };
    const ending = this.probe(metrics, at);
    this.last = metrics;
    if (ending) return ending;
    return this.parts.mayEnd(metrics) ? 'climb' : undefined;
  }

  /** Starts a probe when it is due and reads the one before. Traffic that moves, or a queue, needs none. */
  private probe(metrics: EngineMetrics, at: number): Ending | undefined {
    const ended = this.probing?.ending;
    if (ended) return ended;
    const moved = this.last !== undefined && tokensOf(metrics) !== tokensOf(this.last);
    if (moved || metrics.waiting > 0) this.probedAt = at;
    if (this.probing || at - this.probedAt < this.parts.limits.probeEveryMs) return undefined;
    this.probedAt = at;
    const probing: { ending: Ending | undefined } = { ending: undefined };
    this.probing = probing;
    void this.ask(metrics).then((ending) => {
      probing.ending = ending;
      if (!ending) this.probing = undefined;
    });
    return undefined;
  }

  private async ask(before: EngineMetrics): Promise<Ending | undefined> {
    const { client, limits } = this.parts;
    const answer = await client.answer('1, 2, 3,', 1, limits.probeTimeoutMs);
    if (answer) {
      this.parts.onSight({ probeSeconds: answer.seconds });
      return undefined;
    }
    // Unanswered while others were answered, or waited before it: busy, not dead.
    const after = await client.metrics(limits.lookTimeoutMs);
    const busy = after && (tokensOf(after) !== tokensOf(before) || after.waiting > 0);
    return busy ? undefined : { kind: 'probe-silent', seconds: Math.round(limits.probeTimeoutMs / 1000) };
  }
}

/** Read and written: a model that makes vectors writes none. */
function tokensOf({ generatedTokens, promptTokens }: EngineMetrics): number {
  return generatedTokens + promptTokens;
}
