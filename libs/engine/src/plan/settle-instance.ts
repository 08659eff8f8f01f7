import { buildInstance, kvShapeOf, type InstanceSettings } from './build-instance.js';
import { describeCount, describeSize } from './describe-size.js';
import { captureSizes } from './estimate-memory.js';
import { longestContext, requestBytes } from './kv-tokens.js';
import { MIN_CONTEXT } from './ladder.js';
import type { InstancePlan } from './launch-plan.js';
import { PlanRefusal } from './plan-refusal.js';
import { PLAN_DEFAULTS, type PlanWishes } from './plan-wishes.js';
import type { Draft } from './share-cards.js';

/** A reduced context is a multiple of this. */
const CONTEXT_STEP = 1024;

export interface Settled {
  readonly instance: InstancePlan;
  readonly reasons: readonly string[];
}

/** Chooses context and sequences for an instance whose share is known. */
export function settleInstance(
  draft: Draft,
  place: Pick<InstanceSettings, 'id' | 'port' | 'utilization'>,
  wishes: PlanWishes,
): Settled | PlanRefusal {
  const { basis } = draft;
  const { model } = basis;
  const { sequences, batchedTokens, eager } = draft;
  const wanted = wishes.context ?? model.context.default;
  if (wanted > model.context.max) return overModel(wanted, model.id, model.context.max);
  const positions = model.architecture.encoder?.positions ?? 0;
  if (batchedTokens < positions) return tooSmallBatch(model.id, batchedTokens, positions);
  const first = buildInstance(basis, { ...place, context: wanted, sequences, batchedTokens, eager });
  const longest = longestContext(kvShapeOf(basis, draft), first.memory.kvCache, wanted);
  const reasons: string[] = [];
  let context = wanted;
  if (longest < wanted) {
    if (wishes.context !== undefined || longest < MIN_CONTEXT) return contextTooLong(first, longest);
    context = Math.max(MIN_CONTEXT, Math.floor(longest / CONTEXT_STEP) * CONTEXT_STEP);
    reasons.push(
      `${place.id}: context ${describeCount(context)} tokens and not ${describeCount(wanted)}: ${needed(first, wanted)}.`,
    );
  }
  const settings = { ...place, context, sequences, batchedTokens, eager };
  const whole = buildInstance(basis, settings);
  const chosen = wishes.sequences ?? chooseSequences(whole, wishes);
  const instance = chosen === sequences ? whole : buildInstance(basis, { ...settings, sequences: chosen });
  return { instance, reasons: [...reasons, explainSequences(instance, wishes)] };
}

/** As many as the KV cache holds at the expected length, rounded down to a batch size that is captured. */
function chooseSequences(instance: InstancePlan, wishes: PlanWishes): number {
  const expected = Math.min(wishes.expectedTokens ?? PLAN_DEFAULTS.expectedTokens, instance.context);
  const fitting = Math.floor(instance.kvTokens / expected);
  return captureSizes(instance.sequences).findLast((size) => size <= fitting) ?? 1;
}

function explainSequences({ id, sequences, kvTokens }: InstancePlan, wishes: PlanWishes): string {
  const expected = wishes.expectedTokens ?? PLAN_DEFAULTS.expectedTokens;
  const each = Math.floor(kvTokens / sequences);
  return wishes.sequences === undefined
    ? `${id}: ${sequences} requests at once: the KV cache holds ${describeCount(kvTokens)} tokens, ` +
        `${describeCount(each)} for each (expected: ${describeCount(expected)}); CUDA graphs are captured up to that batch.`
    : `${id}: ${sequences} requests at once (asked for); the KV cache holds ${describeCount(kvTokens)} tokens, ${describeCount(each)} for each.`;
}

function needed({ basis, batchedTokens, memory }: InstancePlan, context: number): string {
  const bytes = requestBytes(kvShapeOf(basis, { batchedTokens }), context);
  return `one request of ${describeCount(context)} tokens needs ${describeSize(bytes)} of KV cache a card, and ${describeSize(memory.kvCache)} is there`;
}

function contextTooLong(first: InstancePlan, longest: number): PlanRefusal {
  return new PlanRefusal(
    'NO_ROOM_FOR_CONTEXT',
    [
      `${first.id}: ${needed(first, first.context)}.`,
      longest >= MIN_CONTEXT
        ? `A context of ${describeCount(longest)} tokens at most would work.`
        : `Not even ${describeCount(MIN_CONTEXT)} tokens fit: raise the utilisation or use more cards.`,
    ],
    { context: first.context, longest, kvCache: first.memory.kvCache },
  );
}

/** vLLM starts no encoder whose positions do not fit into one batch. */
function tooSmallBatch(id: string, batchedTokens: number, positions: number): PlanRefusal {
  return new PlanRefusal('WISH_INVALID', [
    `A batch of ${describeCount(batchedTokens)} tokens is too small for ${id}, which listens to ${describeCount(positions)} at once.`,
  ]);
}

function overModel(context: number, id: string, max: number): PlanRefusal {
  return new PlanRefusal(
    'CONTEXT_OVER_MODEL',
    [
      `A context of ${describeCount(context)} tokens is more than ${id} was made for.`,
      `${describeCount(max)} tokens at most would work.`,
    ],
    { context, max },
  );
}
