import { WARM } from '../../log/start-progress.js';
import type { InstancePlan } from '../../plan/launch-plan.js';
import { EngineInstance } from '../engine-instance.js';
import type { InstanceParts } from '../instance-parts.js';
import type { Ending, InstanceStatus } from '../instance-status.js';
import type { Exit, Group } from '../process-group.js';
import type { EngineMetrics } from '../read-metrics.js';
import type { ChatOutcome } from '../replica-client.js';
import { RungLadder } from '../rung-ladder.js';
import { aPlan } from './a-plan.js';
import { ManualPace } from './manual-pace.js';

export const IDLE: EngineMetrics = {
  running: 0,
  waiting: 0,
  generatedTokens: 0,
  promptTokens: 0,
  cacheUsage: 0,
};
const READY_LINE = '(APIServer pid=1) INFO:     Application startup complete.';
export const oom =
  '(EngineCore pid=1) ERROR 11-21 00:00:00 [core.py:1] torch.OutOfMemoryError: CUDA out of memory.';

export interface Life {
  /** Lines right after the start; without the last the server never listens. */
  lines?: readonly string[];
  /** Virtual milliseconds after which it exits, and how. */
  exitAfter?: number;
  exit?: Exit;
  /** Virtual milliseconds that its processes take to end once they are told to. */
  endsIn?: number;
}

/** A vLLM that is a script: each start lives the next life, the last one again and again. */
export class ScriptedVllm {
  readonly pace = new ManualPace();
  readonly launched: InstancePlan[] = [];
  readonly states: string[] = [];
  readonly ended: number[] = [];
  readonly said: string[] = [];
  metrics = IDLE;
  chat: ChatOutcome = 'answered';
  /** Virtual time from which /health says that the engine is dead. */
  deadFrom = Infinity;
  unprepared: Ending | undefined;
  /** Of the processes that it runs as. */
  pids: readonly number[] = [];

  constructor(private readonly lives: readonly Life[]) {}

  private launch(plan: InstancePlan, onLine: (line: string) => void): Group {
    const life = this.lives[Math.min(this.launched.length, this.lives.length - 1)] ?? {};
    this.launched.push(plan);
    let end: (exit: Exit) => void = () => undefined;
    const exited = new Promise<Exit>((done) => (end = done));
    setImmediate(() => {
      (life.lines ?? [READY_LINE]).forEach(onLine);
      if (life.exitAfter !== undefined)
        void this.pace.sleep(life.exitAfter).then(() => end(life.exit ?? { code: 0, signal: null }));
    });
    return {
      pid: 1_000_000 + this.launched.length,
      exited,
      members: () => Promise.resolve([...this.pids]),
      end: (graceMs) => {
        this.ended.push(graceMs);
        end({ code: 0, signal: null });
        return life.endsIn === undefined ? Promise.resolve() : this.pace.sleep(life.endsIn);
      },
    };
  }

  parts(): InstanceParts {
    return {
      pace: this.pace,
      limits: {
        ...{ startTimeoutMs: 600_000, answerTimeoutMs: 1_000, lookEveryMs: 1_000, lookTimeoutMs: 1_000 },
        ...{
          processesEveryMs: 1_000,
          silentLooks: 3,
          stallAfterMs: 6_000,
          probeEveryMs: 10_000,
          probeTimeoutMs: 5_000,
        },
        ...{ memoryShare: 0.95, memoryForMs: 30_000, firstMs: 2_000, mostMs: 60_000, quietMs: 600_000 },
        ...{ drainMs: 30_000, graceMs: 40_000, climbAfterMs: 600_000 },
      },
      key: 'k',
      launch: (plan, onLine) => this.launch(plan, onLine),
      client: () => ({
        health: () => Promise.resolve(this.pace.monotonic() >= this.deadFrom ? 'dead' : 'well'),
        metrics: () => Promise.resolve(this.metrics),
        answer: () => Promise.resolve({ text: 'a', tokens: 1, seconds: 0.01 }),
        chat: () => Promise.resolve(this.chat),
      }),
      prepare: () => Promise.resolve(this.unprepared ? { ending: this.unprepared } : {}),
      record: () => Promise.resolve(),
      held: () => 0,
      isSpared: () => false,
      climbBeside: () => false,
      cardShare: () => Promise.resolve(null),
      timings: { read: () => WARM, write: () => undefined },
      onChange: ({ state }) => {
        if (this.states.at(-1) !== state) this.states.push(state);
      },
      onEntry: (_, { text }) => void this.said.push(text),
    };
  }
}

/** An instance over it. */
export class Stage extends ScriptedVllm {
  readonly instance: EngineInstance;

  constructor(lives: readonly Life[], plan = aPlan({ sequences: 8 })) {
    super(lives);
    const parts = this.parts();
    this.instance = new EngineInstance(new RungLadder(plan, parts.limits.climbAfterMs), parts);
    this.instance.start();
  }

  until(wanted: (status: InstanceStatus) => boolean): Promise<InstanceStatus> {
    return untilSo(() => this.instance.status(), wanted);
  }

  is(state: string): Promise<InstanceStatus> {
    return this.until((status) => status.state === state);
  }
}

/** Time goes on in between, as far as somebody sleeps. */
export async function untilSo<T>(look: () => T, wanted: (seen: T) => boolean): Promise<T> {
  for (let turn = 0; turn < 200_000; turn += 1) {
    const seen = look();
    if (wanted(seen)) return seen;
    await new Promise((go) => setImmediate(go));
  }
  throw new Error(`never so: ${JSON.stringify(look())}`);
}
