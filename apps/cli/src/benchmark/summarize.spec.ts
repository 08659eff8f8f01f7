import { describe, expect, it } from '@jest/globals';
import type { AnswerRecord } from './answer-record.js';
import { compareShares } from './compare-shares.js';
import type { LevelReport } from './bench-report.js';
import { summarize } from './summarize.js';

/** First token after `first`, then one every `pace` milliseconds. */
function answer(
  sentAt: number,
  first: number,
  pace: number,
  tokens: number,
  more: Partial<AnswerRecord> = {},
): AnswerRecord {
  const chunkTimes = Array.from({ length: tokens }, (_, at) => sentAt + first + at * pace);
  const lastAt = chunkTimes.at(-1) ?? sentAt;
  return {
    ...{ sentAt, chunkTimes, contentAt: chunkTimes[0], lastAt, closedAt: lastAt + 1, promptTokens: 100 },
    ...{
      outputTokens: tokens,
      counted: true,
      finish: 'length',
      failure: undefined,
      detail: undefined,
      text: '',
    },
    ...more,
  };
}
const asked = { outputTokens: 11, goals: undefined };
const failed = (failure: AnswerRecord['failure']): AnswerRecord =>
  answer(0, 1, 1, 3, { failure, detail: `a ${failure}` });

describe('summarize', () => {
  it('has the definitions of vllm bench serve', () => {
    const records = [answer(0, 100, 10, 11), answer(0, 300, 30, 11)];
    const figures = summarize([{ records, durationMs: 2_000, peakConcurrent: 2 }], asked);
    expect(figures).toMatchObject({
      ...{ successful: 2, failed: 0, short: 0, uncounted: 0, inputTokens: 200, outputTokens: 22 },
      ...{ requestThroughput: 1, outputThroughput: 11, totalThroughput: 111, peakOutputThroughput: 22 },
      ...{ goodput: undefined, goodShare: undefined, peakConcurrent: 2 },
    });
    expect(figures.ttft).toMatchObject({ p50: 200, mean: 200, max: 300 });
    expect(figures.tpot).toMatchObject({ p50: 20, max: 30 });
    expect(figures.itl).toMatchObject({ count: 20, p50: 20 });
    expect(figures.e2el).toMatchObject({ p50: 400, max: 600 });
    expect(figures.answer100?.p50).toBeCloseTo(200 + 99 * 20, 6);
  });

  it('takes tokens from the usage: several in a chunk make ITL another figure than TPOT', () => {
    const records = [answer(0, 100, 10, 11, { outputTokens: 21 })];
    const figures = summarize([{ records, durationMs: 1_000, peakConcurrent: 1 }], asked);
    expect(figures.tpot?.p50).toBe(5);
    expect(figures.itl?.p50).toBe(10);
  });

  it('leaves an answer of one token out of TPOT and counts it as 0 for goodput', () => {
    const goals = { ttft: 500, tpot: 1 };
    const records = [answer(0, 100, 10, 1)];
    const figures = summarize([{ records, durationMs: 1_000, peakConcurrent: 1 }], {
      outputTokens: 1,
      goals,
    });
    expect(figures.tpot).toBeUndefined();
    expect(figures).toMatchObject({ goodput: 1, goodShare: 1 });
  });

  it('counts for goodput what meets every goal, at its edge too, and no failed request', () => {
    const records = [answer(0, 100, 10, 11), answer(0, 101, 10, 11), answer(0, 100, 11, 11), failed('busy')];
    const figures = summarize([{ records, durationMs: 4_000, peakConcurrent: 4 }], {
      outputTokens: 11,
      goals: { ttft: 100, tpot: 10, e2el: 200 },
    });
    expect(figures).toMatchObject({ goodput: 0.25, goodShare: 0.25 });
  });

  it('counts failures by kind and keeps them out of every time and throughput', () => {
    const records = [answer(0, 100, 10, 11), failed('busy'), failed('busy'), failed('timeout')];
    const figures = summarize([{ records, durationMs: 1_000, peakConcurrent: 1 }], asked);
    expect(figures).toMatchObject({
      ...{ successful: 1, failed: 3, failures: { busy: 2, timeout: 1 }, outputTokens: 11 },
      details: { busy: 'a busy', timeout: 'a timeout' },
    });
    expect(figures.ttft?.count).toBe(1);
  });

  it('adds rounds up: their durations, not the time between them', () => {
    const round = (sentAt: number) => ({
      records: [answer(sentAt, 100, 10, 11)],
      ...{ durationMs: 500, peakConcurrent: 1 },
    });
    const figures = summarize([round(0), round(60_000)], asked);
    expect(figures).toMatchObject({ durationMs: 1_000, requestThroughput: 2, peakOutputThroughput: 11 });
  });

  it('has no figures of nothing', () => {
    const figures = summarize([{ records: [], durationMs: 0, peakConcurrent: 0 }], asked);
    expect(figures).toMatchObject({ successful: 0, requestThroughput: 0, peakOutputThroughput: 0 });
    expect(figures.ttft).toBeUndefined();
  });
});

describe('compareShares', () => {
  const level = (
    kind: 'direct' | 'through',
    concurrency: number,
    first: number,
    pace: number,
  ): LevelReport => ({
    ...{ target: kind, kind, concurrency, rate: null, load: null, clientBusy: 0.1 },
    figures: summarize(
      [{ records: [answer(0, first, pace, 100)], durationMs: 1_000, peakConcurrent: 1 }],
      asked,
    ),
  });

  it('is the medians of through against direct at the same level', () => {
    const shares = compareShares([
      level('direct', 1, 100, 10),
      level('through', 1, 120, 10),
      level('through', 4, 1, 1),
    ]);
    expect(shares).toHaveLength(1);
    expect(shares[0]).toMatchObject({ concurrency: 1, ttftRatio: 1.2, addedTtftMs: 20 });
    expect(shares[0]?.shareOf100).toBeCloseTo(1 - 1_090 / 1_110, 10);
  });

  it('compares the first text where the gateway keeps reasoning to itself, and whole answers of 100 tokens', () => {
    const at = (kind: 'direct' | 'through', records: AnswerRecord[]): LevelReport => ({
      ...level(kind, 1, 1, 1),
      figures: summarize([{ records, durationMs: 1_000, peakConcurrent: 1 }], asked),
    });
    // 100 tokens each, of which the first 50 are reasoning.
    const shown = answer(0, 100, 10, 100, { contentAt: 600 });
    const hidden = answer(0, 620, 10, 50, { outputTokens: 100 });
    const [share] = compareShares([at('direct', [shown]), at('through', [hidden])]);
    expect(share).toMatchObject({ basis: 'first text', addedTtftMs: 20 });
    const [shorter] = compareShares([
      at('direct', [answer(0, 100, 10, 50, { contentAt: 300 })]),
      at('through', [answer(0, 320, 10, 30, { outputTokens: 50 })]),
    ]);
    expect(shorter?.shareOf100).toBeCloseTo(1 - 1_090 / 1_110, 10);
    expect(share?.shareOf100).toBeCloseTo(1 - 1_090 / 1_110, 10);
  });
});
