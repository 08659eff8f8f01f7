import type { DescribedModel, Kernel } from '../catalogue/described-model.js';

const HALF_PRECISION_BYTES = 2;
/** Sines and cosines for each position, on every card. */
const ROTARY_BYTES = 4;
/** vLLM pads the vocabulary to this before it shards it. */
const VOCABULARY_PADDING = 64;

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/**
 * Bytes of the weights on one card under tensor parallelism. Attention, MLP, embedding and output layer are sharded (KV
 * heads are doubled up where there are more cards than heads); norms, routers, biases of the second projection and the
 * rotary table lie on every card. An encoder is taken as sharded whole. MLP dimensions are padded as the kernel wants them.
 */
export function weightBytes(model: DescribedModel, kernel: Kernel, tensorParallel: number): number {
  const { architecture: a, weights, context } = model;
  const vocabulary = (roundUp(a.vocab, VOCABULARY_PADDING) / tensorParallel) * a.hidden;
  const queries = (a.heads * a.headDim) / tensorParallel;
  const keys = Math.max(1, a.kvHeads / tensorParallel) * a.headDim;
  const attention = a.hidden * (queries + 2 * keys) + queries * a.hidden;
  const norms = 2 * a.hidden;
  const router = a.experts === undefined ? 0 : a.experts * (a.hidden + 1);
  const hidden = roundUp(a.hidden, kernel.padHidden);
  const intermediate = roundUp(a.intermediate / tensorParallel, kernel.padIntermediate);
  const mlps = a.experts ?? 1;
  const mlpBytes = (mlps * 3 * hidden * intermediate * weights.mlpBits * kernel.overhead) / 8;
  const biases = a.experts === undefined ? 0 : mlps * (2 * intermediate + hidden);
  const half =
    vocabulary * (a.tiedEmbeddings ? 1 : 2) + a.layers * (attention + norms + router + biases) + a.hidden;
  const rotary = context.max * a.headDim * ROTARY_BYTES;
  const encoder = (a.encoder?.bytes ?? 0) / tensorParallel;
  return Math.ceil(half * HALF_PRECISION_BYTES + a.layers * mlpBytes + encoder + rotary);
}
