import { FAILURES, type AnswerRecord, type Failure } from './answer-record.js';
import { spreadOf, type Spread } from './percentiles.js';
import type { Round } from './run-load.js';

/** Milliseconds; a goal that is not set holds always. */
export interface Goals {
  readonly ttft?: number;
  readonly tpot?: number;
  readonly e2el?: number;
}

/** The figures of one target at one level. Times in milliseconds, throughputs a second. */
export interface Figures {
  readonly successful: number;
  readonly failed: number;
  readonly failures: Readonly<Partial<Record<Failure, number>>>;
  /** One sentence of a server for each kind of failure. */
  readonly details: Readonly<Partial<Record<Failure, string>>>;
  /** Answers with fewer tokens than were asked for. */
  readonly short: number;
  /** Answers whose server gave no usage, so that chunks were counted. */
  readonly uncounted: number;
  readonly durationMs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly requestThroughput: number;
  readonly outputThroughput: number;
  readonly totalThroughput: number;
  /** Chunks of the best second. */
  readonly peakOutputThroughput: number;
  readonly peakConcurrent: number;
  /** Requests a second that met every goal; nothing without goals. */
  readonly goodput: number | undefined;
  /** Share of all requests, failed ones too, that met every goal. */
  readonly goodShare: number | undefined;
  readonly ttft: Spread | undefined;
  readonly firstContent: Spread | undefined;
  readonly tpot: Spread | undefined;
  readonly itl: Spread | undefined;
  readonly e2el: Spread | undefined;
  /** Until the stream was closed. */
  readonly closed: Spread | undefined;
  /** First token and 99 more at the request's own pace: answers of different length compared. */
  readonly answer100: Spread | undefined;
}

/** Time to the first token. */
export const ttftOf = (record: AnswerRecord): number => (record.chunkTimes[0] ?? NaN) - record.sentAt;
export const e2elOf = (record: AnswerRecord): number => record.lastAt - record.sentAt;
/** Time per output token after the first; nothing for an answer of one token. */
export function tpotOf(record: AnswerRecord): number | undefined {
  if (record.outputTokens <= 1) return undefined;
  return (e2elOf(record) - ttftOf(record)) / (record.outputTokens - 1);
}

/** Whether the request meets every goal; TPOT counts as 0 for one token, as in `vllm bench serve`. */
export function isGood(record: AnswerRecord, goals: Goals): boolean {
  if (record.failure) return false;
  if (goals.ttft !== undefined && ttftOf(record) > goals.ttft) return false;
  if (goals.tpot !== undefined && (tpotOf(record) ?? 0) > goals.tpot) return false;
  return goals.e2el === undefined || e2elOf(record) <= goals.e2el;
}

/** The definitions of `vllm bench serve` (vllm/benchmarks/serve.py), over one or more rounds of the same load. */
export function summarize(
  rounds: readonly Round[],
  asked: { readonly outputTokens: number; readonly goals: Goals | undefined },
): Figures {
  const all = rounds.flatMap(({ records }) => records);
  const good = all.filter(({ failure }) => failure === undefined);
  const durationMs = rounds.reduce((sum, round) => sum + round.durationMs, 0);
  const perSecond = (amount: number): number => (durationMs > 0 ? (amount / durationMs) * 1000 : 0);
  const sum = (read: (record: AnswerRecord) => number): number =>
    good.reduce((total, record) => total + read(record), 0);
  const inputTokens = sum((record) => record.promptTokens);
  const outputTokens = sum((record) => record.outputTokens);
  const { goals } = asked;
  const met = goals ? all.filter((record) => isGood(record, goals)).length : undefined;
  return {
    successful: good.length,
    failed: all.length - good.length,
    ...failuresOf(all),
    short: good.filter((record) => record.outputTokens < asked.outputTokens).length,
    uncounted: good.filter(({ counted }) => !counted).length,
    durationMs,
    inputTokens,
    outputTokens,
    requestThroughput: perSecond(good.length),
    outputThroughput: perSecond(outputTokens),
    totalThroughput: perSecond(inputTokens + outputTokens),
    peakOutputThroughput: Math.max(0, ...rounds.map(peakSecond)),
    peakConcurrent: Math.max(0, ...rounds.map((round) => round.peakConcurrent)),
    goodput: met === undefined ? undefined : perSecond(met),
    goodShare: met === undefined || all.length === 0 ? undefined : met / all.length,
    ...timesOf(good),
  };
}

function timesOf(good: readonly AnswerRecord[]) {
  return {
    ttft: spreadOf(good.map(ttftOf)),
    firstContent: spreadOf(
      good.flatMap(({ contentAt, sentAt }) => (contentAt === undefined ? [] : [contentAt - sentAt])),
    ),
    tpot: spreadOf(good.flatMap((record) => tpotOf(record) ?? [])),
    itl: spreadOf(good.flatMap(({ chunkTimes }) => gapsOf(chunkTimes))),
    e2el: spreadOf(good.map(e2elOf)),
    closed: spreadOf(good.map((record) => record.closedAt - record.sentAt)),
    answer100: spreadOf(
      good.flatMap((record) => {
        const pace = tpotOf(record);
        return pace === undefined ? [] : [ttftOf(record) + 99 * pace];
      }),
    ),
  };
}

function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, at) => time - (times[at] ?? time));
}

function failuresOf(all: readonly AnswerRecord[]): Pick<Figures, 'failures' | 'details'> {
  const failures: Partial<Record<Failure, number>> = {};
  const details: Partial<Record<Failure, string>> = {};
  for (const kind of FAILURES) {
    const of = all.filter(({ failure }) => failure === kind);
    if (of.length === 0) continue;
    failures[kind] = of.length;
    details[kind] = of[0]?.detail ?? '';
  }
  return { failures, details };
}

/** Most chunks within one of the round's seconds. */
function peakSecond(round: Round): number {
  const start = Math.min(...round.records.map(({ sentAt }) => sentAt));
  const seconds = new Map<number, number>();
  for (const { chunkTimes, failure } of round.records) {
    if (failure) continue;
    for (const time of chunkTimes) {
      const second = Math.floor((time - start) / 1000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
  }
  return Math.max(0, ...seconds.values());
}
