import { expect } from '@jest/globals';
import type { DescribedModel } from '../../catalogue/described-model.js';
import { readCatalogue } from '../../catalogue/read-catalogue.js';
import type { Hardware } from '../../hardware/hardware.js';
import { parseGpuNotation } from '../../hardware/parse-gpu-notation.js';
import type { InstancePlan, LaunchPlan } from '../launch-plan.js';
import { planLaunch } from '../plan-launch.js';
import { isPlanRefusal, type PlanRefusal } from '../plan-refusal.js';
import type { PlanWishes } from '../plan-wishes.js';

export const [gptOss, llama] = readCatalogue() as [DescribedModel, DescribedModel];
export const REFERENCE = '2x24564MiB@8.9';

export const cards = (text: string, change: Partial<Hardware> = {}): Hardware => ({
  gpus: parseGpuNotation(text),
  peerToPeer: false,
  ...change,
});

/** The plan, checked for what holds for each; throws where there is none. */
export function plan(models: DescribedModel[], hardware: Hardware, wishes: PlanWishes = {}): LaunchPlan {
  const planned = planLaunch(models, hardware, wishes);
  if (isPlanRefusal(planned)) throw new Error(planned.sentences.join(' '));
  for (const instance of planned.instances) expectSound(instance);
  expectShared(planned);
  return planned;
}

/** The refusal; throws where there is a plan. */
export function refusal(models: DescribedModel[], hardware: Hardware, wishes: PlanWishes = {}): PlanRefusal {
  const planned = planLaunch(models, hardware, wishes);
  if (!isPlanRefusal(planned)) throw new Error('was planned');
  expect(planned.sentences.length).toBeGreaterThan(0);
  return planned;
}

/** What holds for every plan: the sums come out, and one request of full length fits. */
function expectSound({
  memory,
  kvTokens,
  context,
  sequences,
  batchedTokens,
  ...instance
}: InstancePlan): void {
  const { budget, weights, activation, nonTorch, graphs, graphsInBudget, kvCache } = memory;
  expect(weights + activation + nonTorch + (graphsInBudget ? graphs : 0) + kvCache).toBe(budget);
  expect(kvTokens).toBeGreaterThanOrEqual(context);
  expect(batchedTokens).toBeGreaterThanOrEqual(sequences);
  expect(instance.tensorParallel).toBe(instance.gpus.length);
  expect(instance.command.join(' ')).not.toMatch(/api-key|log-requests|log-outputs|0\.0\.0\.0/);
  expect(instance.command).toContain('127.0.0.1');
}

/** No card is promised more than it has. */
function expectShared({ instances }: LaunchPlan): void {
  const taken = new Map<number, number>();
  for (const { gpus, memory } of instances)
    for (const gpu of gpus) {
      const outside = memory.beforeStart + (memory.graphsInBudget ? 0 : memory.graphs);
      taken.set(gpu, (taken.get(gpu) ?? 0) + memory.budget + outside);
    }
  for (const { basis } of instances)
    for (const { index, memory, used } of basis.cards)
      expect(taken.get(index) ?? 0).toBeLessThanOrEqual(memory - used);
}
