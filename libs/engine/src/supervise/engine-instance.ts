import { expectStages, StartProgress } from '../log/start-progress.js';
import type { InstancePlan } from '../plan/launch-plan.js';
import { Backoff } from './backoff.js';
import { ClimbBack, hasRoomOf } from './climb-back.js';
import { describeEnding, isPermanent, mostTelling } from './describe-ending.js';
import { AFTER_DRAINING, endingOf, seenOf, shownOf, type Ending } from './instance-status.js';
import type { InstanceState, InstanceStatus } from './instance-status.js';
import { firstEnding } from './first-ending.js';
import { findWorkers, isOneGone } from './find-workers.js';
import type { InstanceParts, Say } from './instance-parts.js';
import { OutputReader } from './output-reader.js';
import type { Group } from './process-group.js';
import { pauseFor } from './pace.js';
import type { EngineMetrics } from './read-metrics.js';
import type { RungLadder } from './rung-ladder.js';
import { startReplica, StartSign } from './start-replica.js';
import { GIVEN_UP, StartTries } from './start-tries.js';
import { untilIdle, workOf } from './until-idle.js';
import { shapesOf } from './warm-replica.js';
import { watchReplica, type Sight } from './watch-replica.js';

/** A broken vLLM gets so long to end by itself: more would only keep its callers waiting. */
const BROKEN_GRACE_MS = 2_000;
/** By then a wrapping script has been replaced by what it starts. */
const WRAPPED_MS = 1_000;
const STARTING: ReadonlySet<InstanceState> = new Set<InstanceState>(['starting', 'warming']);
/** Why a life ended; undefined: it was asked to. */
type Ended = Ending | 'climb' | undefined;

/** One vLLM that is kept alive: started, checked, watched, ended and started again, one rung lower where it must. */
export class EngineInstance {
  readonly climbBack: ClimbBack;
  /** By looks now: whether what was ready still is, and whether its engine core or a worker has gone. */
  isWell: () => Promise<boolean> = () => Promise.resolve(false);
  isGone: () => boolean = () => false;
  private readonly backoff: Backoff;
  private readonly tries = new StartTries();
  private readonly output: OutputReader;
  private state: InstanceState = 'stopped';
  private since: number;
  private progress: StartProgress | undefined;
  private checking: InstanceStatus['progress'] = null;
  private sign = new StartSign();
  private group: Group | undefined;
  private metrics: EngineMetrics | undefined;
  private seen: Sight = {};
  private isEnding = false;
  /** It was asked to begin while running answers kept it from its end. */
  private beginsAgain = false;
  private reason: string | null = null;
  private weightsChecked: boolean | null = null;
  private retryAt: number | null = null;
  private launches = 0;
  private crashes = 0;
  private stopping = new AbortController();
  private waking = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    readonly ladder: RungLadder,
    private readonly parts: InstanceParts,
  ) {
    this.climbBack = new ClimbBack(this.ladder, (text) => this.output.say(text));
    this.backoff = new Backoff(parts.limits);
    this.since = parts.pace.now();
    this.output = new OutputReader(
      parts.pace,
      (event) => {
        this.sign.see(event);
        this.progress?.see(event);
        if (event.kind === 'stage') void this.writeDown();
        this.changed();
      },
      (entry) => parts.onEntry(this.plan.id, entry),
    );
  }

  get plan(): InstancePlan {
    return this.ladder.plan;
  }

  /** Begins, or tries again at once where it waits or gave up. */
  start(): void {
    this.tries.reset();
    if (this.running && !this.stopping.signal.aborted) {
      this.beginsAgain = this.isEnding;
      this.backoff.reset();
      this.waking.abort();
      return;
    }
    const before = this.running;
    if (!before) this.become('checking', null);
    this.isEnding = false;
    this.stopping = new AbortController();
    this.running = (before ?? Promise.resolve()).then(() => this.run(this.stopping.signal));
  }

  /** Ends it; `drain` lets running answers come to their end first. Resolves when nothing of it is left. */
  async stop({ drain }: { drain: boolean }): Promise<void> {
    this.isEnding = true;
    this.beginsAgain = false;
    const { running, stopping } = this;
    if (drain && (this.state === 'ready' || this.state === 'draining')) {
      const { pace, limits, held } = this.parts;
      this.become('draining', null);
      // Nothing runs on what has ended meanwhile.
      await untilIdle(pace, limits, () => this.group && held(this.plan.id) + workOf(this.metrics));
    }
    stopping.abort();
    await running;
    if (this.running !== running) return;
    this.running = undefined;
    this.become('stopped', null);
    if (this.beginsAgain) this.start();
  }

  status(): InstanceStatus {
    const { plan, ladder, metrics, seen } = this;
    return {
      ...shownOf(plan),
      ...this.output.facts,
      state: this.state,
      since: this.since,
      progress: STARTING.has(this.state) && this.progress ? this.progress.read() : this.checking,
      reason: this.reason,
      retryAt: this.retryAt,
      pid: this.group?.pid ?? null,
      ...ladder.shown,
      climb: this.climbBack.state,
      restarts: Math.max(0, this.launches - 1),
      crashes: this.crashes,
      weightsChecked: this.weightsChecked,
      ...seenOf(metrics, seen),
    };
  }

  private async run(stop: AbortSignal): Promise<void> {
    // What ends while it is drained is not started again.
    while (!stop.aborted && !this.isEnding) {
      const begun = this.parts.pace.monotonic();
      const ending = await this.once(stop).catch(endingOf);
      if (stop.aborted) return;
      if (ending === 'climb') this.climbBack.climb(this.parts.pace.now());
      else if (ending) await this.recover(ending, this.parts.pace.monotonic() - begun, stop);
    }
  }

  /** One life of the process group, until it ends for whatever reason. */
  private async once(stop: AbortSignal): Promise<Ended> {
    const { plan, parts } = this;
    this.retryAt = null;
    this.become('checking', this.reason);
    const prepared = await parts.prepare(plan, this.check, stop);
    this.checking = null;
    if (prepared.ending || stop.aborted) return prepared.ending;
    this.weightsChecked = prepared.weightsChecked ?? null;
    this.output.begin();
    this.sign = new StartSign();
    this.metrics = undefined;
    this.progress = new StartProgress(parts.pace, expectStages(parts.timings.read(plan.id), plan.eager));
    const group = parts.launch(plan, (line) => this.output.read(line));
    this.group = group;
    this.launches += 1;
    this.output.say(`started vLLM, process ${group.pid ?? 'none'}`);
    // At once, and again when a wrapper has become the program: a host that is killed must be able to find it.
    void this.writeDown();
    void parts.pace.sleep(WRAPPED_MS, stop).then(() => this.writeDown());
    this.become('starting', this.reason);
    const ending = await this.live(plan, group, stop);
    // Whoever asked it now would wait for nothing, or fail: its processes may take seconds to end.
    if (ending && ending !== 'climb' && this.state === 'ready')
      this.become('draining', describeEnding(mostTelling(ending, this.output.cause)));
    // What hangs has nothing to bring to its end.
    await group.end(stop.aborted ? parts.limits.graceMs : BROKEN_GRACE_MS);
    this.group = undefined;
    await parts.record(plan.id, []);
    // Its last words may have come after what we saw first.
    return mostTelling(ending, this.output.cause);
  }

  private async live(plan: InstancePlan, group: Group, stop: AbortSignal): Promise<Ended> {
    const over = new AbortController();
    const signal = AbortSignal.any([stop, over.signal]);
    const work = this.serve(plan, signal);
    try {
      return await firstEnding(work, group, this.parts.pace, signal);
    } finally {
      over.abort();
      work.catch(() => undefined);
    }
  }

  private async serve(plan: InstancePlan, signal: AbortSignal): Promise<Ended> {
    const { pace, limits, key } = this.parts;
    const { port, model, basis } = plan;
    const client = this.parts.client({ port, model, key, task: basis.model.task });
    const started = await startReplica(
      { client, pace, sign: this.sign, limits, shapes: shapesOf(plan) },
      (done, total) => {
        this.progress?.warmed(done, total);
        this.become('warming', this.reason);
      },
      signal,
    );
    if (started || signal.aborted) return started;
    this.output.serve();
    if (this.progress) this.parts.timings.write(plan.id, this.progress.timings());
    await this.writeDown();
    const workers = await findWorkers((await this.group?.members()) ?? []);
    // It has ended meanwhile: what takes its place must not count as ready.
    if (signal.aborted) return undefined;
    this.isGone = () => isOneGone(workers);
    this.isWell = async () => !this.isGone() && (await client.health(limits.lookTimeoutMs)) === 'well';
    this.output.say('ready');
    this.become('ready', null);
    return watchReplica(
      {
        client,
        pace,
        limits,
        isWorkerGone: this.isGone,
        cardShare: () => this.parts.cardShare(plan.gpus),
        onSight: (sight) => this.see(sight),
        wantsClimb: (metrics) => this.wantsClimb(metrics),
        canRelieve: (share) => this.ladder.hasLower({ kind: 'memory-high', share }),
        held: () => this.parts.held(plan.id),
        onLeaving: (why) => this.become('draining', why === 'climb' ? null : describeEnding(why)),
        onStaying: () => this.stay(),
      },
      signal,
    );
  }

  private async recover(ending: Ending, livedMs: number, stop: AbortSignal): Promise<void> {
    const { pace } = this.parts;
    this.crashes += 1;
    if (this.isEnding) return this.output.say(describeEnding(ending));
    const wasReady = this.state === 'ready' || this.state === 'draining';
    const stage = STARTING.has(this.state) ? this.progress?.read().stage : undefined;
    const rung = this.ladder.lower(ending, pace.now(), stage);
    const lastTry = this.tries.ended(ending, wasReady || rung !== undefined);
    const text = `${describeEnding(ending)}${lastTry ? ` ${GIVEN_UP}` : ''}`;
    this.output.say(text);
    if (rung !== undefined) this.output.say(`one rung down: ${rung}`);
    // A new rung is a new try; what cannot heal by itself waits for somebody.
    const wait = rung !== undefined ? 0 : this.backoff.crashed(pace.monotonic(), livedMs);
    const giveUp = lastTry || (rung === undefined && isPermanent(ending));
    this.retryAt = giveUp ? null : pace.now() + wait;
    this.become(giveUp ? 'failed' : 'backoff', text);
    this.waking = new AbortController();
    await pauseFor(pace, giveUp ? null : wait, AbortSignal.any([stop, this.waking.signal]));
  }

  private wantsClimb(metrics: EngineMetrics): boolean {
    const { pace, limits, isSpared, climbBeside } = this.parts;
    if (this.state !== 'ready') return false;
    const isFree = workOf(metrics) === 0 || isSpared(this.plan);
    const fits = hasRoomOf(this.plan, this.seen.cardShare, limits.memoryShare);
    const goBeside = (): boolean => fits(this.ladder.goal) && climbBeside(this.plan.id);
    return this.climbBack.wants(pace.monotonic(), isFree, fits(this.ladder.above), goBeside);
  }

  private stay(): void {
    if (this.isEnding) return;
    this.climbBack.putOff();
    this.state = 'ready';
    this.changed();
  }

  private see(sight: Sight): void {
    this.metrics = sight.metrics ?? this.metrics;
    this.seen = { ...this.seen, ...sight };
    this.changed();
  }

  private readonly check: Say = (text, percent = 0, remainingSeconds = null) => {
    this.checking = { stage: 'checking', percent, remainingSeconds };
    if (percent === 0) this.output.say(text);
    this.changed();
  };

  private async writeDown(): Promise<void> {
    if (this.group) await this.parts.record(this.plan.id, await this.group.members()).catch(() => undefined);
  }

  private become(state: InstanceState, reason: string | null): void {
    this.reason = reason;
    if (state !== this.state) {
      // While it drains it is still watched, and must not become ready again.
      if (this.state === 'draining' && !AFTER_DRAINING.has(state)) return;
      this.state = state;
      this.since = this.parts.pace.now();
    }
    this.changed();
  }

  private changed(): void {
    this.parts.onChange(this.status());
  }
}
