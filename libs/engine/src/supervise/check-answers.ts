import type { ReplicaClient } from './replica-client.js';

/** Nobody's text: what every model continues in one way. */
const QUESTION = '1, 2, 3, 4, 5, 6, 7, 8,';
/** A first token may be a mark that is not shown; four are enough for a text and too few to drift apart. */
const TOKENS = 4;
const TRIES = 5;

/**
 * Ready means real answers: the second and later ones equal to the first. Broken tensor parallelism answers the first
 * request well and the following with garbage or nothing. One that differs is asked again, for rounding may differ once.
 */
export async function checkAnswers(
  client: ReplicaClient,
  timeoutMs: number,
): Promise<'well' | 'silent' | 'differs'> {
  const first = await client.answer(QUESTION, TOKENS, timeoutMs);
  if (!first) return 'silent';
  if (first.text.trim() === '') return 'differs';
  for (let at = 1; at < TRIES; at += 1) {
    const next = await client.answer(QUESTION, TOKENS, timeoutMs);
    if (!next) return 'silent';
    if (next.text === first.text) return 'well';
  }
  return 'differs';
}
