import type { DescribedModel, Kernel } from '../catalogue/described-model.js';
import type { MemoryBudget } from './launch-plan.js';
import { weightBytes } from './weight-bytes.js';

const HALF_PRECISION_BYTES = 2;
/** Hidden states that live at once at the peak of a layer, in hidden sizes (recorded). */
const LIVE_HIDDEN = 2.5;
/** Gate, up and the product of both, in sizes of gate and up together. */
const LIVE_MLP = 1.5;
/** Largest batch that vLLM captures by itself. */
const DEFAULT_CAPTURE_LIMIT = 512;

/** What decides an instance's memory. */
export interface LaunchShape {
  readonly tensorParallel: number;
  readonly sequences: number;
  readonly batchedTokens: number;
  readonly eager: boolean;
  /** `--max-cudagraph-capture-size`; undefined = as vLLM and the model's configuration have it. */
  readonly capture?: number | undefined;
  /** With the speculative decoding that the catalogue describes. */
  readonly speculation?: boolean | undefined;
}

export type FixedMemory = Omit<MemoryBudget, 'budget' | 'kvCache'>;

/** All that an instance needs on each card besides the KV cache. */
export function estimateMemory(model: DescribedModel, kernel: Kernel, shape: LaunchShape): FixedMemory {
  const { architecture, speculation } = model;
  const drafting = shape.speculation ? speculation : undefined;
  const memory = drafting?.memory ?? model.memory;
  const perToken = activationPerToken(model, kernel, shape.tensorParallel);
  const logits = shape.sequences * architecture.vocab * memory.logitBytes;
  return {
    weights:
      weightBytes(model, kernel, shape.tensorParallel) +
      Math.ceil((drafting?.bytes ?? 0) / shape.tensorParallel),
    activation: Math.ceil(memory.activationBase + shape.batchedTokens * perToken + logits),
    nonTorch: memory.nonTorch,
    graphs: graphBytes(model, memory, shape, perToken),
    graphsInBudget: memory.graphsInBudget,
    beforeStart: memory.beforeStart,
  };
}

/** Bytes of the buffers that one token of a batch needs at the peak of a layer. */
function activationPerToken(
  { architecture: a }: DescribedModel,
  kernel: Kernel,
  tensorParallel: number,
): number {
  const padTo = kernel.padIntermediate;
  const intermediate = Math.ceil(a.intermediate / tensorParallel / padTo) * padTo;
  const mlp = 2 * intermediate * LIVE_MLP;
  const experts = a.activeExperts === undefined ? mlp : a.activeExperts * (mlp + a.hidden);
  return HALF_PRECISION_BYTES * (LIVE_HIDDEN * a.hidden + experts);
}

function graphBytes(
  { architecture, vllm }: DescribedModel,
  memory: DescribedModel['memory'],
  shape: LaunchShape,
  activationOfToken: number,
): number {
  if (shape.eager) return 0;
  const asked = shape.capture ?? vllm.defaultCapture ?? Math.min(2 * shape.sequences, DEFAULT_CAPTURE_LIMIT);
  const largest = Math.min(asked, shape.batchedTokens);
  const sizes = captureSizes(largest);
  const decoding = sizes.filter((size) => size <= shape.sequences);
  const graphs = sizes.length + decoding.length;
  const pool = memory.graphPool * largest * activationOfToken;
  return Math.ceil(memory.graphBase + architecture.layers * graphs * memory.graphPerLayer + pool);
}

/** Batch sizes that vLLM captures: 1, 2, 4, then every eighth, from 256 on every sixteenth. */
export function captureSizes(largest: number): readonly number[] {
  const sizes = [1, 2, 4].filter((size) => size <= largest);
  for (let size = 8; size <= largest; size += size < 256 ? 8 : 16) sizes.push(size);
  return sizes;
}
