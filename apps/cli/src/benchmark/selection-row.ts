import type { BenchReport, ModelReport, TaskReport } from './bench-report.js';
import { ABSENT, gibibytes, levelName, ms, rate, seconds } from './figure-texts.js';
import { ownLevels } from './own-levels.js';
import { scoreOf } from './routes/criteria.js';

/** Line breaks are those of a terminal's narrow columns. */
export function selectionHead({
  sweepShape: { inputTokens, outputTokens },
}: BenchReport['settings']): string[] {
  return [
    'model',
    'memory\nat load',
    'memory\nat rest',
    'cold\nstart',
    'first token\nP50, ms',
    'first token\nP95, ms',
    'tokens\na second',
    'mean\nanswer, ms',
    `highest stable concurrency,\n${inputTokens} tokens in, ${outputTokens} out`,
    'code',
    'mathematics',
    'writing',
  ];
}

/** At what the times and the throughput were measured. */
export function selectionBasis({ models, settings }: BenchReport): string {
  const first = models.flatMap(({ levels }) => levels.slice(0, 1))[0];
  if (!first) return 'Nothing was measured.';
  const where = first.concurrency === null ? levelName(first) : `${levelName(first)} at once`;
  return `First token and answer: ${settings.inputTokens} tokens in, ${settings.outputTokens} out, ${where}; tokens a second: the best level; ${first.kind === 'direct' ? 'directly' : 'through the gateway'}.`;
}

/** What decides between models: times of its first level at the first door, throughput of the best level there. */
export function selectionRow(model: ModelReport): string[] {
  const own = ownLevels(model);
  const [first] = own;
  const used = own.flatMap(({ load }) => load?.cardsUsed ?? []);
  const throughputs = own
    .filter(({ figures }) => figures.successful > 0)
    .map(({ figures }) => figures.outputThroughput);
  const score = (kind: TaskReport['kind']): string => {
    const { passed, of } = scoreOf(model, kind);
    return of === 0 ? ABSENT : `${passed}/${of}`;
  };
  return [
    model.model,
    gibibytes(atLoad(model, used)),
    gibibytes(model.memoryAtRest),
    seconds(model.coldStartSeconds),
    ms(first?.figures.ttft?.p50),
    ms(first?.figures.ttft?.p95),
    rate(throughputs.length === 0 ? undefined : Math.max(...throughputs)),
    ms(first?.figures.e2el?.mean),
    model.sweep ? `${model.sweep.highestStable}${model.sweep.atLimit ? '+' : ''}` : ABSENT,
    score('code'),
    score('mathematics'),
    score('writing'),
  ];
}

/** What the cards took on under load is the loaded model's. */
function atLoad({ memoryAtRest, cardsAtRest }: ModelReport, used: readonly number[]): number | null {
  if (used.length === 0 || memoryAtRest === null || cardsAtRest === null) return null;
  return memoryAtRest + Math.max(0, Math.max(...used) - cardsAtRest);
}
