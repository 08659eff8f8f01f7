import type { StageSeconds } from '../log/start-progress.js';
import type { InstancePlan } from '../plan/launch-plan.js';
import type { BackoffLimits } from './backoff.js';
import type { Ending, InstanceStatus } from './instance-status.js';
import type { LogEntry } from './output-reader.js';
import type { Pace } from './pace.js';
import type { Group } from './process-group.js';
import type { ReplicaAddress, ReplicaClient } from './replica-client.js';
import type { StartLimits } from './start-replica.js';
import type { WatchLimits } from './watch-replica.js';

export interface SuperviseLimits extends StartLimits, WatchLimits, BackoffLimits {
  /** What the processes get to end by themselves after SIGTERM. */
  readonly graceMs: number;
  /** Quiet time after which the ladder is climbed by one rung. */
  readonly climbAfterMs: number;
}

/** What a start found; `ending` where it cannot go on. */
export interface Prepared {
  readonly ending?: Ending;
  /** Whether the weights were compared with SHA-256 sums. */
  readonly weightsChecked?: boolean;
}

/** What an instance needs of its surroundings; each is a fake in specs. */
export interface InstanceParts {
  readonly pace: Pace;
  readonly limits: SuperviseLimits;
  readonly key: string;
  launch(plan: InstancePlan, onLine: (line: string) => void): Group;
  client(address: ReplicaAddress): ReplicaClient;
  /** Weights there and whole, orphans ended, port and cards free. */
  prepare(plan: InstancePlan, say: Say, signal: AbortSignal): Promise<Prepared>;
  /** Writes down which processes run; none when the instance has ended. */
  record(id: string, pids: readonly number[]): Promise<void>;
  /** Requests that callers hold open at an instance. */
  held(id: string): number;
  /** Whether the host replaces an instance by one that climbs, which runs beside it until it is ready. */
  climbBeside(id: string): boolean;
  /** Whether another instance answers for this one's model. */
  isSpared(plan: InstancePlan): boolean;
  /** The largest share of these cards that is in use; null where it cannot be read. */
  cardShare(gpus: readonly number[]): Promise<number | null>;
  timings: { read(id: string): StageSeconds | undefined; write(id: string, timings: StageSeconds): void };
  onChange(status: InstanceStatus): void;
  onEntry(id: string, entry: LogEntry): void;
}

export type Say = (text: string, percent?: number, remainingSeconds?: number | null) => void;
