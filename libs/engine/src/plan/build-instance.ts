import type { Kernel } from '../catalogue/described-model.js';
import { buildCommand, buildEnvironment } from './build-command.js';
import { chooseKernel } from './choose-kernel.js';
import { estimateMemory, type FixedMemory, type LaunchShape } from './estimate-memory.js';
import { kvTokens, type KvShape } from './kv-tokens.js';
import type { InstancePlan, MemoryBudget, PlanBasis } from './launch-plan.js';

/** What may be turned when an instance is planned or degraded. */
export type InstanceSettings = Pick<
  InstancePlan,
  'id' | 'port' | 'utilization' | 'context' | 'sequences' | 'batchedTokens' | 'eager'
>;

/** An instance with its memory and its command. The KV cache may come out too small: the caller looks. */
export function buildInstance(basis: PlanBasis, settings: InstanceSettings): InstancePlan {
  const memory = budgetOf(basis, settings);
  const plan = {
    ...settings,
    basis,
    model: basis.model.id,
    gpus: basis.cards.map(({ index }) => index),
    tensorParallel: basis.cards.length,
  };
  return {
    ...plan,
    memory,
    kvTokens: kvTokens(kvShapeOf(basis, settings), memory.kvCache, settings.context),
    command: buildCommand(plan),
    environment: buildEnvironment(plan),
  };
}

export function kvShapeOf(
  basis: PlanBasis,
  { batchedTokens }: Pick<InstanceSettings, 'batchedTokens'>,
): KvShape {
  return { architecture: basis.model.architecture, tensorParallel: basis.cards.length, batchedTokens };
}

/** Memory of an instance without its KV cache. The graphs are captured up to the number of sequences. */
export function fixedMemoryOf(
  basis: Pick<PlanBasis, 'model' | 'cards' | 'speculation'>,
  settings: Pick<InstanceSettings, 'sequences' | 'batchedTokens' | 'eager'>,
): FixedMemory {
  const { sequences, batchedTokens, eager } = settings;
  const tensorParallel = basis.cards.length;
  const { speculation } = basis;
  const shape: LaunchShape = {
    tensorParallel,
    sequences,
    batchedTokens,
    eager,
    capture: sequences,
    speculation,
  };
  return estimateMemory(basis.model, kernelOf(basis), shape);
}

/** What of the fixed memory comes out of the budget. */
export function insideBudget(fixed: FixedMemory): number {
  return fixed.weights + fixed.activation + fixed.nonTorch + (fixed.graphsInBudget ? fixed.graphs : 0);
}

/** What an instance takes besides its budget. */
export function outsideBudget(fixed: FixedMemory): number {
  return fixed.beforeStart + (fixed.graphsInBudget ? 0 : fixed.graphs);
}

function budgetOf(basis: PlanBasis, settings: InstanceSettings): MemoryBudget {
  const smallest = Math.min(...basis.cards.map(({ memory }) => memory));
  const budget = Math.floor(settings.utilization * smallest);
  const fixed = fixedMemoryOf(basis, settings);
  return { budget, ...fixed, kvCache: budget - insideBudget(fixed) };
}

function kernelOf({ model, cards }: Pick<PlanBasis, 'model' | 'cards'>): Kernel {
  const kernel = chooseKernel(model, cards);
  if (!kernel) throw new Error(`no kernel of ${model.id} runs on these cards`);
  return kernel;
}
