import type { InstancePlan, LaunchPlan } from './launch-plan.js';
import type { PlanRefusal } from './plan-refusal.js';

export interface PlanJson {
  readonly instances: readonly Omit<InstancePlan, 'basis'>[];
  readonly reasons: readonly string[];
}

/** What a machine reads: the plan without what it was computed from. */
export function planJson({ instances, reasons }: LaunchPlan): PlanJson {
  return {
    instances: instances.map(({ basis: _basis, ...instance }) => instance),
    reasons,
  };
}

export function refusalJson({ code, sentences, facts }: PlanRefusal) {
  return { refused: { code, sentences, facts } };
}
