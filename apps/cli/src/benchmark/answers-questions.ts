import type { HttpClient } from './http-client.js';
import type { Target } from './target.js';

/** A cold engine compiles for seconds at its first request. */
const ANSWER_MS = 30_000;
/** vLLM has no such door for a model of another task, and a gateway says so of it. */
const NO_DOOR = new Set([404, 405, 501]);

/**
 * Whether a model answers questions, found out by one of a single token: no list of models says what they are for. False
 * only where the door itself says so; a server that is busy or broken is measured, and its failures are told.
 */
export async function answersQuestions(
  target: Target,
  model: string,
  client: HttpClient,
  signal: AbortSignal,
): Promise<boolean> {
  const question = { model, max_tokens: 1, messages: [{ role: 'user', content: 'Say yes.' }] };
  const body = target.kind === 'through' ? { ...question, lorekeep: { documents: 'none' } } : question;
  try {
    const url = `${target.url}/v1/chat/completions`;
    const { status, text } = await client.ask(url, { key: target.key, body, signal, timeoutMs: ANSWER_MS });
    return !NO_DOOR.has(status) && !(status === 400 && /does not support chat completions/i.test(text));
  } catch {
    return true;
  }
}
