import { expectStages, StartProgress } from '../log/start-progress.js';
import type { InstancePlan } from '../plan/launch-plan.js';
import { Backoff } from './backoff.js';
import { describeEnding, isOutlived, isPermanent, mostTelling } from './describe-ending.js';
import { shownOf, type Ending, type InstanceState, type InstanceStatus } from './instance-status.js';
import { findWorkers, isOneGone } from './find-workers.js';
import type { InstanceParts } from './instance-parts.js';
import { OutputReader, type LogEntry } from './output-reader.js';
import type { Group } from './process-group.js';
import type { EngineMetrics } from './read-metrics.js';
import type { ReplicaClient } from './replica-client.js';
import { RungLadder } from './rung-ladder.js';
import { startReplica, StartSign } from './start-replica.js';
import { GIVEN_UP, StartTries } from './start-tries.js';
import { untilIdle } from './until-idle.js';
import { shapesOf } from './warm-replica.js';
import { watchReplica, type Sight } from './watch-replica.js';

/** A broken vLLM gets so long to end by itself: more would only keep its callers waiting. */
const BROKEN_GRACE_MS = 2_000;

/** By then a wrapping script has been replaced by what it starts. */
const WRAPPED_MS = 1_000;
/** A killed leader takes its workers with it, and their end may be seen before its own. */
const LEADER_MS = 200;

/** One vLLM that is kept alive: started, checked, watched, ended and started again, one rung lower where it must. */
export class EngineInstance {
  private readonly ladder: RungLadder;
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
  private reason: string | null = null;
  private retryAt: number | null = null;
  private launches = 0;
  private crashes = 0;
  private stopping = new AbortController();
  private waking = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    planned: InstancePlan,
    private readonly parts: InstanceParts,
  ) {
    this.ladder = new RungLadder(planned, parts.limits.climbAfterMs);
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
      this.backoff.reset();
      this.waking.abort();
      return;
    }
    const before = this.running;
    this.stopping = new AbortController();
    this.running = (before ?? Promise.resolve()).then(() => this.run(this.stopping.signal));
  }

  /** Ends it; `drain` lets running answers come to their end first. Resolves when nothing of it is left. */
  async stop(options: { drain: boolean }): Promise<void> {
    if (options.drain && this.state === 'ready') {
      this.become('draining', null);
      await untilIdle(this.parts.pace, this.parts.limits, () => this.metrics);
    }
    this.stopping.abort();
    this.waking.abort();
    await this.running;
    this.running = undefined;
    this.become('stopped', null);
  }

  tail(after = 0): readonly LogEntry[] {
    return this.output.tail(after);
  }

  status(): InstanceStatus {
    const { plan, ladder, metrics, seen } = this;
    const starting = this.state === 'starting' || this.state === 'warming';
    return {
      ...shownOf(plan),
      ...this.output.facts,
      state: this.state,
      since: this.since,
      progress: starting && this.progress ? this.progress.read() : this.checking,
      reason: this.reason,
      retryAt: this.retryAt,
      pid: this.group?.pid ?? null,
      rung: ladder.rung,
      rungs: ladder.rungs,
      rungsTaken: ladder.taken,
      restarts: Math.max(0, this.launches - 1),
      crashes: this.crashes,
      running: metrics?.running ?? 0,
      waiting: metrics?.waiting ?? 0,
      probeSeconds: seen.probeSeconds ?? null,
      cardShare: seen.cardShare ?? null,
    };
  }

  private async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const begun = this.parts.pace.monotonic();
      const ending = await this.once(stop).catch((error: unknown): Ending => ({
        kind: 'weights',
        text: error instanceof Error ? error.message : 'It failed.',
      }));
      if (stop.aborted) return;
      if (ending === 'climb') this.climb();
      else if (ending) await this.recover(ending, this.parts.pace.monotonic() - begun, stop);
    }
  }

  /** One life of the process group, until it ends for whatever reason. */
  private async once(stop: AbortSignal): Promise<Ending | 'climb' | undefined> {
    const { plan, parts } = this;
    this.retryAt = null;
    this.become('checking', this.reason);
    const unprepared = await parts.prepare(
      plan,
      (text, percent, remaining) => this.check(text, percent, remaining),
      stop,
    );
    this.checking = null;
    if (unprepared || stop.aborted) return unprepared;
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
    // What hangs has nothing to bring to its end.
    await group.end(stop.aborted ? parts.limits.graceMs : BROKEN_GRACE_MS);
    this.group = undefined;
    await parts.record(plan.id, []);
    // Its last words may have come after what we saw first.
    return mostTelling(ending, this.output.cause);
  }

  private async live(
    plan: InstancePlan,
    group: Group,
    stop: AbortSignal,
  ): Promise<Ending | 'climb' | undefined> {
    const over = new AbortController();
    const signal = AbortSignal.any([stop, over.signal]);
    const client = this.parts.client({
      ...{ port: plan.port, model: plan.model, key: this.parts.key },
      task: plan.basis.model.task,
    });
    const exited = group.exited.then(({ code, signal: by, error }): Ending =>
      error === undefined ? { kind: 'exited', code, signal: by } : { kind: 'no-program' },
    );
    // On the signal of this life: listeners of the instance's own would pile up with each restart.
    const stopped = new Promise<undefined>((done) => signal.addEventListener('abort', () => done(undefined)));
    const work = this.serve(plan, client, signal);
    try {
      const ending = await Promise.race([work, exited, stopped]);
      if (!isOutlived(ending)) return ending;
      const leader = await Promise.race([exited, this.parts.pace.sleep(LEADER_MS, signal)]);
      return leader && leader.kind === 'exited' && leader.signal !== null ? leader : ending;
    } finally {
      over.abort();
      work.catch(() => undefined);
    }
  }

  private async serve(
    plan: InstancePlan,
    client: ReplicaClient,
    signal: AbortSignal,
  ): Promise<Ending | 'climb' | undefined> {
    const { parts } = this;
    const { pace, limits } = parts;
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
    if (this.progress) parts.timings.write(plan.id, this.progress.timings());
    await this.writeDown();
    const workers = await findWorkers((await this.group?.members()) ?? []);
    this.output.say('ready');
    this.become('ready', null);
    return watchReplica(
      {
        client,
        pace,
        limits,
        isWorkerGone: () => isOneGone(workers),
        cardShare: () => parts.cardShare(plan.gpus),
        onSight: (sight) => this.see(sight),
        mayEnd: ({ running, waiting }) => this.ladder.mayClimb(pace.monotonic(), running + waiting === 0),
      },
      signal,
    );
  }

  private async recover(ending: Ending, livedMs: number, stop: AbortSignal): Promise<void> {
    const { pace } = this.parts;
    this.crashes += 1;
    const isStart = this.state === 'starting' || this.state === 'warming';
    const wasReady = this.state === 'ready' || this.state === 'draining';
    const stage = isStart ? this.progress?.read().stage : undefined;
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
    const signal = AbortSignal.any([stop, this.waking.signal]);
    if (!giveUp) await pace.sleep(wait, signal);
    else await new Promise<void>((woken) => signal.addEventListener('abort', () => woken()));
  }

  private climb(): void {
    this.ladder.climb(this.parts.pace.now());
    this.output.say(`quiet and idle: one rung up, to rung ${this.ladder.rung}`);
  }

  private see(sight: Sight): void {
    this.metrics = sight.metrics ?? this.metrics;
    this.seen = { ...this.seen, ...sight };
    this.changed();
  }

  private check(text: string, percent = 0, remainingSeconds: number | null = null): void {
    this.checking = { stage: 'checking', percent, remainingSeconds };
    if (percent === 0) this.output.say(text);
    this.changed();
  }

  private async writeDown(): Promise<void> {
    const group = this.group;
    if (group) await this.parts.record(this.plan.id, await group.members()).catch(() => undefined);
  }

  private become(state: InstanceState, reason: string | null): void {
    this.reason = reason;
    if (state !== this.state) {
      // While it drains it is still watched, and must not become ready again.
      if (this.state === 'draining' && state !== 'stopped' && state !== 'backoff' && state !== 'failed')
        return;
      this.state = state;
      this.since = this.parts.pace.now();
    }
    this.changed();
  }

  private changed(): void {
    this.parts.onChange(this.status());
  }
}
