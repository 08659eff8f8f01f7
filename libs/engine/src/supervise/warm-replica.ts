import type { ReplicaClient } from './replica-client.js';

/** Two tokens: the second is the first that is decoded in a batch of this size. */
const TOKENS = 2;

/** 1, 2, 4, … and the largest. */
export function batchSizes(sequences: number): number[] {
  const sizes: number[] = [];
  for (let size = 1; size < sequences; size *= 2) sizes.push(size);
  return [...sizes, sequences];
}

/**
 * Asks every batch size once: the first request of a new shape compiles kernels for seconds. False when an answer did
 * not come; `timeoutMs` is for one batch.
 */
export async function warmReplica(
  client: ReplicaClient,
  sequences: number,
  timeoutMs: number,
  onProgress: (done: number, total: number) => void,
): Promise<boolean> {
  const sizes = batchSizes(sequences);
  for (const [done, size] of sizes.entries()) {
    onProgress(done, sizes.length);
    const asked = Array.from({ length: size }, (_, at) =>
      client.answer(`${at}, ${at + 1}, ${at + 2},`, TOKENS, timeoutMs),
    );
    if ((await Promise.all(asked)).some((answer) => answer === undefined)) return false;
  }
  onProgress(sizes.length, sizes.length);
  return true;
}
