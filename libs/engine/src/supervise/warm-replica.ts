import type { InstancePlan } from '../plan/launch-plan.js';
import type { ReplicaClient } from './replica-client.js';

/** Two tokens: the second is the first that is decoded in a batch of this size. */
const TOKENS = 2;
/** Prompts of the batches are about as long: shorter ones are no shape of their own. */
const SHORTEST = 16;
/** One token in the vocabularies of all models of the catalogue. */
const WORD = ' the';

export interface Shapes {
  /** Requests at once. */
  readonly batches: readonly number[];
  /** Tokens of one prompt. */
  readonly prompts: readonly number[];
}

/**
 * What kernels are compiled for: batches of 1, 2, 4, … and the most at once, and prompts of 16, 32, 64, … tokens below
 * what one batch and the context hold, which leaves room for a vocabulary that cuts words. What listens reads no prompt.
 */
export function shapesOf({ sequences, batchedTokens, context, basis }: InstancePlan): Shapes {
  const batches = [...doubled(1, sequences), sequences];
  const longest = basis.model.task === 'transcribe' ? 0 : Math.min(batchedTokens, context);
  return { batches, prompts: doubled(SHORTEST, longest) };
}

function doubled(from: number, below: number): number[] {
  const sizes: number[] = [];
  for (let size = from; size < below; size *= 2) sizes.push(size);
  return sizes;
}

/**
 * Asks for every shape once: the first request of a new one compiles kernels for seconds. False when an answer did not
 * come; `timeoutMs` is for one shape.
 */
export async function warmReplica(
  client: ReplicaClient,
  { batches, prompts }: Shapes,
  timeoutMs: number,
  onProgress: (done: number, total: number) => void,
): Promise<boolean> {
  // Prompts begin differently: of one that begins like another only the rest would be computed.
  const shapes = [
    ...batches.map((size) => Array.from({ length: size }, (_, at) => `${at}, ${at + 1}, ${at + 2},`)),
    ...prompts.map((tokens) => [`${tokens}:${WORD.repeat(tokens)}`]),
  ];
  for (const [done, shape] of shapes.entries()) {
    onProgress(done, shapes.length);
    const answers = await Promise.all(shape.map((prompt) => client.answer(prompt, TOKENS, timeoutMs)));
    if (answers.some((answer) => answer === undefined)) return false;
  }
  onProgress(shapes.length, shapes.length);
  return true;
}
