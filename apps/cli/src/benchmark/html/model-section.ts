import type { LevelReport, ModelReport } from '../bench-report.js';
import { ABSENT, failureText, gibibytes, levelName, ms, percent, rate, ratio } from '../figure-texts.js';
import type { Figures } from '../summarize.js';
import { escapeHtml } from './escape-html.js';
import { htmlTable } from './html-table.js';
import { linePlot, type Series } from './line-plot.js';
import { sweepSection } from './sweep-section.js';

const TIMES = [
  ...['concurrency', 'door', 'TTFT P50', 'P95', 'P99', 'first text P50', 'TPOT P50', 'P95', 'P99'],
  ...['ITL P50', 'P95', 'P99', 'E2EL mean', 'P50', 'P95', 'P99'],
];
const AMOUNTS = [
  ...[
    'concurrency',
    'door',
    'ok',
    'failed',
    'at once',
    'req/s',
    'goodput/s',
    'met',
    'out tok/s',
    'best second',
  ],
  ...['total tok/s', 'KV cache used', 'waiting in engine'],
];

/** Tables and plots of one model. */
export function modelSection(model: ModelReport): string {
  return [
    `<h2>${escapeHtml(model.model)}</h2>`,
    htmlTable(`${model.model}: times in ms`, TIMES, model.levels.map(timesOf)),
    htmlTable(`${model.model}: requests and tokens`, AMOUNTS, model.levels.map(amountsOf)),
    `<div class="plots">${plotsOf(model).join('')}</div>`,
    sharesOf(model),
    sweepSection(model),
    tasksOf(model),
  ].join('\n');
}

function timesOf(level: LevelReport): string[] {
  const { ttft, firstContent, tpot, itl, e2el } = level.figures;
  return [
    ...[levelName(level), level.target, ms(ttft?.p50), ms(ttft?.p95), ms(ttft?.p99), ms(firstContent?.p50)],
    ...[ms(tpot?.p50), ms(tpot?.p95), ms(tpot?.p99), ms(itl?.p50)],
    ...[ms(itl?.p95), ms(itl?.p99)],
    ...[ms(e2el?.mean), ms(e2el?.p50), ms(e2el?.p95), ms(e2el?.p99)],
  ];
}

function amountsOf(level: LevelReport): string[] {
  const { figures, load } = level;
  return [
    ...[levelName(level), level.target, String(figures.successful), failureText(figures)],
    ...[String(figures.peakConcurrent), rate(figures.requestThroughput), rate(figures.goodput)],
    ...[percent(figures.goodShare), rate(figures.outputThroughput), rate(figures.peakOutputThroughput)],
    ...[rate(figures.totalThroughput), percent(load?.kvCacheShare), String(load?.waiting ?? ABSENT)],
  ];
}

const PLOTS: readonly (readonly [
  title: string,
  unit: string,
  read: (figures: Figures) => number | undefined,
])[] = [
  ['Time to the first token, P50', 'ms', ({ ttft }) => ttft?.p50],
  ['Time to the first token, P95', 'ms', ({ ttft }) => ttft?.p95],
  ['Time per token after the first, P50', 'ms', ({ tpot }) => tpot?.p50],
  ['Whole answer, P95', 'ms', ({ e2el }) => e2el?.p95],
  ['Output throughput', 'tokens/s', ({ outputThroughput }) => outputThroughput],
  ['Requests', '1/s', ({ requestThroughput }) => requestThroughput],
];

/** Levels of a rate without a limit are drawn over their rate. */
function plotsOf(model: ModelReport): string[] {
  const targets = [...new Set(model.levels.map(({ target }) => target))];
  const byRate = model.levels.every(({ concurrency }) => concurrency === null);
  return PLOTS.map(([title, unit, read]) => {
    const series: Series[] = targets.map((name) => ({
      name,
      points: model.levels
        .filter(({ target }) => target === name)
        .flatMap((level) => {
          const [x, y] = [byRate ? level.rate : level.concurrency, read(level.figures)];
          return x === null || y === undefined ? [] : [{ x, y }];
        })
        .sort((one, other) => one.x - other.x),
    }));
    return linePlot({ title, x: byRate ? 'requests a second' : 'requests at once', y: unit, series });
  });
}

function sharesOf({ model, shares }: ModelReport): string {
  if (shares.length === 0) return '';
  return htmlTable(
    `${model}: what Lorekeep adds (medians)`,
    ['concurrency', 'through', 'direct', 'compared', 'ratio', 'added ms', 'E2EL ratio', 'our share'],
    shares.map((share) => [
      levelName(share),
      share.through,
      share.direct,
      share.basis,
      ratio(share.ttftRatio),
      ms(share.addedTtftMs),
      ratio(share.e2elRatio),
      percent(share.shareOf100),
    ]),
  );
}

function tasksOf({ model, tasks, memoryAtRest }: ModelReport): string {
  const memory = memoryAtRest === null ? '' : `<p>Memory at rest: ${gibibytes(memoryAtRest)}</p>`;
  if (tasks.length === 0) return memory;
  const rows = tasks.map(({ id, kind, passes, passed, reason }) => [
    id,
    kind,
    passes,
    passed ? 'passed' : reason,
  ]);
  return (
    memory + htmlTable(`${model}: tasks`, ['task', 'kind', 'passes with', 'outcome'], rows, { texts: true })
  );
}
