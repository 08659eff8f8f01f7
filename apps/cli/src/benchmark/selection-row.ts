import type { ModelReport } from './bench-report.js';
import { ABSENT, gibibytes, ms, rate, seconds } from './figure-texts.js';

export const selectionHead = [
  'model',
  'memory at rest',
  'memory at load',
  'cold start',
  'TTFT P50 ms',
  'TTFT P95 ms',
  'best tok/s',
  'mean answer ms',
  'stable at once',
  'code',
  'mathematics',
  'writing',
] as const;

/** What decides between models: times of its first level at the first door, throughput of the best level there. */
export function selectionRow(model: ModelReport): string[] {
  const [first] = model.levels;
  const own = model.levels.filter(({ target }) => target === first?.target);
  const used = own.flatMap(({ load }) => load?.cardsUsed ?? []);
  const throughputs = own.map(({ figures }) => figures.outputThroughput);
  const score = (kind: string): string => {
    const tasks = model.tasks.filter((task) => task.kind === kind);
    return tasks.length === 0 ? ABSENT : `${tasks.filter(({ passed }) => passed).length}/${tasks.length}`;
  };
  return [
    model.model,
    gibibytes(model.memoryAtRest),
    gibibytes(atLoad(model, used)),
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
