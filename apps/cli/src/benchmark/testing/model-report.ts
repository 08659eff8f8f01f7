import type { LevelReport, ModelReport, TaskReport } from '../bench-report.js';
import type { AnswerRecord } from '../answer-record.js';
import { summarize, type Goals } from '../summarize.js';

export interface LevelShape {
  readonly concurrency?: number;
  /** Of each request, in ms. */
  readonly firstTokens?: readonly number[];
  readonly failed?: number;
  readonly durationMs?: number;
  readonly goals?: Goals;
  readonly target?: string;
  readonly kind?: LevelReport['kind'];
  readonly cardsUsed?: number;
}

/** Answers of eleven tokens, one every 10 ms. */
export function levelOf(shape: LevelShape = {}): LevelReport {
  const {
    concurrency = 1,
    failed = 0,
    durationMs = 2_000,
    goals,
    target = 'direct',
    kind = 'direct',
  } = shape;
  const firstTokens = shape.firstTokens ?? Array.from({ length: 20 }, (_, at) => 100 + at);
  const answers = firstTokens.map((first) => answerOf(first));
  const failures = Array.from({ length: failed }, () => ({ ...answerOf(1), failure: 'busy' as const }));
  const round = { records: [...answers, ...failures], durationMs, peakConcurrent: concurrency };
  const { cardsUsed } = shape;
  return {
    ...{ target, kind, concurrency, rate: null, clientBusy: 0 },
    figures: summarize([round], { outputTokens: 11, goals }),
    load: cardsUsed === undefined ? null : { cardsUsed, kvCacheShare: null, running: null, waiting: null },
  };
}

function answerOf(first: number): AnswerRecord {
  const chunkTimes = Array.from({ length: 11 }, (_, at) => first + at * 10);
  const lastAt = first + 100;
  return {
    ...{ sentAt: 0, chunkTimes, contentAt: first, lastAt, closedAt: lastAt, promptTokens: 512 },
    ...{ outputTokens: 11, counted: true, finish: 'length', text: '', failure: undefined, detail: undefined },
  };
}

/** `passed` of `of` tasks, the first ones. */
export function tasksOf(kind: TaskReport['kind'], passed: number, of = 12): TaskReport[] {
  return Array.from({ length: of }, (_, at) => ({
    ...{ id: `${kind}-${at}`, kind, passes: 'a number', passed: at < passed, reason: '' },
  }));
}

export function modelOf(model: string, more: Partial<ModelReport> = {}): ModelReport {
  return {
    ...{ model, promptTokens: 'counted', levels: [levelOf()], shares: [], ownEnds: [] },
    ...{ memoryAtRest: null, cardsAtRest: null, coldStartSeconds: null, coldStartMissing: null },
    ...{ remarks: [], sweep: null, tasks: [] },
    ...more,
  };
}

export function sweepTo(highestStable: number, atLimit = false): ModelReport['sweep'] {
  return {
    ...{ target: 'direct', inputTokens: 512, outputTokens: 256, goals: {}, tried: [] },
    ...{ highestStable, atLimit },
  };
}
