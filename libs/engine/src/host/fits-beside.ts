import type { Hardware } from '../hardware/hardware.js';
import type { InstancePlan } from '../plan/launch-plan.js';

/** Whether the fresh instances find their memory on the cards while all the running ones are still there. */
export function fitsBeside(
  fresh: readonly InstancePlan[],
  running: readonly InstancePlan[],
  hardware: Hardware,
): boolean {
  const takes = (plan: InstancePlan): number => {
    const { budget, beforeStart, graphs, graphsInBudget } = plan.memory;
    return budget + beforeStart + (graphsInBudget ? 0 : graphs);
  };
  return hardware.gpus.every(({ index, memory }) => {
    const here = [...fresh, ...running].filter(({ gpus }) => gpus.includes(index));
    return here.reduce((sum, plan) => sum + takes(plan), 0) <= memory;
  });
}
