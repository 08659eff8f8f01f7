import type { DescribedModel } from '../catalogue/described-model.js';
import type { Hardware } from '../hardware/hardware.js';
import type { InstancePlan, LaunchPlan } from '../plan/launch-plan.js';
import { planLaunch } from '../plan/plan-launch.js';
import { isPlanRefusal, PlanRefusal } from '../plan/plan-refusal.js';
import type { PlanWishes } from '../plan/plan-wishes.js';
import { EngineInstance } from '../supervise/engine-instance.js';
import type { InstanceParts } from '../supervise/instance-parts.js';
import type { InstanceStatus } from '../supervise/instance-status.js';
import { RungLadder } from '../supervise/rung-ladder.js';
import { fitsBeside } from './fits-beside.js';
import { LogFeed, type HostLogEntry } from './log-feed.js';
import { isSamePlan, placePlan, plannedId } from './place-plan.js';

/** What of an instance's surroundings the host is itself. */
export type HostSide = Pick<InstanceParts, 'onEntry' | 'onChange' | 'held' | 'isSpared' | 'climbBeside'>;

export interface HostParts {
  /** Read again for each command: what an operator has changed counts. Throws CatalogueError. */
  catalogue(): Promise<readonly DescribedModel[]>;
  readonly hardware: Hardware;
  readonly wishes: PlanWishes;
  /** Ends what hosts before left running in this folder. */
  endOrphans(onEnded: (id: string, processes: number, at: number) => void): Promise<void>;
  /** Whether other weights lie in the folder than those that an instance was started from. */
  haveWeightsChanged(plan: InstancePlan): Promise<boolean>;
  instanceParts(own: HostSide): InstanceParts;
}

export interface HostStatus {
  readonly instances: readonly InstanceStatus[];
  readonly reasons: readonly string[];
  /** Models are being added, replaced or taken away. */
  readonly changing: boolean;
  readonly log: readonly HostLogEntry[];
}

/** A ready replica, for one request. */
export interface ChosenReplica {
  readonly plan: InstancePlan;
  readonly key: string;
  /** Whether it is there and well, by a look now. */
  isWell(): Promise<boolean>;
}

const FIRST_PORT = 8000;
const STATUS_TAIL = 20;
const CHANGE_FAILED =
  'the change of models came to no end, and what runs stays as it is; ask for it again with POST /engine/models';

/** The plan's instances side by side. */
export class EngineHost {
  readonly feed = new LogFeed();
  private readonly instances = new Map<string, EngineInstance>();
  private readonly open = new Map<string, number>();
  private plan: LaunchPlan = { instances: [], reasons: [] };
  private changing: Promise<unknown> = Promise.resolve();
  private changes = 0;
  /** Counts the ends of everything: a change that was under way does not go on after one. */
  private ends = 0;
  private readonly instanceParts: InstanceParts;
  private waiters: (() => void)[] = [];
  private climbing: EngineInstance | undefined;
  /** Another takes their place: nobody would look after what was begun in them. */
  private readonly leaving = new Set<EngineInstance>();

  constructor(private readonly parts: HostParts) {
    this.instanceParts = parts.instanceParts({
      onEntry: (id, entry) => this.feed.add(id, entry),
      onChange: () => this.noticeChange(),
      held: (id) => this.open.get(id) ?? 0,
      climbBeside: (id) => {
        const instance = this.instances.get(id);
        return instance !== undefined && this.climbBeside(instance);
      },
      isSpared: ({ id, model }) => this.ready(model).some(({ plan }) => plan.id !== id),
    });
  }

  /**
   * Makes these the models that run, as the catalogue and their folders are now. What stays as it is goes on
   * undisturbed; what is new, described otherwise or has other weights starts beside the old where both fit, and the old
   * ends once the new is ready; else the old is drained first.
   */
  async setModels(models: readonly string[]): Promise<LaunchPlan | PlanRefusal> {
    const plan = models.length === 0 ? { instances: [], reasons: [] } : await this.planFor(models);
    if (isPlanRefusal(plan)) return plan;
    this.plan = plan;
    const { ends } = this;
    this.queue(() => this.change(plan, ends));
    return plan;
  }

  /** Once no other host can run in the same folder: ends what the last one left behind, of models of then too. */
  endOrphans(): Promise<void> {
    return this.parts.endOrphans((id, processes, at) =>
      this.say(id, `ended ${processes} processes of the last run`, at),
    );
  }

  /** Starts what is stopped and tries again what waits or has failed: one instance, those of a model, or all. */
  start(id?: string): boolean {
    const chosen = this.chosen(id);
    for (const instance of chosen) if (!this.leaving.has(instance)) instance.start();
    return chosen.length > 0;
  }

  /**
   * Has instances climb back although answers run: beside the old one where both fit, at once to the plan, else one rung
   * once those have ended. False where none has a rung to climb.
   */
  climb(id?: string): boolean {
    const able = this.chosen(id).filter((instance) => instance.status().climb !== null);
    for (const instance of able) if (!this.climbBeside(instance)) instance.climbBack.ask();
    return able.length > 0;
  }

  /** False when there is no such instance or model. Resolves when it has ended. */
  async stop(id: string | undefined, options: { drain: boolean }): Promise<boolean> {
    if (id === undefined) this.ends += 1;
    const chosen = this.chosen(id);
    await Promise.all(chosen.map((instance) => instance.stop(options)));
    return chosen.length > 0;
  }

  status(): HostStatus {
    return {
      instances: [...this.instances.values()].map((instance) => instance.status()),
      reasons: this.plan.reasons,
      changing: this.changes > 0,
      log: this.feed.tail(0).slice(-STATUS_TAIL),
    };
  }

  /** The ready replica of this model with the least open requests; of any model where none is named. */
  choose(model: string | undefined): ChosenReplica | undefined {
    const load = ({ plan }: EngineInstance): number => this.open.get(plan.id) ?? 0;
    const [best] = this.ready(model).sort((a, b) => load(a) - load(b));
    return best && { plan: best.plan, key: this.instanceParts.key, isWell: () => best.isWell() };
  }

  /** Whether a replica can be asked, by a look now: a gateway asks when an answer has just ended in an error. */
  isServing(): boolean {
    return this.ready(undefined).some((instance) => !instance.isGone());
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

  private ready(model: string | undefined): EngineInstance[] {
    return [...this.instances.values()].filter((instance) => {
      const { state } = instance.status();
      return state === 'ready' && (model === undefined || instance.plan.model === model);
    });
  }

  private chosen(id: string | undefined): EngineInstance[] {
    const all = [...this.instances.values()];
    return id === undefined ? all : all.filter(({ plan }) => plan.id === id || plan.model === id);
  }

  /** What these models would be started as. */
  private async planFor(models: readonly string[]): Promise<LaunchPlan | PlanRefusal> {
    const { hardware, wishes } = this.parts;
    const catalogue = await this.parts.catalogue();
    const described = models.map((id) => catalogue.find((model) => model.id === id));
    const unknown = models.filter((_, at) => described[at] === undefined);
    if (unknown.length > 0)
      return new PlanRefusal('NO_MODEL', [
        `The catalogue has no ${unknown.join(', ')}; it has ${catalogue.map(({ id }) => id).join(', ')}.`,
      ]);
    return planLaunch(
      described.filter((model) => model !== undefined),
      hardware,
      wishes,
    );
  }

  private async change(plan: LaunchPlan, ends: number): Promise<void> {
    if (this.ends !== ends) return;
    const before = [...this.instances.values()];
    // What has ended or given up is begun anew, and its id is free again.
    await this.end([...this.instances.values()].filter(isOver));
    const old = new Set(this.instances.values());
    const fresh: InstancePlan[] = [];
    for (const wanted of plan.instances) {
      const same = [...old].find(({ ladder }) => isSamePlan(ladder.planned, wanted));
      if (same && !(await this.parts.haveWeightsChanged(same.plan))) old.delete(same);
      else fresh.push(wanted);
    }
    const running = [...this.instances.values()].map((instance) => instance.plan);
    const beside = fitsBeside(fresh, running, this.parts.hardware);
    if (!beside) await this.end([...old]);
    if (this.ends !== ends) return;
    const begun = fresh.map((wanted) =>
      this.begin(wanted, before.find(({ plan: { id } }) => plannedId(id) === wanted.id)?.ladder),
    );
    if (!beside) return;
    await Promise.all([...old].map((instance) => this.giveWay(instance, begun)));
  }

  /** `before`: the ladder of whose place it takes, that what was done is not forgotten. */
  private begin(wanted: InstancePlan, before?: RungLadder): EngineInstance {
    const there = [...this.instances.values()].map((instance) => instance.plan);
    const plan = placePlan(wanted, there, this.parts.wishes.firstPort ?? FIRST_PORT);
    const ladder = new RungLadder(plan, this.instanceParts.limits.climbAfterMs, before);
    const instance = new EngineInstance(ladder, this.instanceParts);
    this.instances.set(plan.id, instance);
    instance.start();
    return instance;
  }

  /** The old one ends once what replaces it is ready; where that gives up, it stays. */
  private async giveWay(old: EngineInstance, begun: readonly EngineInstance[]): Promise<void> {
    const replacing = begun.filter(({ plan }) => plan.model === old.plan.model);
    if (await this.becameReady(replacing.length > 0 ? replacing : begun)) await this.end([old]);
  }

  private async end(instances: readonly EngineInstance[]): Promise<void> {
    for (const instance of instances) this.leaving.add(instance);
    await Promise.all(instances.map((instance) => instance.stop({ drain: true })));
    for (const instance of instances) {
      this.leaving.delete(instance);
      if (this.instances.get(instance.plan.id) === instance) this.instances.delete(instance.plan.id);
    }
  }

  /** Whether what it would climb to is started beside it; where that gives up, the old one stays and waits longer. */
  private climbBeside(old: EngineInstance): boolean {
    if (this.climbing === old) return true;
    const running = [...this.instances.values()].map((instance) => instance.plan);
    if (this.changes > 0 || !fitsBeside([old.ladder.goal], running, this.parts.hardware)) return false;
    this.climbing = old;
    this.queue(() => this.climbNow(old).finally(() => (this.climbing = undefined)));
    return true;
  }

  private async climbNow(old: EngineInstance): Promise<void> {
    const fresh = this.begin(old.ladder.planned, old.ladder);
    const isReady = await this.becameReady([fresh]);
    if (isReady) fresh.ladder.climbed(this.instanceParts.pace.now());
    await this.end([isReady ? old : fresh]);
    old.ladder.waitLonger();
  }

  /** One change of the models after another. One that fails is told, and the next goes from what runs then. */
  private queue(change: () => Promise<void>): void {
    this.changes += 1;
    this.changing = this.changing
      .then(change)
      .catch((error: unknown) => this.say('host', `${CHANGE_FAILED}: ${whyOf(error)}`))
      .finally(() => (this.changes -= 1));
  }

  /** A sentence of the host's own. */
  private say(id: string, text: string, at = this.instanceParts.pace.now()): void {
    this.feed.add(id, { number: 0, at, process: 'host', text });
  }

  private noticeChange(): void {
    const looking = this.waiters;
    this.waiters = [];
    for (const look of looking) look();
  }

  /** True when all are ready, false when one has given up or was stopped. */
  private async becameReady(instances: readonly EngineInstance[]): Promise<boolean> {
    for (;;) {
      if (instances.every((instance) => instance.status().state === 'ready')) return true;
      if (instances.some(isOver)) return false;
      await new Promise<void>((changed) => this.waiters.push(changed));
    }
  }
}

function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason was given';
}

/** Nothing of it runs, and nothing will by itself. */
function isOver(instance: EngineInstance): boolean {
  const { state } = instance.status();
  return state === 'failed' || state === 'stopped';
}
