import type { LevelReport, ModelReport, TaskReport } from '../bench-report.js';
import { levelName, ms, rate } from '../figure-texts.js';
import { ownLevels } from '../own-levels.js';

/** One figure by which models are told apart. */
export interface Criterion {
  readonly name: string;
  /** Undefined where it was not measured. */
  tell(model: ModelReport): string | undefined;
  /** Whether the first is better, by more than noise. */
  beats(one: ModelReport, other: ModelReport): boolean;
}

/** Models are measured one after the other, and machines drift: less than this says nothing. */
const NOISE = 0.1;
/** A sweep looks in steps of an eighth, and its goals are met by a few requests more or less. */
const SWEEP_NOISE = 0.25;
/** Share of all requests, in points. */
const FAILED_NOISE = 0.05;
/** How often chance alone may bring such scores: with so few tasks five to none are needed. */
const CHANCE = 0.1;

export function scoreOf(model: ModelReport, kind: TaskReport['kind']): { passed: number; of: number } {
  const tasks = model.tasks.filter((task) => task.kind === kind);
  return { passed: tasks.filter(({ passed }) => passed).length, of: tasks.length };
}

/** The same tasks were asked of both: only those that one of them alone passed tell anything (sign test). */
export function scores(kind: TaskReport['kind']): Criterion {
  return {
    name: `${kind} tasks passed`,
    tell: (model) => {
      const { passed, of } = scoreOf(model, kind);
      return of === 0 ? undefined : `${passed}/${of}`;
    },
    beats: (one, other) => {
      const [won, lost] = [passedAlone(one, other, kind), passedAlone(other, one, kind)];
      return won > lost && byChance(won, lost) < CHANCE;
    },
  };
}

function passedAlone(one: ModelReport, other: ModelReport, kind: TaskReport['kind']): number {
  const failed = new Set(other.tasks.filter(({ passed }) => !passed).map(({ id }) => id));
  return one.tasks.filter((task) => task.kind === kind && task.passed && failed.has(task.id)).length;
}

/** How likely so uneven a count is, to either side, where both are alike. */
function byChance(won: number, lost: number): number {
  const all = won + lost;
  let ways = 1;
  let sum = 0;
  for (let count = 0; count <= Math.min(won, lost); count++) {
    sum += ways;
    ways = (ways * (all - count)) / (count + 1);
  }
  return (2 * sum) / 2 ** all;
}

const ANSWERED: Criterion = {
  name: 'requests answered',
  tell: (model) => {
    const { answered, asked } = answersOf(model);
    return `${answered}/${asked}`;
  },
  beats: (one, other) => failedShare(other) - failedShare(one) > FAILED_NOISE,
};

function answersOf(model: ModelReport): { answered: number; asked: number } {
  const figures = ownLevels(model).map((level) => level.figures);
  const answered = figures.reduce((sum, { successful }) => sum + successful, 0);
  return { answered, asked: figures.reduce((sum, { failed }) => sum + failed, answered) };
}

function failedShare(model: ModelReport): number {
  const { answered, asked } = answersOf(model);
  return asked === 0 ? 1 : 1 - answered / asked;
}

const STABLE = byAmount(
  'highest stable concurrency',
  ({ sweep }) => sweep?.highestStable,
  (value) => String(value),
  SWEEP_NOISE,
);

/** What speaks for a model where somebody waits for its answer, after its scores. */
export function speedCriteria(models: readonly ModelReport[]): Criterion[] {
  const common = commonLevels(models);
  const goodput = byAmount(
    'requests a second within the goals',
    (model) => best(model, common, ({ goodput: good }) => good),
    rate,
    NOISE,
  );
  return [ANSWERED, goodput, STABLE, ...common.slice(0, 1).map(firstToken)];
}

/** Where nobody waits. */
export function batchCriteria(models: readonly ModelReport[]): Criterion[] {
  const common = commonLevels(models);
  return [
    ANSWERED,
    byAmount(
      'tokens a second',
      (model) => best(model, common, ({ outputThroughput }) => outputThroughput),
      rate,
      NOISE,
    ),
  ];
}

type At = Pick<LevelReport, 'concurrency' | 'rate'>;

const isAt =
  (at: At) =>
  ({ concurrency, rate: arriving }: At): boolean =>
    concurrency === at.concurrency && arriving === at.rate;

/** Those at which every one of them answered, in the order of measuring. */
function commonLevels([first, ...others]: readonly ModelReport[]): At[] {
  const answered = (model: ModelReport): LevelReport[] =>
    ownLevels(model).filter(({ figures }) => figures.successful > 0);
  return (first ? answered(first) : []).filter((at) =>
    others.every((other) => answered(other).some(isAt(at))),
  );
}

function best(
  model: ModelReport,
  common: readonly At[],
  read: (figures: LevelReport['figures']) => number | undefined,
): number | undefined {
  const values = ownLevels(model)
    .filter((level) => common.some(isAt(level)))
    .flatMap(({ figures }) => read(figures) ?? []);
  return values.length === 0 ? undefined : Math.max(...values);
}

function firstToken(at: At): Criterion {
  const of = (model: ModelReport) => ownLevels(model).find(isAt(at))?.figures.ttft;
  const where = at.concurrency === null ? levelName(at) : `${levelName(at)} at once`;
  return {
    name: `first token P50 with ${where}`,
    tell: (model) => (of(model) ? `${ms(of(model)?.p50)} ms` : undefined),
    beats: (one, other) => {
      const [first, second] = [of(one), of(other)];
      if (!first || !second) return false;
      return first.p50 < second.p50 * (1 - NOISE) && first.p50Between[1] < second.p50Between[0];
    },
  };
}

/** More is better. */
function byAmount(
  name: string,
  read: (model: ModelReport) => number | undefined,
  write: (value: number) => string,
  noise: number,
): Criterion {
  return {
    name,
    tell: (model) => {
      const value = read(model);
      return value === undefined ? undefined : write(value);
    },
    beats: (one, other) => (read(one) ?? 0) * (1 - noise) > (read(other) ?? 0),
  };
}
