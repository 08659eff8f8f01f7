import {
  LADDER_STEPS,
  lowerRung,
  withContext,
  withoutPeerToPeer,
  withUtilization,
  type LadderStep,
} from '../plan/ladder.js';
import type { Stage } from '../log/log-event.js';
import type { InstancePlan } from '../plan/launch-plan.js';
import { isUnexplained } from './describe-ending.js';
import type { Ending } from './instance-status.js';

export interface Move {
  readonly plan: InstancePlan;
  readonly step: string;
  readonly text: string;
}

/** Kept free beside what vLLM asks for: what is free now is not to the byte what is free in a minute. */
const FREE_MARGIN = 0.01;
/** vLLM's estimate is rounded up at times. */
const CONTEXT_MARGIN = 0.98;
const UTILIZATION_MAX = 0.95;
export const PEER_TO_PEER = 'peer-to-peer';
/** Where cards first talk to each other, and where they compute together; an eager start profiles in `compile`. */
const TALKING: ReadonlySet<Stage> = new Set<Stage>(['distributed', 'compile', 'profile', 'graphs']);

/**
 * The plan to start with after this ending, where it calls for another one; nothing where the same plan may be tried
 * again. A failed start is answered with the number that its message holds, an out-of-memory with the next rung, garbage
 * or an unexplained end while the cards talk to each other with a try without peer-to-peer. `stage` is that of the start
 * that ended.
 */
export function chooseRung(
  plan: InstancePlan,
  ending: Ending,
  taken: ReadonlySet<string> = new Set(),
  stage?: Stage,
): Move | undefined {
  // Each step once: what still fills the card then is not this instance, and more rungs would only make it useless.
  if (ending.kind === 'memory-high') return nextRung(plan, taken, []);
  const talked = stage !== undefined && TALKING.has(stage) && isUnexplained(ending);
  if (talked || ending.kind === 'answers-differ') return move(withoutPeerToPeer(plan), PEER_TO_PEER);
  if (ending.kind !== 'log') return undefined;
  const { cause } = ending;
  switch (cause.kind) {
    case 'out-of-memory':
      return nextRung(plan, taken);
    case 'free-memory':
      return move(
        withUtilization(plan, Math.min(plan.utilization, cause.free / cause.total) - FREE_MARGIN),
        'utilization',
      );
    case 'context-over-cache': {
      const estimate = cause.estimated ?? (cause.context * cause.available) / cause.needed;
      return move(withContext(plan, Math.floor(estimate * CONTEXT_MARGIN)), 'context');
    }
    case 'context-over-model':
      return move(withContext(plan, cause.maximum), 'context');
    case 'no-cache-room':
      return roomForCache(plan);
    default:
      return undefined;
  }
}

/** Utilisation, half the sequences, half the context, then eager; after those sequences and context once more. */
function nextRung(
  plan: InstancePlan,
  taken: ReadonlySet<string>,
  again: readonly LadderStep[] = ['sequences', 'context'],
): Move | undefined {
  const untaken = LADDER_STEPS.filter((step) => !taken.has(step));
  for (const step of [...untaken, ...again]) {
    const lowered = move(lowerRung(plan, step), step);
    if (lowered) return lowered;
  }
  return undefined;
}

/** More of the card where nobody else is on it; without graphs, or with fewer sequences, where there is no more. */
function roomForCache(plan: InstancePlan): Move | undefined {
  const more =
    plan.basis.mayGrow && plan.utilization < UTILIZATION_MAX && plan.utilization >= plan.basis.utilization
      ? move(withUtilization(plan, UTILIZATION_MAX), 'utilization')
      : undefined;
  return more ?? move(lowerRung(plan, 'eager'), 'eager') ?? move(lowerRung(plan, 'sequences'), 'sequences');
}

function move(plan: InstancePlan | undefined, step: string): Move | undefined {
  if (!plan) return undefined;
  return { plan, step, text: describe(plan, step) };
}

function describe(plan: InstancePlan, step: string): string {
  switch (step) {
    case 'utilization':
      return `utilization ${plan.utilization}, context ${plan.context}`;
    case 'sequences':
      return `at once: ${plan.sequences}`;
    case 'context':
      return `context ${plan.context}`;
    case PEER_TO_PEER:
      return 'peer-to-peer off';
    default:
      return 'eager, without graphs';
  }
}
