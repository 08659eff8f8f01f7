import type { InstancePlan } from '../plan/launch-plan.js';
import type { Say } from '../supervise/instance-parts.js';
import type { InstanceState, InstanceStatus } from '../supervise/instance-status.js';

/** From here on an instance changes no card's memory any more, or has none. */
const SETTLED: ReadonlySet<InstanceState> = new Set<InstanceState>(['ready', 'backoff', 'failed', 'stopped']);

interface Waiting {
  readonly plan: InstancePlan;
  readonly go: () => void;
}

/**
 * Of instances that share a card one starts at a time: vLLM takes for its own what anybody else allocates there while it
 * measures the card, and then finds no room for its cache.
 */
export class StartTurns {
  private readonly starting = new Map<string, InstancePlan>();
  private waiting: readonly Waiting[] = [];

  /** Resolves when it is this instance's turn, or at once when the signal is aborted: then it has none. */
  async take(plan: InstancePlan, say: Say, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.starting.has(plan.id)) return;
    if (!this.isFree(plan)) {
      say('waits until another model on the same cards has started');
      await this.turn(plan, signal);
      if (signal.aborted) {
        this.starting.delete(plan.id);
        return this.give();
      }
    }
    this.starting.set(plan.id, plan);
  }

  /** Gives the turn on when an instance's start has come to an end, whichever. */
  see({ id, state }: Pick<InstanceStatus, 'id' | 'state'>): void {
    if (SETTLED.has(state) && this.starting.delete(id)) this.give();
  }

  private turn(plan: InstancePlan, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        this.waiting = this.waiting.filter((waiting) => waiting.go !== go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      this.waiting = [...this.waiting, { plan, go }];
      signal.addEventListener('abort', go);
    });
  }

  /** In the order in which they came. */
  private give(): void {
    for (const { plan, go } of this.waiting) {
      if (!this.isFree(plan)) continue;
      this.starting.set(plan.id, plan);
      go();
    }
  }

  private isFree({ gpus }: InstancePlan): boolean {
    return [...this.starting.values()].every((other) => !other.gpus.some((gpu) => gpus.includes(gpu)));
  }
}
