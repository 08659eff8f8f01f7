import { describe, expect, it } from '@jest/globals';
import type { BenchReport } from '../bench-report.js';
import { summarize } from '../summarize.js';
import { describeReport } from '../describe-report.js';
import { htmlReport } from './html-report.js';
import { ticksOf } from './ticks.js';

const EVIL = '<img src=x onerror=alert(1)>"\'&';

const LOAD = { cardsUsed: 2 ** 35 + 2 ** 30, kvCacheShare: 0.25, running: 4, waiting: 0 };

function reportOf(): BenchReport {
  const record = {
    ...{ sentAt: 0, chunkTimes: [10, 20, 30], contentAt: 20, lastAt: 30, closedAt: 31, promptTokens: 5 },
    ...{ outputTokens: 3, counted: true, finish: 'length', failure: undefined, detail: undefined, text: '' },
  };
  const broken = { ...record, failure: 'busy' as const, detail: EVIL };
  const figures = summarize([{ records: [record, broken], durationMs: 100, peakConcurrent: 1 }], {
    outputTokens: 3,
    goals: { ttft: 50 },
  });
  const step = { firstTokenP95: 40, tpotP95: null, e2elP95: 60, outputThroughput: 90 };
  const level = { target: EVIL, kind: 'direct' as const, rate: null, figures, load: LOAD, clientBusy: 0.1 };
  return {
    version: 1,
    startedAt: '2026-01-05T09:00:00.000Z',
    settings: {
      targets: [{ label: EVIL, url: 'http://gpu:8000', kind: 'direct' }],
      ...{ models: [], requests: undefined, rounds: 2, inputTokens: 5, outputTokens: 3, warmup: undefined },
      ...{ temperature: 1, timeoutMs: 1_000, goals: { ttft: 50 }, seed: 0, metricsUrl: undefined },
      sweepShape: { inputTokens: 512, outputTokens: 256 },
      ...{ sweepMax: 4, tasks: true, endpoint: 'chat', documents: 'none' },
    },
    client: { node: 'v22', processors: 2 },
    models: [
      {
        ...{
          model: EVIL,
          promptTokens: 'counted',
          ownEnds: [],
          remarks: [EVIL],
          memoryAtRest: 2 ** 34,
          cardsAtRest: 2 ** 35,
          coldStartSeconds: 83.4,
          coldStartMissing: EVIL,
        },
        levels: [
          { ...level, concurrency: 1 },
          { ...level, concurrency: 16 },
        ],
        shares: [
          {
            ...{ direct: EVIL, through: EVIL, concurrency: 1, rate: null, basis: 'first token' },
            ...{ ttftRatio: 1.2, addedTtftMs: 2, e2elRatio: 1.01, shareOf100: 0.013 },
          },
        ],
        sweep: {
          ...{
            target: EVIL,
            inputTokens: 5,
            outputTokens: 3,
            goals: { ttft: 50 },
            highestStable: 4,
            atLimit: true,
          },
          tried: [
            { ...step, concurrency: 4, stable: true, why: '' },
            { ...step, concurrency: 8, stable: false, why: EVIL },
          ],
        },
        tasks: [{ id: EVIL, kind: 'code', passes: EVIL, passed: false, reason: EVIL }],
      },
    ],
    routes: {
      value: EVIL,
      useCases: [{ useCase: 'code', models: [EVIL], isDefault: false, reason: EVIL }],
    },
    notes: [EVIL],
    interrupted: true,
  };
}

describe('the HTML report', () => {
  const html = htmlReport(reportOf());

  it('escapes every name that comes from elsewhere', () => {
    expect(html).not.toContain('<img');
    expect(html.split('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;').length).toBeGreaterThan(10);
  });

  it('needs nothing from elsewhere and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<iframe|url\(|@import|\b(src|href)=["']?(?!x onerror)/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).toContain('color-scheme: light dark');
  });

  it('has the tables, the plots and what a reader must know', () => {
    for (const text of [
      'Models side by side',
      '16.0 GiB',
      '83 s',
      'highest stable concurrency, 512 tokens in, 256 out',
      '>goal: 50 ms<',
      'INFERENCE_ROUTES=&quot;',
      '1.3 %',
      '1 busy',
      '50.0 %',
      'or more',
      'Interrupted',
    ])
      expect(html).toContain(text);
    expect(html.match(/<figure>/g)).toHaveLength(8);
    expect(html.match(/<polyline points="[\d., ]+"/g)).toHaveLength(8);
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('can be written of nothing', () => {
    const empty = htmlReport({ ...reportOf(), models: [] });
    expect(empty).toContain('</html>');
    const [model] = reportOf().models;
    const bare = {
      ...reportOf(),
      models: model ? [{ ...model, levels: [], shares: [], sweep: null, tasks: [] }] : [],
    };
    expect(htmlReport(bare)).not.toMatch(/NaN|undefined|Infinity/);
    expect(describeReport(bare).join('\n')).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('ticksOf', () => {
  it.each([
    [0, [0, 1]],
    [40, [0, 10, 20, 30, 40]],
    [0.7, [0, 0.2, 0.4, 0.6, 0.8]],
    [2_304, [0, 500, 1_000, 1_500, 2_000, 2_500]],
    [Number.NaN, [0, 1]],
  ])('up to %d', (top, ticks) => expect(ticksOf(top)).toEqual(ticks));
});
