import type { Ending } from './instance-status.js';
import { Leaving } from './leaving.js';
import { MemoryWatch } from './memory-watch.js';
import type { Pace } from './pace.js';
import type { EngineMetrics } from './read-metrics.js';
import type { ReplicaClient } from './replica-client.js';
import { StallDetector } from './stall-detector.js';
import { workOf } from './until-idle.js';

export interface WatchLimits {
  /** Between two looks at /health and /metrics. */
  readonly lookEveryMs: number;
  readonly lookTimeoutMs: number;
  /** Between two looks at its processes: cheap, and whoever asks a dead engine waits for it. */
  readonly processesEveryMs: number;
  /** Looks in a row that may go unanswered. */
  readonly silentLooks: number;
  readonly stallAfterMs: number;
  readonly probeEveryMs: number;
  readonly probeTimeoutMs: number;
  /** Share of a card's memory above which an instance is rebuilt, and for how long. */
  readonly memoryShare: number;
  readonly memoryForMs: number;
  /** What running answers get before an end that can wait. */
  readonly drainMs: number;
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
  wantsClimb(metrics: EngineMetrics): boolean;
  /** Whether a rung lower would make the card less full. */
  canRelieve(share: number): boolean;
  /** Requests that others hold open here. */
  held(): number;
  /** It is about to end, and takes no more requests. */
  onLeaving(why: Ending | 'climb'): void;
  /** It does not end after all. */
  onStaying(): void;
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
    await untilNextLook(parts, signal);
  }
  return undefined;
}

/** The time between two looks, or until one of its processes has gone. */
async function untilNextLook({ pace, limits, isWorkerGone }: WatchParts, signal: AbortSignal): Promise<void> {
  const next = pace.monotonic() + limits.lookEveryMs;
  for (let left = limits.lookEveryMs; left > 0 && !signal.aborted; left = next - pace.monotonic()) {
    await pace.sleep(Math.min(limits.processesEveryMs, left), signal);
    if (isWorkerGone()) return;
  }
}

class Watch {
  private silent = 0;
  private probing: { ending: Ending | undefined } | undefined;
  private probedAt: number;
  private last: EngineMetrics | undefined;
  private leaving: Leaving | undefined;
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
    const full = share !== null && this.memory.see(share, at);
    if (full && this.leaving === undefined && this.parts.canRelieve(share))
      this.leave({ kind: 'memory-high', share }, at);
    if (!metrics) {
      this.stall.forget();
      return this.left(Infinity, at);
    }
    const still = this.stall.see(metrics, at);
    if (still !== undefined) return { kind: 'stalled', seconds: Math.round(still / 1000) };
    const ending = this.probe(metrics, at);
    this.last = metrics;
    if (ending) return ending;
    if (this.leaving === undefined && this.parts.wantsClimb(metrics)) this.leave('climb', at);
    return this.left(workOf(metrics) + this.parts.held(), at);
  }

  private leave(why: Ending | 'climb', at: number): void {
    this.leaving = new Leaving(why, at + this.parts.limits.drainMs);
    this.parts.onLeaving(why);
  }

  private left(work: number, at: number): Ending | 'climb' | undefined {
    const verdict = this.leaving?.see(work, at);
    if (verdict === 'go') return this.leaving?.why;
    if (verdict === 'stay') {
      this.leaving = undefined;
      this.parts.onStaying();
    }
    return undefined;
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
