import type { UseCase } from '@lorekeep/contracts/vocabulary';
import { EXTRACTIVE_MODEL, isPreferred, parseRoutes, STEPS_MAX, useCaseOf } from '@lorekeep/inference';
import type { BenchReport, ModelReport, RoutesReport, TaskReport } from '../bench-report.js';
import { batchCriteria, scoreOf, scores, speedCriteria, type Criterion } from './criteria.js';

/** Use cases that a bench can speak of, and the tasks that are like them. */
const SKILLS: readonly (readonly [UseCase, TaskReport['kind']])[] = [
  ['question', 'mathematics'],
  ['drafting', 'writing'],
  ['code', 'code'],
  ['creative', 'writing'],
  ['batch', 'mathematics'],
];
/** Here a model is the default for what it can, not for its speed: speed alone moves nothing. */
const BY_SKILL: ReadonlySet<UseCase> = new Set<UseCase>(['drafting', 'code', 'creative']);

type Proposal = RoutesReport['useCases'][number];

/**
 * For each use case the models in the order of their figures: scores of tasks first, then goodput and first tokens. What
 * differs by no more than noise leaves the default in place. Null where there is nothing to choose.
 */
export function proposeRoutes({
  models,
  interrupted,
}: Pick<BenchReport, 'models' | 'interrupted'>): RoutesReport | null {
  const able = models.filter(
    (model) => isRoutable(model.model) && model.levels.some(({ figures }) => figures.successful > 0),
  );
  if (interrupted || able.length < 2) return null;
  const useCases = SKILLS.map(([useCase, kind]) => propose(useCase, kind, able));
  const set = useCases.filter(({ isDefault }) => !isDefault);
  const value = set
    .map(({ useCase, models: names }) => `${useCase}: ${names.slice(0, STEPS_MAX).join(', ')}`)
    .join('; ');
  return { value, useCases };
}

/** A gateway lists its routes and the quotations among its models; a folder's name can stand in no route. */
function isRoutable(name: string): boolean {
  if (name === EXTRACTIVE_MODEL || useCaseOf(name) !== undefined) return false;
  return parseRoutes(`question: ${name}`)?.question?.[0]?.[0]?.model === name;
}

function propose(useCase: UseCase, kind: TaskReport['kind'], models: readonly ModelReport[]): Proposal {
  const preferred = models.filter(({ model }) => isPreferred(useCase, model));
  const order = [...preferred, ...models.filter((model) => !preferred.includes(model))];
  const [standing] = preferred;
  const isScored = models.every((model) => scoreOf(model, kind).of > 0);
  const isTelling = isScored && models.some((model) => scoreOf(model, kind).passed > 0);
  if (!isTelling && BY_SKILL.has(useCase)) {
    const why = isScored ? `none passed a ${kind} task` : `not all have ${kind} scores (--tasks)`;
    const reason = `${why}: speed alone decides nothing here`;
    return { useCase, models: namesOf(order), isDefault: true, reason };
  }
  const speed = useCase === 'batch' ? batchCriteria(models) : speedCriteria(models);
  const { winner, isDecided, reason } = choose(order, kind, speed, standing);
  const ranked = [
    winner,
    ...rank(
      order.filter((model) => model !== winner),
      kind,
      speed,
    ),
  ];
  const isDefault = standing ? winner === standing : !isDecided;
  return { useCase, models: namesOf(isDefault ? order : ranked), isDefault, reason };
}

const namesOf = (models: readonly ModelReport[]): string[] => models.map(({ model }) => model);

function rank(
  order: readonly ModelReport[],
  kind: TaskReport['kind'],
  speed: readonly Criterion[],
): ModelReport[] {
  const [first] = order;
  if (!first) return [];
  const { winner } = choose(order, kind, speed, first);
  return [
    winner,
    ...rank(
      order.filter((model) => model !== winner),
      kind,
      speed,
    ),
  ];
}

interface Choice {
  readonly winner: ModelReport;
  /** Whether figures told it from all others. */
  readonly isDecided: boolean;
  readonly reason: string;
}

/** Criterion by criterion those remain that nobody beats; of several at the end the one that stands, or the first. */
function choose(
  order: readonly ModelReport[],
  kind: TaskReport['kind'],
  speed: readonly Criterion[],
  standing: ModelReport | undefined,
): Choice {
  const score = scores(kind);
  const told: string[] = [];
  let left = order;
  for (const criterion of [score, ...speed]) {
    if (left.length === 1) break;
    const among = left;
    const values = among.flatMap((model) => criterion.tell(model) ?? []);
    if (values.length < among.length) continue;
    left = among.filter((model) => !among.some((other) => criterion.beats(other, model)));
    told.push(`${criterion.name}: ${figuresOf(among, values, left.length < among.length)}`);
    // Nobody who scores lower takes the place of the default by speed.
    if (criterion === score && standing && left.includes(standing))
      left = left.filter((model) => scoreOf(model, kind).passed >= scoreOf(standing, kind).passed);
  }
  const winner = standing && left.includes(standing) ? standing : left[0];
  if (!winner) throw new Error('There is no model to choose from.');
  return { winner, isDecided: left.length === 1, reason: told.join('; ') || 'nothing was measured of all' };
}

/** `a 1/12, b 4/12 (no more than noise)`, or once where all are the same. */
function figuresOf(among: readonly ModelReport[], values: readonly string[], isTold: boolean): string {
  if (new Set(values).size === 1) return `${values[0]} each`;
  const figures = among.map(({ model }, at) => `${model} ${values[at]}`).join(', ');
  return isTold ? figures : `${figures} (no more than noise)`;
}
