import type { Architecture } from '../catalogue/described-model.js';

/** Tokens of a block, vLLM's default. */
export const BLOCK_TOKENS = 16;
const BYTES_PER_VALUE = 2;
/** With asynchronous scheduling one batch is computed while the next is prepared, and neither has let go yet. */
const BATCHES_IN_FLIGHT = 2;
/** Up to this ratio the smaller kind of layers is padded to the size of the larger. */
const PADDED_UP_TO = 1.5;

/** What decides how many blocks a request holds. */
export interface KvShape {
  readonly architecture: Architecture;
  readonly tensorParallel: number;
  readonly batchedTokens: number;
}

/**
 * vLLM's hybrid KV cache: layers of one kind form groups of equal size, and each group of a request takes its own blocks
 * out of one pool (kv_cache_utils.py). The size of a group is that of the smaller kind, or of the larger where both are
 * nearly equal.
 */
function layerGroups({ layers, slidingLayers }: Architecture): {
  size: number;
  full: number;
  sliding: number;
} {
  const full = layers - slidingLayers;
  const [smaller, larger] = [Math.min(full, slidingLayers), Math.max(full, slidingLayers)];
  if (smaller === 0) return { size: larger, full: full > 0 ? 1 : 0, sliding: slidingLayers > 0 ? 1 : 0 };
  const size = larger < smaller * PADDED_UP_TO ? larger : smaller;
  return { size, full: Math.ceil(full / size), sliding: Math.ceil(slidingLayers / size) };
}

/** Bytes of one block on one card. */
function blockBytes({ architecture: a, tensorParallel }: KvShape): number {
  const heads = Math.max(1, a.kvHeads / tensorParallel);
  return layerGroups(a).size * BLOCK_TOKENS * 2 * heads * a.headDim * BYTES_PER_VALUE;
}

/**
 * Blocks of a request of `context` tokens; of a sliding layer only the window and what is in flight, and one more; of an
 * encoder all positions, for as many layers that look at them.
 */
function blocksOfRequest({ architecture: a, batchedTokens }: KvShape, context: number): number {
  const groups = layerGroups(a);
  const seen = Math.min((a.window ?? 0) - 1 + BATCHES_IN_FLIGHT * batchedTokens, context);
  const sliding = groups.sliding * (Math.ceil(seen / BLOCK_TOKENS) + 1);
  const heard = Math.ceil((a.encoder?.positions ?? 0) / BLOCK_TOKENS);
  return groups.full * (Math.ceil(context / BLOCK_TOKENS) + heard) + sliding;
}

/** KV bytes on one card for a request of `context` tokens. */
export function requestBytes(shape: KvShape, context: number): number {
  return blocksOfRequest(shape, context) * blockBytes(shape);
}

/** "GPU KV cache size": requests of full length that fit at once, times that length. */
export function kvTokens(shape: KvShape, kvBytes: number, context: number): number {
  const blocks = Math.floor(kvBytes / blockBytes(shape));
  return Math.max(0, Math.floor((blocks / blocksOfRequest(shape, context)) * context));
}

/** "the estimated maximum model length": the longest single request that fits; 0 where none does. */
export function longestContext(shape: KvShape, kvBytes: number, atMost: number): number {
  let [fits, fails] = [0, atMost + 1];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (requestBytes(shape, middle) <= kvBytes) fits = middle;
    else fails = middle;
  }
  return fits;
}
