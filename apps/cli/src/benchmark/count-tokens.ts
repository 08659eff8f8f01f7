import type { CountTokens } from './build-prompts.js';
import type { HttpClient } from './http-client.js';
import type { AskShape, Target } from './target.js';

const ANSWER_MS = 20_000;

/** Counts with the model server's own tokenizer (`POST /tokenize`); undefined where it has none. */
export async function tokenCounter(
  target: Target,
  model: string,
  client: HttpClient,
  endpoint: AskShape['endpoint'],
  signal: AbortSignal,
): Promise<CountTokens | undefined> {
  const count: CountTokens = async (prompt) => {
    const asked =
      endpoint === 'chat'
        ? { model, messages: [{ role: 'user', content: prompt }], add_generation_prompt: true }
        : { model, prompt };
    try {
      const { status, text } = await client.ask(`${target.url}/tokenize`, {
        key: target.key,
        body: asked,
        signal,
        timeoutMs: ANSWER_MS,
      });
      const found = status === 200 ? (JSON.parse(text) as { count?: unknown }).count : undefined;
      return typeof found === 'number' ? found : undefined;
    } catch {
      return undefined;
    }
  };
  return (await count('a word')) === undefined ? undefined : count;
}
