import type { DescribedModel } from '../catalogue/described-model.js';
import type { Gpu } from '../hardware/hardware.js';
import { PlanRefusal } from './plan-refusal.js';
import type { PlanWishes } from './plan-wishes.js';

/** Models that run beside each other on the same cards, each over all of them. */
export interface CardGroup {
  readonly cards: readonly Gpu[];
  readonly models: readonly DescribedModel[];
  /** 1, 2, ... where there are replicas. */
  readonly replica: number | undefined;
}

export interface Grouping {
  readonly groups: readonly CardGroup[];
  readonly reasons: readonly string[];
}

/** Splits the cards by the wishes. Without any: one instance of each model, each over as many cards as its shape allows. */
export function groupCards(
  models: readonly DescribedModel[],
  gpus: readonly Gpu[],
  wishes: PlanWishes,
): Grouping | PlanRefusal {
  const apart = wishes.placement === 'apart' && models.length > 1;
  const replicas = wishes.replicas ?? 1;
  const sets = apart ? models.map((model) => [model]) : [models];
  const wanted = wishes.tensorParallel ?? Math.max(1, Math.floor(gpus.length / (replicas * sets.length)));
  const needed = wanted * replicas * sets.length;
  if (needed > gpus.length) return tooManyCards(needed, gpus.length, wishes, sets.length);
  const groups: CardGroup[] = [];
  const reasons: string[] = [];
  let next = 0;
  for (const set of sets) {
    const degree = wishes.tensorParallel ?? largestDegree(set, wanted);
    const wrong = set.flatMap((model) => divides(model, degree));
    if (wrong.length > 0) return undividable(set, degree, wrong, gpus.length);
    for (let replica = 1; replica <= replicas; replica++) {
      const cards = gpus.slice(next, (next += degree));
      groups.push({ cards, models: set, replica: replicas > 1 ? replica : undefined });
    }
    reasons.push(explainDegree(set, degree, replicas, wishes));
  }
  if (next < gpus.length) {
    const free = gpus.slice(next).map(({ index }) => index);
    reasons.push(
      `Left free: card ${free.join(', ')}; the models' heads cannot be divided by that many cards.`,
    );
  }
  return { groups, reasons };
}

/** Why a model cannot be split over `degree` cards; empty where it can (vLLM refuses the same). */
function divides({ id, architecture: a }: DescribedModel, degree: number): readonly string[] {
  const wrong: string[] = [];
  if (a.heads % degree !== 0) wrong.push(`${id} has ${a.heads} attention heads, not divisible by ${degree}.`);
  if (a.kvHeads % degree !== 0 && degree % a.kvHeads !== 0)
    wrong.push(`${id} has ${a.kvHeads} KV heads, which ${degree} cards cannot share evenly.`);
  if (a.experts === undefined && a.intermediate % degree !== 0)
    wrong.push(`${id} has an MLP of ${a.intermediate}, not divisible by ${degree}.`);
  return wrong;
}

/** The most cards up to `atMost` that all of the models can be split over. */
function largestDegree(models: readonly DescribedModel[], atMost: number): number {
  let degree = atMost;
  while (degree > 1 && models.some((model) => divides(model, degree).length > 0)) degree--;
  return degree;
}

function tooManyCards(needed: number, found: number, wishes: PlanWishes, sets: number): PlanRefusal {
  const { replicas = 1, tensorParallel = 1 } = wishes;
  const parts = [
    ...(sets > 1 ? [`${sets} models apart`] : []),
    ...(replicas > 1 ? [`${replicas} replicas`] : []),
    `${tensorParallel} ${tensorParallel === 1 ? 'card' : 'cards'} each`,
  ];
  const works =
    tensorParallel > 1
      ? `Tensor parallelism can be ${found} at most.`
      : `At most ${found} instances can have cards of their own.`;
  return new PlanRefusal(
    'TOO_MANY_GPUS',
    [`${parts.join(' x ')} need ${needed} cards, and ${found} ${found === 1 ? 'is' : 'are'} there.`, works],
    { needed, found },
  );
}

function undividable(
  models: readonly DescribedModel[],
  degree: number,
  wrong: readonly string[],
  cards: number,
): PlanRefusal {
  const possible = Array.from({ length: cards }, (_, index) => index + 1).filter((candidate) =>
    models.every((model) => divides(model, candidate).length === 0),
  );
  return new PlanRefusal(
    'HEADS_NOT_DIVISIBLE',
    [...wrong, `Tensor parallelism ${possible.join(' or ')} would work on these cards.`],
    { tensorParallel: degree },
  );
}

function explainDegree(
  models: readonly DescribedModel[],
  degree: number,
  replicas: number,
  wishes: PlanWishes,
): string {
  const names = models.map(({ id }) => id).join(' and ');
  const asked = wishes.tensorParallel !== undefined || wishes.replicas !== undefined ? ' (asked for)' : '';
  if (degree === 1)
    return replicas > 1
      ? `${names}: ${replicas} independent replicas, each on a card of its own${asked}: a failing one leaves the others serving.`
      : `${names}: one instance${models.length > 1 ? ' of each' : ''} on one card${asked}.`;
  const each = models.length > 1 ? ' of each' : '';
  const times = replicas > 1 ? `${replicas} replicas${each}` : `one instance${each}`;
  return `${names}: ${times} with tensor parallelism ${degree}${asked}: each card holds a part of the weights, the rest is KV cache.`;
}
