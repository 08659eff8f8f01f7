import { describe, expect, it } from '@jest/globals';
import type { BenchReport } from './bench-report.js';
import { plainTable } from './plain-table.js';
import { selectionBasis, selectionHead, selectionRow } from './selection-row.js';
import { levelOf, modelOf, sweepTo, tasksOf } from './testing/model-report.js';

const GIB = 2 ** 30;
const settings = {
  ...{ inputTokens: 1_500, outputTokens: 100 },
  sweepShape: { inputTokens: 512, outputTokens: 256 },
} as BenchReport['settings'];
const head = selectionHead(settings).map((cell) => cell.replace('\n', ' '));
const cells = (model: Parameters<typeof selectionRow>[0]): Record<string, string> =>
  Object.fromEntries(selectionRow(model).map((cell, at) => [head[at] ?? '', cell]));

describe('the selection table', () => {
  it('has the columns that decide, with the shape of the sweep', () => {
    expect(head).toEqual([
      ...['model', 'memory at load', 'memory at rest', 'cold start'],
      ...['first token P50, ms', 'first token P95, ms', 'tokens a second', 'mean answer, ms'],
      'highest stable concurrency, 512 tokens in, 256 out',
      ...['code', 'mathematics', 'writing'],
    ]);
  });

  it('has the times of the first level and the throughput of the best, at the first door', () => {
    const firstTokens = [10, 20, 30, 40, 50];
    const levels = [
      levelOf({ firstTokens, durationMs: 1_000 }),
      levelOf({ target: 'lorekeep', kind: 'through', firstTokens: [1], durationMs: 1 }),
      levelOf({ concurrency: 4, firstTokens: [200, 200], durationMs: 100 }),
      levelOf({ concurrency: 16, firstTokens: [900], durationMs: 1_000 }),
    ];
    expect(cells(modelOf('a', { levels }))).toMatchObject({
      ...{ 'first token P50, ms': '30.0', 'first token P95, ms': '48.0', 'mean answer, ms': '130' },
      'tokens a second': '220',
    });
    const report = { models: [modelOf('a', { levels })], settings } as unknown as BenchReport;
    expect(selectionBasis(report)).toContain('1500 tokens in, 100 out, 1 at once');
    expect(selectionBasis(report)).toContain('directly');
  });

  it("adds to the model's own memory what the cards took on under load", () => {
    const model = modelOf('a', {
      ...{ memoryAtRest: 20 * GIB, cardsAtRest: 30 * GIB, coldStartSeconds: 195.4 },
      levels: [levelOf({ cardsUsed: 32 * GIB }), levelOf({ concurrency: 4, cardsUsed: 33 * GIB })],
    });
    expect(cells(model)).toMatchObject({
      ...{ 'memory at load': '23.0 GiB', 'memory at rest': '20.0 GiB', 'cold start': '195 s' },
    });
    const freed = { ...model, levels: [levelOf({ cardsUsed: 29 * GIB })] };
    expect(cells(freed)['memory at load']).toBe('20.0 GiB');
  });

  it('has scores and the sweep, with a plus where more was not tried', () => {
    const tasks = [...tasksOf('code', 7), ...tasksOf('mathematics', 0), ...tasksOf('writing', 6, 6)];
    const stable = 'highest stable concurrency, 512 tokens in, 256 out';
    expect(cells(modelOf('a', { tasks, sweep: sweepTo(48) }))).toMatchObject({
      ...{ code: '7/12', mathematics: '0/12', writing: '6/6', [stable]: '48' },
    });
    expect(cells(modelOf('a', { sweep: sweepTo(256, true) }))[stable]).toBe('256+');
  });

  it('has dashes, never zeros, for what was not measured or not answered', () => {
    const nothing = Object.values(cells(modelOf('a', { levels: [] }))).slice(1);
    expect(new Set(nothing)).toEqual(new Set(['–']));
    const failed = cells(modelOf('a', { levels: [levelOf({ firstTokens: [], failed: 5 })] }));
    expect([failed['tokens a second'], failed['mean answer, ms']]).toEqual(['–', '–']);
  });
});

describe('plainTable', () => {
  it('sets heads of several lines on the rows', () => {
    expect(plainTable(['model', 'first token\nP50, ms'], [['a', '1.0']])).toEqual([
      '       first token',
      'model      P50, ms',
      'a              1.0',
    ]);
  });
});
