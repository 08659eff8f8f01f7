import type { LevelReport, ModelReport } from './bench-report.js';
import type { Figures } from './summarize.js';

/** Absent figures are dashes, never zeros. */
export const ABSENT = '–';

export const ms = (value: number | undefined | null): string =>
  value === undefined || value === null ? ABSENT : value < 100 ? value.toFixed(1) : value.toFixed(0);
export const rate = (value: number | undefined): string =>
  value === undefined ? ABSENT : value < 10 ? value.toFixed(2) : value.toFixed(0);
export const ratio = (value: number): string => value.toFixed(value < 10 ? 3 : 1);
export const percent = (value: number | undefined | null): string =>
  value === undefined || value === null ? ABSENT : `${(value * 100).toFixed(1)} %`;
export const gibibytes = (bytes: number | undefined | null): string =>
  bytes === undefined || bytes === null ? ABSENT : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
export const seconds = (value: number | undefined | null): string =>
  value === undefined || value === null ? ABSENT : `${value.toFixed(value < 10 ? 1 : 0)} s`;

/** `16` or `4/s` or `16, 4/s`. */
export function levelName(level: Pick<LevelReport, 'concurrency' | 'rate'>): string {
  const parts = [
    ...(level.concurrency === null ? [] : [String(level.concurrency)]),
    ...(level.rate === null ? [] : [`${level.rate}/s`]),
  ];
  return parts.join(', ');
}

/** `3 (2 timeout, 1 busy)`. */
export function failureText(figures: Figures): string {
  const kinds = Object.entries(figures.failures).map(([kind, count]) => `${count} ${kind}`);
  return kinds.length === 0 ? '0' : `${figures.failed} (${kinds.join(', ')})`;
}

export interface Selection {
  readonly model: string;
  readonly memoryAtRest: number | null;
  readonly memoryAtLoad: number | null;
  readonly coldStartSeconds: number | null;
  readonly ttftP50: number | null;
  readonly ttftP95: number | null;
  readonly tokensPerSecond: number | null;
  readonly meanAnswerMs: number | null;
  readonly highestStable: string;
  readonly scores: Readonly<Record<'code' | 'mathematics' | 'writing', string>>;
}

/** What decides between models: times of a single caller at the first door, throughput of the best level there. */
export function selectionOf(model: ModelReport): Selection {
  const [first] = model.levels;
  const own = model.levels.filter(({ target }) => target === first?.target);
  const single = first?.figures;
  const used = own.flatMap(({ load }) => load?.cardsUsed ?? []);
  const score = (kind: 'code' | 'mathematics' | 'writing'): string => {
    const tasks = model.tasks.filter((task) => task.kind === kind);
    return tasks.length === 0 ? ABSENT : `${tasks.filter(({ passed }) => passed).length}/${tasks.length}`;
  };
  return {
    model: model.model,
    memoryAtRest: model.memoryAtRest,
    memoryAtLoad: used.length === 0 ? null : Math.max(...used),
    coldStartSeconds: model.coldStartSeconds,
    ttftP50: single?.ttft?.p50 ?? null,
    ttftP95: single?.ttft?.p95 ?? null,
    tokensPerSecond:
      own.length === 0 ? null : Math.max(...own.map(({ figures }) => figures.outputThroughput)),
    meanAnswerMs: single?.e2el?.mean ?? null,
    highestStable: model.sweep ? `${model.sweep.highestStable}${model.sweep.atLimit ? '+' : ''}` : ABSENT,
    scores: { code: score('code'), mathematics: score('mathematics'), writing: score('writing') },
  };
}
