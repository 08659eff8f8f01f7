import { fixedMemoryOf, insideBudget, kvShapeOf, outsideBudget } from './build-instance.js';
import { describeSize } from './describe-size.js';
import type { FixedMemory } from './estimate-memory.js';
import { requestBytes } from './kv-tokens.js';
import { MIN_CONTEXT } from './ladder.js';
import type { PlanBasis } from './launch-plan.js';
import { PlanRefusal } from './plan-refusal.js';
import { PLAN_DEFAULTS, type PlanWishes } from './plan-wishes.js';

/** Finest step of a utilisation that is handed out. */
const STEP = 0.001;

/** How an instance begins before its context and sequences are settled. */
export interface Draft {
  readonly basis: PlanBasis;
  readonly sequences: number;
  readonly batchedTokens: number;
  readonly eager: boolean;
}

export interface Share {
  readonly utilization: number;
  readonly reasons: readonly string[];
}

interface Need {
  readonly id: string;
  readonly fixed: FixedMemory;
  readonly inside: number;
  readonly least: number;
  /** KV bytes of one request of the model's usual length. */
  readonly request: number;
}

/**
 * Divides the cards of one group among its instances: each gets what it needs besides KV cache, and the rest is divided so
 * that each holds as many requests of its usual length. Shares are of the smallest card.
 */
export function shareCards(drafts: readonly Draft[], wishes: PlanWishes): readonly Share[] | PlanRefusal {
  const cards = drafts[0]?.basis.cards ?? [];
  const smallest = Math.min(...cards.map(({ memory }) => memory));
  const needs = drafts.map((draft) => needOf(draft, wishes));
  const outside = sum(needs.map(({ fixed }) => outsideBudget(fixed)));
  const upTo = (share: number): number =>
    Math.min(...cards.map(({ memory, used }) => floor((share * memory - used - outside) / memory)));
  const most = upTo(1);
  const asked = wishes.utilization;
  if (asked !== undefined && asked > most) return tooHigh(asked, most, outside, cards);
  const watched = wishes.memoryShare ?? PLAN_DEFAULTS.memoryShare;
  const total = asked ?? Math.min(PLAN_DEFAULTS.utilization, most);
  const rest = total * smallest - sum(needs.map(({ inside }) => inside));
  if (rest < sum(needs.map(({ least }) => least))) return noRoom(needs, total, smallest, cards);
  const requests = sum(needs.map(({ request }) => request));
  const shares = needs.map(({ inside, request }) =>
    needs.length === 1 ? floor(total) : floor((inside + (rest * request) / requests) / smallest),
  );
  return shares.map((utilization, index) => ({
    utilization,
    reasons:
      index === 0 ? explain(needs, shares, { total, calm: upTo(watched), watched, smallest, cards }) : [],
  }));
}

function needOf({ basis, ...settings }: Draft, wishes: PlanWishes): Need {
  const fixed = fixedMemoryOf(basis, settings);
  const shape = kvShapeOf(basis, settings);
  return {
    id: basis.model.id,
    fixed,
    inside: insideBudget(fixed),
    least: requestBytes(shape, MIN_CONTEXT),
    request: requestBytes(shape, wishes.context ?? basis.model.context.default),
  };
}

/** `7.05 GiB weights + 0.31 GiB activation + ...`. */
export function describeFixed(fixed: FixedMemory): string {
  const { weights, activation, nonTorch, graphs, graphsInBudget } = fixed;
  const parts = [
    `${describeSize(weights)} weights`,
    `${describeSize(activation)} activation`,
    `${describeSize(nonTorch)} outside torch`,
    ...(graphsInBudget && graphs > 0 ? [`${describeSize(graphs)} CUDA graphs`] : []),
  ];
  return parts.join(' + ');
}

interface Division {
  readonly total: number;
  /** The most that keeps the cards less full than the watch allows. */
  readonly calm: number;
  readonly watched: number;
  readonly smallest: number;
  readonly cards: PlanBasis['cards'];
}

function explain(needs: readonly Need[], shares: readonly number[], division: Division): readonly string[] {
  const { total, smallest } = division;
  const reasons = explainTotal(needs, division);
  if (needs.length > 1)
    reasons.push(
      `The models share the cards: ${needs.map(({ id }, index) => `${id} ${describeShare(shares[index] ?? 0)}`).join(' + ')} ` +
        `= ${describeShare(sum(shares))} of each card's ${describeSize(smallest)}, at most ${describeShare(total)}. ` +
        `They must be started one after another, because each measures the memory that it finds.`,
    );
  return reasons;
}

/** What comes of a share that fills the cards. */
function explainTotal(needs: readonly Need[], { total, calm, watched, smallest, cards }: Division): string[] {
  if (total <= calm) return [];
  const outside = sum(needs.map(({ fixed }) => outsideBudget(fixed)));
  const taken = Math.max(...cards.map(({ used }) => used));
  return [
    `Utilisation ${describeShare(total)} may fill the cards to ${describePercent((total * smallest + outside + taken) / smallest)}: ` +
      `of ${describeSize(smallest)} a card, ${taken > 0 ? `other processes hold ${describeSize(taken)} and ` : ''}` +
      `${describeSize(outside)} go to the CUDA context, NCCL and what else vLLM does not count, as recorded on H200s. ` +
      `Above ${describePercent(watched)} (ENGINE_MEMORY_SHARE) for ENGINE_MEMORY_SECONDS an instance is rebuilt one rung lower; ` +
      `a utilisation of ${describeShare(calm)} stays below.`,
  ];
}

function tooHigh(asked: number, most: number, outside: number, cards: PlanBasis['cards']): PlanRefusal {
  const [tightest] = [...cards].sort(
    (a, b) => (a.memory - a.used) / a.memory - (b.memory - b.used) / b.memory,
  );
  const { memory = 0, used = 0, index = 0 } = tightest ?? {};
  const arithmetic =
    `Utilisation ${asked} asks for ${describeSize(asked * memory)} of card ${index}, which has ${describeSize(memory)}` +
    `${used > 0 ? `, of which other processes hold ${describeSize(used)}` : ''}; ` +
    `${describeSize(outside)} more go to the CUDA context and what else vLLM does not count.`;
  return new PlanRefusal(
    used > 0 ? 'MEMORY_TAKEN' : 'UTILIZATION_TOO_HIGH',
    [
      arithmetic,
      most > 0
        ? `A utilisation of ${describeShare(most)} at most would work.`
        : 'Nothing can be started on it until they let go.',
    ],
    { utilization: asked, most, memory, used, outside },
  );
}

/** What vLLM may have of a card: `0.737 of 7.46 GiB is 5.50 GiB`; in words where that is nothing. */
function describeBudget(needs: readonly Need[], total: number, smallest: number): string {
  if (total > 0)
    return `${describeShare(total)} of ${describeSize(smallest)} is ${describeSize(total * smallest)}`;
  const outside = sum(needs.map(({ fixed }) => outsideBudget(fixed)));
  return (
    `nothing is left for it of ${describeSize(smallest)}: ` +
    `${describeSize(outside)} go to the CUDA context and what else vLLM does not count`
  );
}

function noRoom(
  needs: readonly Need[],
  total: number,
  smallest: number,
  cards: PlanBasis['cards'],
): PlanRefusal {
  const budget = Math.max(0, total) * smallest;
  const needed = sum(needs.map(({ inside, least }) => inside + least));
  const each = needs.map(
    ({ id, fixed, least }) =>
      `${id} needs ${describeFixed(fixed)} + ${describeSize(least)} KV cache for one request of ${MIN_CONTEXT} tokens a card`,
  );
  const taken = Math.max(...cards.map(({ used }) => used));
  return new PlanRefusal(
    needs.length > 1 ? 'MODELS_DO_NOT_SHARE' : taken > smallest / 10 ? 'MEMORY_TAKEN' : 'NO_ROOM_FOR_WEIGHTS',
    [
      `${each.join('; ')}: ${describeSize(needed)}, and ${describeBudget(needs, total, smallest)}` +
        `${taken > 0 ? `, because other processes hold ${describeSize(taken)}` : ''}.`,
    ],
    { needed, budget },
  );
}

export function describeShare(value: number): string {
  return String(Number(value.toFixed(3)));
}

function describePercent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function floor(value: number): number {
  return Number((Math.floor(value / STEP + 1e-9) * STEP).toFixed(3));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
