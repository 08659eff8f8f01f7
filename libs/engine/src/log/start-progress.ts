import type { Clock } from '@lorekeep/kit/clock';
import { STAGES, type LogEvent, type Stage } from './log-event.js';

export type StageSeconds = Readonly<Record<Stage, number>>;

/**
 * Seconds of each stage, recorded on two cards with vLLM 0.26: a first start of gpt-oss-20b's shape (195 s to the
 * listening server) and a second start of Llama-3.1-8B's with a filled compile cache (83 s). Warming is ours.
 */
export const COLD: StageSeconds = {
  launch: 21.2,
  arguments: 25.4,
  engine: 20.9,
  distributed: 2.7,
  weights: 2.5,
  compile: 27.4,
  profile: 28.5,
  graphs: 66.2,
  finish: 5.9,
  listen: 0.5,
  warm: 10,
};
export const WARM: StageSeconds = {
  launch: 16.6,
  arguments: 18.9,
  engine: 17.6,
  distributed: 1.4,
  weights: 1.2,
  compile: 4.1,
  profile: 2.1,
  graphs: 2.2,
  finish: 18.3,
  listen: 0.5,
  warm: 5,
};

/** From a machine ten times faster than the recorded one to one ten times slower. */
const SCALE_MIN = 0.1;
const SCALE_MAX = 10;
/** A stage without a counter never counts as more than this before its end. */
const UNCOUNTED_MAX = 0.95;
/** Ready is said by the supervisor, not guessed. */
const PERCENT_MAX = 99;

export interface ProgressReading {
  readonly stage: Stage;
  /** 0 to 99, never going back within one start. */
  readonly percent: number;
  readonly remainingSeconds: number;
}

/** How far a start is: recorded or learned stage lengths, re-scaled by how long this machine took so far. */
export class StartProgress {
  private expected: StageSeconds;
  private at = 0;
  private fraction = 0;
  private percent = 0;
  private readonly begun: number;
  private stageBegun: number;
  private readonly spent: Partial<Record<Stage, number>> = {};

  constructor(
    private readonly clock: Clock,
    expected: StageSeconds = COLD,
  ) {
    this.expected = expected;
    this.begun = this.stageBegun = clock.monotonic();
  }

  see(event: LogEvent): void {
    if (event.kind === 'stage') this.enter(event.stage);
    else if (event.kind === 'ready') this.enter('warm');
    else if (event.kind === 'shards' && this.stage === 'weights') this.count(event.done, event.total);
    else if (event.kind === 'graphs' && this.stage === 'graphs') this.countGraphs(event);
    else if (event.kind === 'cached') this.expectCached();
  }

  /** Warming: `done` of `total` batch sizes. */
  warmed(done: number, total: number): void {
    this.enter('warm');
    this.count(done, total);
  }

  read(): ProgressReading {
    const now = this.clock.monotonic();
    const inStage = (now - this.stageBegun) / 1000;
    const scale = this.scale();
    const recorded = this.expected[this.stage] * scale;
    // A counter tells more about this stage than any recording.
    const expected =
      this.fraction > 0 ? inStage / this.fraction : Math.max(recorded, inStage / UNCOUNTED_MAX);
    const share =
      this.fraction > 0 ? this.fraction : Math.min(UNCOUNTED_MAX, inStage / Math.max(expected, 0.1));
    const remaining = expected * (1 - share) + this.sum(this.at + 1, STAGES.length) * scale;
    const done = this.sum(0, this.at) + this.expected[this.stage] * share;
    const percent = (100 * done) / this.sum(0, STAGES.length);
    this.percent = Math.min(PERCENT_MAX, Math.max(this.percent, Math.floor(percent)));
    return { stage: this.stage, percent: this.percent, remainingSeconds: Math.ceil(remaining) };
  }

  /** What each stage took, for the next start's expectation; stages that did not happen count 0. */
  timings(): StageSeconds {
    const now = this.clock.monotonic();
    const spent = { ...this.spent, [this.stage]: (now - this.stageBegun) / 1000 };
    return Object.fromEntries(STAGES.map((stage) => [stage, spent[stage] ?? 0])) as Record<Stage, number>;
  }

  private get stage(): Stage {
    return STAGES[this.at] ?? 'warm';
  }

  private enter(stage: Stage): void {
    const at = STAGES.indexOf(stage);
    // Several workers say the same; a stage that has passed does not come back.
    if (at <= this.at) return;
    this.read();
    const now = this.clock.monotonic();
    this.spent[this.stage] = (now - this.stageBegun) / 1000;
    this.at = at;
    this.fraction = 0;
    this.stageBegun = now;
  }

  private count(done: number, total: number): void {
    if (total > 0) this.fraction = Math.max(this.fraction, Math.min(1, done / total));
  }

  /** The second pass (whole graphs of decoding) is short: the first pass is taken as nine tenths of the stage. */
  private countGraphs(event: { pass: string; done: number; total: number }): void {
    const [from, size] = /FULL/.test(event.pass) ? [0.9, 0.1] : [0, 0.9];
    this.count(from + (size * event.done) / event.total, 1);
  }

  private expectCached(): void {
    const later = STAGES.slice(this.at).map((stage) => [stage, Math.min(this.expected[stage], WARM[stage])]);
    this.expected = { ...this.expected, ...(Object.fromEntries(later) as Partial<StageSeconds>) };
  }

  private sum(from: number, to: number): number {
    return STAGES.slice(from, to).reduce((total, stage) => total + this.expected[stage], 0);
  }

  private scale(): number {
    const expected = this.sum(0, this.at);
    if (expected <= 0) return 1;
    const seen = (this.stageBegun - this.begun) / 1000 / expected;
    return Math.min(SCALE_MAX, Math.max(SCALE_MIN, seen));
  }
}

/** What the next start should take: as long as the last one of this instance, without the stages that eager mode lacks. */
export function expectStages(last: StageSeconds | undefined, eager: boolean): StageSeconds {
  const expected = last ?? COLD;
  return eager ? { ...expected, compile: 0, graphs: 0 } : expected;
}
