import type { Cause, MemoryPart, Stage } from '../log/log-event.js';
import type { InstancePlan } from '../plan/launch-plan.js';

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
  readonly rungs: readonly Rung[];
  readonly rungsTaken: number;
  readonly restarts: number;
  readonly crashes: number;
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
