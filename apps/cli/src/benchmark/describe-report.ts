import type { BenchReport, LevelReport, ModelReport } from './bench-report.js';
import { ABSENT, failureText, levelName, ms, percent, rate, ratio } from './figure-texts.js';
import { plainTable } from './plain-table.js';
import { routeLines } from './routes/route-lines.js';
import { selectionBasis, selectionHead, selectionRow } from './selection-row.js';

/** The report as lines for a terminal; times in milliseconds. */
export function describeReport(report: BenchReport): string[] {
  const { settings } = report;
  const lines = [
    `Prompts of ${settings.inputTokens} tokens, answers of ${settings.outputTokens}; times in ms: P50 / P95 / P99 (mean); first text: P50 of the answer’s own first text, after reasoning`,
  ];
  for (const model of report.models) lines.push('', ...describeModel(model));
  if (report.models.length > 0) lines.push('', ...selectionLines(report));
  if (report.routes) lines.push('', ...routeLines(report.routes));
  for (const note of report.notes) lines.push('', note);
  if (report.interrupted) lines.push('', 'Interrupted: these figures are of what was measured until then.');
  return lines;
}

function describeModel(model: ModelReport): string[] {
  const head = [
    'concurrency',
    'door',
    'ok',
    'failed',
    'TTFT',
    'first text',
    'TPOT',
    'ITL',
    'E2EL',
    'out tok/s',
    'req/s',
    'peak',
  ];
  const good = model.levels.some(({ figures }) => figures.goodput !== undefined);
  const lines = [
    model.model,
    ...plainTable(
      good ? [...head, 'goodput/s', 'met'] : head,
      model.levels.map((level) => levelCells(level, good)),
    ),
  ];
  for (const level of model.levels) lines.push(...remarksOf(level));
  if (model.shares.length > 0) lines.push('', ...shareLines(model));
  if (model.sweep) lines.push('', ...sweepLines(model));
  if (model.tasks.length > 0) lines.push('', ...taskLines(model));
  return lines;
}

function levelCells(level: LevelReport, good: boolean): string[] {
  const { figures } = level;
  const cells = [
    levelName(level),
    level.target,
    String(figures.successful),
    failureText(figures),
    spread(figures.ttft),
    ms(figures.firstContent?.p50),
    spread(figures.tpot),
    spread(figures.itl),
    spread(figures.e2el),
    rate(figures.outputThroughput),
    rate(figures.requestThroughput),
    String(figures.peakConcurrent),
  ];
  return good ? [...cells, rate(figures.goodput), percent(figures.goodShare)] : cells;
}

function remarksOf(level: LevelReport): string[] {
  const { figures } = level;
  const where = `${levelName(level)}, ${level.target}`;
  return [
    ...Object.entries(figures.details).map(([kind, detail]) => `${where}: ${kind}: ${oneLine(detail)}`),
    ...(figures.short > 0
      ? [
          `${where}: ${figures.short} answers have fewer tokens than asked for; their pace counts, not their length`,
        ]
      : []),
    ...(figures.uncounted > 0
      ? [`${where}: ${figures.uncounted} answers came without usage: their chunks were counted as tokens`]
      : []),
  ];
}

function shareLines({ shares }: ModelReport): string[] {
  return [
    'What Lorekeep adds (medians; our share is of the time of a 100-token answer)',
    ...plainTable(
      ['concurrency', 'through / direct', 'compared', 'ratio', 'added ms', 'E2EL ratio', 'our share'],
      shares.map((share) => [
        levelName(share),
        `${share.through} / ${share.direct}`,
        share.basis,
        ratio(share.ttftRatio),
        ms(share.addedTtftMs),
        ratio(share.e2elRatio),
        percent(share.shareOf100),
      ]),
    ),
  ];
}

function sweepLines({ sweep }: ModelReport): string[] {
  if (!sweep) return [];
  return [
    `Highest stable concurrency at ${sweep.inputTokens} tokens in and ${sweep.outputTokens} out (${sweep.target}): ${sweep.highestStable}${sweep.atLimit ? ' or more' : ''}`,
    ...sweep.tried.map(
      ({ concurrency, stable, why, firstTokenP95, outputThroughput }) =>
        `  ${concurrency}: ${stable ? `stable (TTFT P95 ${ms(firstTokenP95)} ms, ${rate(outputThroughput)} tokens/s)` : why}`,
    ),
  ];
}

function taskLines({ tasks }: ModelReport): string[] {
  return (['code', 'mathematics', 'writing'] as const).flatMap((kind) => {
    const of = tasks.filter((task) => task.kind === kind);
    if (of.length === 0) return [];
    const failed = of.filter(({ passed }) => !passed).map(({ id }) => id);
    const rest = failed.length === 0 ? '' : `; not passed: ${failed.join(', ')}`;
    return `${kind}: ${of.length - failed.length} of ${of.length} tasks passed${rest}`;
  });
}

const selectionLines = (report: BenchReport): string[] => [
  ...plainTable(selectionHead(report.settings), report.models.map(selectionRow)),
  selectionBasis(report),
];

const spread = (values: { p50: number; p95: number; p99: number; mean: number } | undefined): string =>
  values ? `${ms(values.p50)} / ${ms(values.p95)} / ${ms(values.p99)} (${ms(values.mean)})` : ABSENT;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
