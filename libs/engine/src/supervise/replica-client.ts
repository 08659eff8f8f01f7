import type { DescribedModel } from '../catalogue/described-model.js';
import { answerUnwritten } from './answer-unwritten.js';
import { readMetrics, type EngineMetrics } from './read-metrics.js';

export type Health = 'well' | 'dead' | 'silent' | 'refused';

/** What the supervisor asks of a running vLLM. */
export interface ReplicaClient {
  health(timeoutMs: number): Promise<Health>;
  /** Nothing when they cannot be read in time. */
  metrics(timeoutMs: number): Promise<EngineMetrics | undefined>;
  /** A real answer of at most `tokens` tokens, or a vector or a transcript where the model makes those; nothing when none came in time, or not a whole one. */
  answer(prompt: string, tokens: number, timeoutMs: number): Promise<Answer | undefined>;
  /** Whether a chat completion is answered: it takes templates, parsers and vocabularies that `answer` does not. */
  chat(timeoutMs: number): Promise<ChatOutcome>;
}

export type ChatOutcome = 'answered' | 'no-vocabulary' | 'unanswered';

export interface Answer {
  readonly text: string;
  readonly tokens: number;
  readonly seconds: number;
}

export interface ReplicaAddress {
  readonly port: number;
  readonly model: string;
  readonly key: string;
  readonly task: DescribedModel['task'];
}

/** Greedy, not ended by the model, and with marks that are not shown otherwise: the same question has the same answer. */
const SAME_ANSWER = { temperature: 0, ignore_eos: true, skip_special_tokens: false };

/** Enough for the marks of a channel and a word of reasoning. */
const CHAT_TOKENS = 16;
const ERROR_TEXT_MAX = 4_000;
/** Recorded: every chat completion of gpt-oss, with code 500, where its vocabulary cannot be read. */
const NO_VOCABULARY = /error downloading or loading vocab file/;

/** Talks to vLLM on loopback. Texts of its errors are never kept: they echo the request. */
export function replicaClient(address: ReplicaAddress): ReplicaClient {
  const { port, model, key, task } = address;
  const base = `http://127.0.0.1:${port}`;
  const post = (path: string, body: object, timeoutMs: number): Promise<Response> =>
    fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
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
        if (task !== 'write') return await answerUnwritten(address, task, prompt, timeoutMs);
        const asked = { model, prompt, max_tokens: tokens, ...SAME_ANSWER };
        const response = await post('/v1/completions', asked, timeoutMs);
        const body: unknown = await response.json();
        return response.ok ? readAnswer(body, (performance.now() - begun) / 1000) : undefined;
      } catch {
        return undefined;
      }
    },
    async chat(timeoutMs) {
      try {
        if (task !== 'write')
          return (await this.answer('1, 2, 3,', 1, timeoutMs)) ? 'answered' : 'unanswered';
        const messages = [{ role: 'user', content: '1, 2, 3,' }];
        const asked = { model, messages, max_tokens: CHAT_TOKENS, temperature: 0 };
        const response = await post('/v1/chat/completions', asked, timeoutMs);
        const text = await response.text();
        if (response.ok) return isChatAnswer(JSON.parse(text)) ? 'answered' : 'unanswered';
        return NO_VOCABULARY.test(text.slice(0, ERROR_TEXT_MAX)) ? 'no-vocabulary' : 'unanswered';
      } catch {
        return 'unanswered';
      }
    },
  };
}

/** It may have ended while it was still thinking: tokens and an orderly end count, whatever the channel. */
function isChatAnswer(body: unknown): boolean {
  const { choices, usage } = (body ?? {}) as {
    choices?: { message?: unknown; finish_reason?: unknown }[];
    usage?: { completion_tokens?: unknown };
  };
  const [choice] = Array.isArray(choices) ? choices : [];
  const ended = choice?.finish_reason === 'length' || choice?.finish_reason === 'stop';
  const tokens = usage?.completion_tokens;
  return ended && typeof choice.message === 'object' && typeof tokens === 'number' && tokens >= 1;
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
