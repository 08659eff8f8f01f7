import type { ClimbState } from './climb-back.js';
import type { Cause, MemoryPart, Stage } from '../log/log-event.js';
import type { InstancePlan } from '../plan/launch-plan.js';
import type { EngineMetrics } from './read-metrics.js';

export const INSTANCE_STATES = [
  'stopped',
  'checking',
  'starting',
  'warming',
  'ready',
  'draining',
  'backoff',
  'failed',
] as const;
export type InstanceState = (typeof INSTANCE_STATES)[number];
/** What may follow `draining`. */
export const AFTER_DRAINING: ReadonlySet<InstanceState> = new Set<InstanceState>([
  ...(['stopped', 'backoff', 'failed', 'checking'] as const),
]);

/** What ended a run, as far as the supervisor saw it; `log` is what vLLM itself said. */
export type Ending =
  | { readonly kind: 'log'; readonly cause: Cause }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'unhealthy' }
  | { readonly kind: 'stalled'; readonly seconds: number }
  | { readonly kind: 'probe-silent'; readonly seconds: number }
  | { readonly kind: 'start-too-long'; readonly seconds: number }
  | { readonly kind: 'answers-differ' }
  | { readonly kind: 'chat-unanswered' }
  | { readonly kind: 'warm-up-failed' }
  | { readonly kind: 'memory-high'; readonly share: number }
  | { readonly kind: 'no-program' }
  | { readonly kind: 'port-taken' }
  /** The model is not there, or not whole. */
  | { readonly kind: 'weights'; readonly text: string }
  /** Something of ours failed. */
  | { readonly kind: 'fault'; readonly text: string };

export interface Rung {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What was changed: `utilization`, `sequences`, `context`, `eager`, `peer-to-peer`. */
  readonly step: string;
  readonly text: string;
}

/** Everything that is shown of an instance. Sizes are bytes of one card. */
export interface InstanceStatus {
  readonly id: string;
  readonly model: string;
  readonly gpus: readonly number[];
  readonly state: InstanceState;
  /** Milliseconds since the epoch at which the state began. */
  readonly since: number;
  readonly progress: {
    readonly stage: Stage | 'checking';
    readonly percent: number;
    readonly remainingSeconds: number | null;
  } | null;
  /** Why it is in `failed` or `backoff`, or what ended it last. */
  readonly reason: string | null;
  readonly retryAt: number | null;
  readonly pid: number | null;
  readonly vllm: string | null;
  readonly plan: Pick<
    InstancePlan,
    'utilization' | 'context' | 'sequences' | 'eager' | 'tensorParallel' | 'port'
  >;
  readonly rung: number;
  /** What the rungs in force have changed of the plan. */
  readonly inForce: readonly string[];
  /** Whether there is a rung to climb, and whether only running answers keep it from that. */
  readonly climb: ClimbState | null;
  readonly rungs: readonly Rung[];
  readonly rungsTaken: number;
  readonly restarts: number;
  readonly crashes: number;
  /** Whether the weights were compared with SHA-256 sums before the last start; null before the first. */
  readonly weightsChecked: boolean | null;
  readonly memory: Readonly<Partial<Record<MemoryPart, number>>>;
  readonly kvTokens: number | null;
  readonly running: number;
  readonly waiting: number;
  /** How long the last one-token answer took. */
  readonly probeSeconds: number | null;
  /** The largest share of a card's memory that is in use; null where it cannot be read. */
  readonly cardShare: number | null;
}

/** The part of the status that the plan in force tells. */
export function shownOf(plan: InstancePlan): Pick<InstanceStatus, 'id' | 'model' | 'gpus' | 'plan'> {
  const { id, model, gpus, utilization, context, sequences, eager, tensorParallel, port } = plan;
  return { id, model, gpus, plan: { utilization, context, sequences, eager, tensorParallel, port } };
}

/** The part that its last looks tell. */
export function seenOf(
  metrics: EngineMetrics | undefined,
  seen: { readonly probeSeconds?: number; readonly cardShare?: number },
): Pick<InstanceStatus, 'running' | 'waiting' | 'probeSeconds' | 'cardShare'> {
  const { running = 0, waiting = 0 } = metrics ?? {};
  return { running, waiting, probeSeconds: seen.probeSeconds ?? null, cardShare: seen.cardShare ?? null };
}

/** What of ours could not even try. */
export function endingOf(error: unknown): Ending {
  return { kind: 'weights', text: error instanceof Error ? error.message : 'It failed.' };
}
