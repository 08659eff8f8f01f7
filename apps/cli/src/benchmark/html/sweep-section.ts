import type { ModelReport, SweepReport, SweepStep } from '../bench-report.js';
import { ms, rate } from '../figure-texts.js';
import { htmlTable } from './html-table.js';
import { linePlot } from './line-plot.js';

/** What was tried, and where each goal broke. */
export function sweepSection({ model, sweep }: ModelReport): string {
  if (!sweep) return '';
  const goals = Object.entries(sweep.goals).map(([name, limit]) => `${name.toUpperCase()} ≤ ${limit} ms`);
  const table = htmlTable(
    `${model}: highest stable concurrency: ${sweep.highestStable}${sweep.atLimit ? ' or more' : ''} (${sweep.inputTokens} tokens in, ${sweep.outputTokens} out, ${sweep.target}; 95 % within ${goals.join(', ')}, none failed)`,
    ['at once', 'first token P95, ms', 'TPOT P95, ms', 'tokens a second', 'outcome'],
    sweep.tried.map(({ concurrency, stable, why, ...step }) => [
      ...[String(concurrency), ms(step.firstTokenP95), ms(step.tpotP95), rate(step.outputThroughput)],
      stable ? 'stable' : why,
    ]),
    { texts: true },
  );
  return `${table}<div class="plots">${plotsOf(sweep).join('')}</div>`;
}

function plotsOf({ goals, tried, target }: SweepReport): string[] {
  const plot = (
    title: string,
    unit: string,
    read: (step: SweepStep) => number | null,
    goal?: number,
  ): string => {
    const points = tried.flatMap((step) => {
      const y = read(step);
      return y === null ? [] : [{ x: step.concurrency, y }];
    });
    const series = points.length === 0 ? [] : [{ name: target, points }];
    const limit = goal === undefined ? {} : { limit: { y: goal, name: `goal: ${goal} ms` } };
    return linePlot({ title: `Sweep: ${title}`, x: 'requests at once', y: unit, series, ...limit });
  };
  return [
    plot('time to the first token, P95', 'ms', (step) => step.firstTokenP95, goals.ttft),
    ...(goals.tpot === undefined
      ? []
      : [plot('time per token after the first, P95', 'ms', (step) => step.tpotP95, goals.tpot)]),
    ...(goals.e2el === undefined
      ? []
      : [plot('whole answer, P95', 'ms', (step) => step.e2elP95, goals.e2el)]),
    plot('output throughput', 'tokens/s', ({ outputThroughput }) => outputThroughput),
  ];
}
