import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import type { Clock } from '@lorekeep/kit/clock';
import type { Database } from '@lorekeep/kit/database';
import type { Embedder } from './models/embedder.js';
import { ModelError } from './models/model.errors.js';
import { openModel } from './models/open-model.js';
import { Pause } from './models/pause.js';
import type { VectorSettings } from './read-settings.js';
import { StepVectors, type VectorStep } from './step-vectors.js';

export interface VectorEvents {
  /** Passages got vectors, or a set changed its state. */
  stepped(tenantId: string, step: VectorStep): void;
  /** The model gave nothing; it is asked again after `retryMs`. */
  away(tenantId: string, model: string, error: ModelError, retryMs: number): void;
  /** Something else failed; tried again, later each time. */
  failed(tenantId: string | null, cause: unknown): void;
}

/** Between two looks at all tenants. */
export const VECTOR_ROUND_MS = 1_000;
/** A tenant in which nothing happens is looked at less and less often, up to this. */
const IDLE_MS_MAX = 16_000;
const FAILURE_MS_MAX = 60_000;
/** One tenant's backlog does not keep the others waiting. */
const STEPS_PER_ROUND = 4;

export interface ServedModel {
  readonly embedder: Embedder;
  readonly pause: Pause;
}

interface Watch {
  due: number;
  pause: number;
}

/**
 * Gives every passage of every tenant its vector, follows changes, builds the next model's vectors beside the old ones
 * and switches over. What is to be done stands in the tables: a killed process loses one step, and several processes
 * share the work.
 */
export class VectorKeeper {
  private readonly models: readonly ServedModel[];
  private readonly steps: StepVectors;
  private readonly holder = randomUUID();
  private readonly watches = new Map<string, Watch>();
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    settings: VectorSettings,
    private readonly clock: Clock,
    private readonly events: VectorEvents,
  ) {
    this.models = settings.models.map((model) => ({ embedder: openModel(model), pause: new Pause(clock) }));
    this.steps = new StepVectors(database, settings, clock, { models: this.models, holder: this.holder });
  }

  start(): void {
    this.ended = this.run();
  }

  /** Documents of this tenant were indexed in this process: it is due in the next round. */
  wake(tenantId: string): void {
    const watch = this.watches.get(tenantId);
    if (watch) watch.due = 0;
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('the keeper of the vectors is stopping'));
    await this.ended;
    for (const tenantId of this.watches.keys())
      await this.steps.release(systemContext(tenantId)).catch(() => undefined);
  }

  /** One look at every tenant that is due. True: something was left for the next one. */
  async round(): Promise<boolean> {
    const tenants = await this.database.withoutTenant<{ id: string }>('select tenant_ids() as id');
    const known = new Set(tenants.map(({ id }) => id));
    for (const id of this.watches.keys()) if (!known.has(id)) this.watches.delete(id);
    let more = false;
    for (const { id } of tenants) {
      if (this.stopping.signal.aborted) return false;
      let watch = this.watches.get(id);
      if (!watch) this.watches.set(id, (watch = { due: 0, pause: VECTOR_ROUND_MS }));
      if (this.clock.monotonic() >= watch.due) more = (await this.look(id, watch)) || more;
    }
    return more;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const more = await this.round().catch((cause: unknown) => {
        if (!signal.aborted) this.events.failed(null, cause);
        return false;
      });
      if (!more) await delay(VECTOR_ROUND_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(tenantId: string, watch: Watch): Promise<boolean> {
    const ctx = systemContext(tenantId, { signal: this.stopping.signal });
    try {
      let count = 0;
      while (count < STEPS_PER_ROUND && (await this.step(ctx))) count++;
      watch.pause = count > 0 ? VECTOR_ROUND_MS : Math.min(watch.pause * 2, IDLE_MS_MAX);
      watch.due = count === STEPS_PER_ROUND ? 0 : this.clock.monotonic() + watch.pause;
      return count === STEPS_PER_ROUND;
    } catch (cause) {
      if (this.stopping.signal.aborted) return false;
      watch.pause = cause instanceof ModelError ? VECTOR_ROUND_MS : Math.min(watch.pause * 2, FAILURE_MS_MAX);
      watch.due = this.clock.monotonic() + watch.pause;
      if (!(cause instanceof ModelError)) this.events.failed(tenantId, cause);
      return false;
    }
  }

  /** False: nothing to be done now. */
  private async step(ctx: CallContext): Promise<boolean> {
    const { tenantId } = ctx;
    const step = await this.steps.run(ctx, (model, error, retryMs) =>
      this.events.away(tenantId, model, error, retryMs),
    );
    if (step) this.events.stepped(tenantId, step);
    return step !== null;
  }
}
