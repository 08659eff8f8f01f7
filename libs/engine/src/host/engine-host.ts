import type { DescribedModel } from '../catalogue/described-model.js';
import type { Hardware } from '../hardware/hardware.js';
import { planLaunch } from '../plan/plan-launch.js';
import { isPlanRefusal, PlanRefusal } from '../plan/plan-refusal.js';
import type { PlanWishes } from '../plan/plan-wishes.js';
import type { InstancePlan, LaunchPlan } from '../plan/launch-plan.js';
import { EngineInstance } from '../supervise/engine-instance.js';
import type { InstanceParts } from '../supervise/instance-parts.js';
import type { InstanceStatus } from '../supervise/instance-status.js';
import type { LogEntry } from '../supervise/output-reader.js';
import { fitsBeside } from './fits-beside.js';
import { LogFeed, type HostLogEntry } from './log-feed.js';

export interface HostParts {
  readonly catalogue: readonly DescribedModel[];
  readonly hardware: Hardware;
  readonly wishes: PlanWishes;
  instanceParts(onEntry: (id: string, entry: LogEntry) => void, onChange: () => void): InstanceParts;
}

export interface HostStatus {
  readonly instances: readonly InstanceStatus[];
  readonly reasons: readonly string[];
  readonly log: readonly HostLogEntry[];
}

/** Ports of two plans that may run beside each other for a while. */
const PORT_STEP = 100;
const STATUS_TAIL = 20;

/** The plan's instances side by side. */
export class EngineHost {
  readonly feed = new LogFeed();
  private readonly instances = new Map<string, EngineInstance>();
  private readonly open = new Map<string, number>();
  private plan: LaunchPlan = { instances: [], reasons: [] };
  private changing: Promise<unknown> = Promise.resolve();
  private readonly instanceParts: InstanceParts;
  private shift = 0;

  constructor(private readonly parts: HostParts) {
    this.instanceParts = parts.instanceParts(
      (id, entry) => this.feed.add(id, entry),
      () => this.noticeReady(),
    );
  }

  /** What these models would be started as. */
  planFor(models: readonly string[], firstPort?: number): LaunchPlan | PlanRefusal {
    const { catalogue, hardware, wishes } = this.parts;
    const described = models.map((id) => catalogue.find((model) => model.id === id));
    const unknown = models.filter((_, at) => described[at] === undefined);
    if (unknown.length > 0)
      return new PlanRefusal('NO_MODEL', [
        `The catalogue has no ${unknown.join(', ')}; it has ${catalogue.map(({ id }) => id).join(', ')}.`,
      ]);
    const known = described.filter((model) => model !== undefined);
    return planLaunch(known, hardware, firstPort === undefined ? wishes : { ...wishes, firstPort });
  }

  /**
   * Makes these the models that run. What stays as it is goes on undisturbed; what is new starts beside the old where
   * both fit, and the old ends once the new is ready; else the old is drained first.
   */
  setModels(models: readonly string[]): LaunchPlan | PlanRefusal {
    const firstPort = (this.parts.wishes.firstPort ?? 8000) + this.shift;
    const plan = models.length === 0 ? { instances: [], reasons: [] } : this.planFor(models, firstPort);
    if (isPlanRefusal(plan)) return plan;
    this.shift = PORT_STEP - this.shift;
    this.plan = plan;
    this.changing = this.changing.then(() => this.change(plan)).catch(() => undefined);
    return plan;
  }

  /** Starts what is stopped and tries again what waits or has failed: one instance, or all. */
  start(id?: string): boolean {
    const chosen = this.chosen(id);
    for (const instance of chosen) instance.start();
    return chosen.length > 0;
  }

  /** False when there is no such instance. Resolves when it has ended. */
  async stop(id: string | undefined, options: { drain: boolean }): Promise<boolean> {
    const chosen = this.chosen(id);
    await Promise.all(chosen.map((instance) => instance.stop(options)));
    return chosen.length > 0;
  }

  status(): HostStatus {
    return {
      instances: [...this.instances.values()].map((instance) => instance.status()),
      reasons: this.plan.reasons,
      log: this.feed.tail(0).slice(-STATUS_TAIL),
    };
  }

  /** The ready replica of this model with the least open requests; of any model where none is named. */
  choose(model: string | undefined): { plan: InstancePlan; key: string } | undefined {
    const ready = [...this.instances.values()].filter((instance) => {
      const { state } = instance.status();
      return state === 'ready' && (model === undefined || instance.plan.model === model);
    });
    const load = (instance: EngineInstance): number => this.open.get(instance.plan.id) ?? 0;
    const [best] = ready.sort((a, b) => load(a) - load(b));
    return best && { plan: best.plan, key: this.instanceParts.key };
  }

  /** Counts a request of an instance while it is open; call what is returned when it has ended. */
  hold(id: string): () => void {
    this.open.set(id, (this.open.get(id) ?? 0) + 1);
    let held = true;
    return () => {
      if (held) this.open.set(id, (this.open.get(id) ?? 1) - 1);
      held = false;
    };
  }

  private chosen(id: string | undefined): EngineInstance[] {
    if (id === undefined) return [...this.instances.values()];
    const found = this.instances.get(id);
    return found ? [found] : [];
  }

  private async change(plan: LaunchPlan): Promise<void> {
    const wanted = new Map(plan.instances.map((instance) => [instance.id, instance]));
    const old = [...this.instances].filter(([id, instance]) => !isSame(instance.plan, wanted.get(id)));
    const kept = [...this.instances].filter(([id]) => !old.some(([gone]) => gone === id));
    const fresh = plan.instances.filter(({ id }) => !kept.some(([keptId]) => keptId === id));
    const renamed = fresh.some(({ id }) => this.instances.has(id));
    const running = [...this.instances.values()].map((instance) => instance.plan);
    const beside = !renamed && fitsBeside(fresh, running, this.parts.hardware);
    if (!beside) await this.end(old);
    for (const instance of fresh) {
      const made = new EngineInstance(instance, this.instanceParts);
      this.instances.set(instance.id, made);
      made.start();
    }
    if (!beside || old.length === 0) return;
    await this.readied(fresh.map(({ id }) => id));
    await this.end(old);
  }

  private async end(instances: readonly (readonly [string, EngineInstance])[]): Promise<void> {
    await Promise.all(instances.map(([, instance]) => instance.stop({ drain: true })));
    for (const [id, instance] of instances)
      if (this.instances.get(id) === instance) this.instances.delete(id);
  }

  private waiters: (() => void)[] = [];

  private noticeReady(): void {
    const waiting = this.waiters;
    this.waiters = [];
    for (const look of waiting) look();
  }

  /** Until these are ready, or one of them has given up. */
  private async readied(ids: readonly string[]): Promise<void> {
    for (;;) {
      const states = ids.map((id) => this.instances.get(id)?.status().state ?? 'failed');
      if (states.every((state) => state === 'ready') || states.includes('failed')) return;
      await new Promise<void>((changed) => this.waiters.push(changed));
    }
  }
}

/** The same cards, memory and model: it need not be restarted. A rung that it went down does not count. */
function isSame(running: InstancePlan, wanted: InstancePlan | undefined): boolean {
  return (
    wanted !== undefined &&
    running.model === wanted.model &&
    running.gpus.join() === wanted.gpus.join() &&
    running.basis.utilization === wanted.basis.utilization
  );
}
