import { buildInstance, kvShapeOf } from './build-instance.js';
import { longestContext } from './kv-tokens.js';
import type { InstancePlan } from './launch-plan.js';

/** In the order in which an instance that runs out of memory goes down. */
export const LADDER_STEPS = ['utilization', 'sequences', 'context', 'eager'] as const;
export type LadderStep = (typeof LADDER_STEPS)[number];

/** .90 of a card becomes .85 of it; a share of a card is lowered by as much. */
const LOWERED_SHARE = 0.85 / 0.9;
/** Below it no question with its passages fits. */
export const MIN_CONTEXT = 2048;
const CONTEXT_STEP = 256;

/**
 * The plan one rung lower, or undefined where that step is taken already or would leave nothing that works. Pure: memory,
 * KV tokens and command are computed again. A lower utilisation shortens the context where it must.
 */
export function lowerRung(instance: InstancePlan, step: LadderStep): InstancePlan | undefined {
  switch (step) {
    case 'utilization': {
      const lowered = floorTo(instance.basis.utilization * LOWERED_SHARE, 0.001);
      return lowered < instance.utilization ? withUtilization(instance, lowered) : undefined;
    }
    case 'sequences':
      return instance.sequences > 1
        ? fitting({ ...instance, sequences: Math.floor(instance.sequences / 2) })
        : undefined;
    case 'context':
      return withContext(instance, Math.floor(instance.context / 2));
    case 'eager':
      return instance.eager ? undefined : fitting({ ...instance, eager: true });
  }
}

/** The plan with another context, e.g. the one that a failed start named; undefined below MIN_CONTEXT or where it does not fit. */
export function withContext(instance: InstancePlan, tokens: number): InstancePlan | undefined {
  const context = floorTo(tokens, tokens >= MIN_CONTEXT + CONTEXT_STEP ? CONTEXT_STEP : 1);
  if (!(context >= MIN_CONTEXT && tokens <= instance.basis.model.context.max)) return undefined;
  const plan = buildInstance(instance.basis, { ...settingsOf(instance), context });
  return plan.memory.kvCache > 0 && plan.kvTokens >= context ? plan : undefined;
}

/** The plan with another share of each card, e.g. what is free; the context is shortened where it must be. */
export function withUtilization(instance: InstancePlan, utilization: number): InstancePlan | undefined {
  const share = floorTo(utilization, 0.001);
  return share > 0 && share < 1 ? fitting({ ...instance, utilization: share }) : undefined;
}

/**
 * The plan whose cards reach each other through host memory only (NCCL_P2P_DISABLE=1, --disable-custom-all-reduce):
 * peer-to-peer that the driver reports may still hang or add up wrongly. Undefined where it is so already.
 */
export function withoutPeerToPeer(instance: InstancePlan): InstancePlan | undefined {
  if (instance.tensorParallel === 1 || !instance.basis.peerToPeer) return undefined;
  return buildInstance({ ...instance.basis, peerToPeer: false }, settingsOf(instance));
}

/** The same plan under another id, at another port. */
export function withPlace(instance: InstancePlan, place: Pick<InstancePlan, 'id' | 'port'>): InstancePlan {
  return buildInstance(instance.basis, { ...settingsOf(instance), ...place });
}

function fitting(settings: InstancePlan): InstancePlan | undefined {
  const plan = buildInstance(settings.basis, settingsOf(settings));
  if (plan.memory.kvCache <= 0) return undefined;
  if (plan.kvTokens >= plan.context) return plan;
  const longest = longestContext(kvShapeOf(plan.basis, plan), plan.memory.kvCache, plan.context);
  return withContext(plan, longest);
}

function settingsOf({ id, port, utilization, context, sequences, batchedTokens, eager }: InstancePlan) {
  return { id, port, utilization, context, sequences, batchedTokens, eager };
}

/** Down to a multiple of `step`, without the tail that binary fractions leave. */
function floorTo(value: number, step: number): number {
  return Number((Math.floor(value / step + 1e-9) * step).toFixed(6));
}
