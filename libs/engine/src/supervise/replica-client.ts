import { readMetrics, type EngineMetrics } from './read-metrics.js';

export type Health = 'well' | 'dead' | 'silent' | 'refused';

/** What the supervisor asks of a running vLLM. */
export interface ReplicaClient {
  health(timeoutMs: number): Promise<Health>;
  /** Nothing when they cannot be read in time. */
  metrics(timeoutMs: number): Promise<EngineMetrics | undefined>;
  /** A real answer of at most `tokens` tokens; nothing when none came in time, or not a whole one. */
  answer(prompt: string, tokens: number, timeoutMs: number): Promise<Answer | undefined>;
}

export interface Answer {
  readonly text: string;
  readonly tokens: number;
  readonly seconds: number;
}

export interface ReplicaAddress {
  readonly port: number;
  readonly model: string;
  readonly key: string;
}

/** Greedy, not ended by the model, and with marks that are not shown otherwise: the same question has the same answer. */
const SAME_ANSWER = { temperature: 0, ignore_eos: true, skip_special_tokens: false };

/** Talks to vLLM on loopback. Texts of its errors are never read: they echo the request. */
export function replicaClient({ port, model, key }: ReplicaAddress): ReplicaClient {
  const base = `http://127.0.0.1:${port}`;
  return {
    async health(timeoutMs) {
      try {
        const response = await fetch(`${base}/health`, { signal: AbortSignal.timeout(timeoutMs) });
        await response.arrayBuffer();
        return response.ok ? 'well' : 'dead';
      } catch (error) {
        return isTimeout(error) ? 'silent' : 'refused';
      }
    },
    async metrics(timeoutMs) {
      try {
        const response = await fetch(`${base}/metrics`, { signal: AbortSignal.timeout(timeoutMs) });
        return readMetrics(await response.text());
      } catch {
        return undefined;
      }
    },
    async answer(prompt, tokens, timeoutMs) {
      const begun = performance.now();
      try {
        const response = await fetch(`${base}/v1/completions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          body: JSON.stringify({ model, prompt, max_tokens: tokens, ...SAME_ANSWER }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const body: unknown = await response.json();
        return response.ok ? readAnswer(body, (performance.now() - begun) / 1000) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

function readAnswer(body: unknown, seconds: number): Answer | undefined {
  const { choices, usage } = (body ?? {}) as {
    choices?: { text?: unknown; finish_reason?: unknown }[];
    usage?: { completion_tokens?: unknown };
  };
  const [choice] = Array.isArray(choices) ? choices : [];
  const tokens = usage?.completion_tokens;
  if (typeof choice?.text !== 'string' || typeof tokens !== 'number' || tokens < 1) return undefined;
  const ended = choice.finish_reason === 'length' || choice.finish_reason === 'stop';
  return ended ? { text: choice.text, tokens, seconds } : undefined;
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
