import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { ModelError } from './models/model.errors.js';
import { Pause } from './models/pause.js';
import { postJson } from './models/post-json.js';
import type { RerankSettings } from './read-settings.js';

/** What came of asking the reranker: labels of a metric. */
export const RERANK_OUTCOMES = ['used', 'off', 'paused', 'away'] as const;
export type RerankOutcome = (typeof RERANK_OUTCOMES)[number];

export interface RerankResult<T> {
  readonly passages: T[];
  readonly outcome: RerankOutcome;
  readonly reason?: string;
}

interface Passage {
  readonly title: string;
  readonly heading: string;
  readonly content: string;
}

/** An answer names places and scores, nothing else. */
const ANSWER_BYTES = 64 * 1024;
const ANSWER_BYTES_EACH = 1_024;
/** Rerankers read some 512 tokens of question and passage together; more would be cut there. */
const TEXT_CHARACTERS = 4_000;

/**
 * Puts the best passages in the order of a reranker. It is sent the question and texts that this caller may read, and
 * nothing else. Late, failing or lying: the order stays as it was.
 */
export class RerankPassages {
  private readonly pause: Pause;

  constructor(
    private readonly settings: RerankSettings,
    clock: Clock,
  ) {
    this.pause = new Pause(clock);
  }

  /** So many passages are looked at, however few are wanted. */
  get passages(): number {
    return this.settings.passages;
  }

  async run<T extends Passage>(
    ctx: CallContext,
    question: string,
    passages: readonly T[],
  ): Promise<RerankResult<T>> {
    const best = passages.slice(0, this.settings.passages);
    if (best.length < 2) return { passages: [...passages], outcome: 'off' };
    if (this.pause.left > 0) return { passages: [...passages], outcome: 'paused' };
    try {
      const scores = await this.ask(ctx, question, best.map(textOf));
      this.pause.succeeded();
      const places = best.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
      const ordered = places.flatMap((place) => best[place] ?? []);
      return { passages: [...ordered, ...passages.slice(best.length)], outcome: 'used' };
    } catch (cause) {
      if (!(cause instanceof ModelError)) throw cause;
      this.pause.failed(cause);
      return { passages: [...passages], outcome: 'away', reason: `${cause.failure}: ${cause.message}` };
    }
  }

  private async ask(ctx: CallContext, query: string, texts: readonly string[]): Promise<number[]> {
    const { url, api, model, apiKey, timeoutMs } = this.settings;
    const answer = await postJson({
      url: api === 'tei' ? `${url}/rerank` : `${url}/v1/rerank`,
      apiKey,
      body:
        api === 'tei'
          ? { query, texts, truncate: true }
          : { model, query, documents: texts, top_n: texts.length },
      timeoutMs,
      signal: ctx.signal,
      bytesMax: ANSWER_BYTES + texts.length * (TEXT_CHARACTERS * 4 + ANSWER_BYTES_EACH),
    });
    return readScores(answer, texts.length);
  }
}

const textOf = ({ title, heading, content }: Passage): string =>
  [title, heading, content]
    .filter((part) => part !== '')
    .join('\n')
    .slice(0, TEXT_CHARACTERS);

/** `{ results: [{ index, relevance_score }] }` (Cohere, Jina, vLLM) or `[{ index, score }]` (TEI), once for each text. */
function readScores(answer: unknown, count: number): number[] {
  const results: unknown = Array.isArray(answer) ? answer : (answer as { results?: unknown } | null)?.results;
  if (!Array.isArray(results) || results.length !== count)
    throw new ModelError('wrong', `the answer does not hold ${count} scores`);
  const scores = new Array<number | undefined>(count).fill(undefined);
  for (const result of results) {
    const { index, relevance_score, score = relevance_score } = (result ?? {}) as Record<string, unknown>;
    if (typeof index !== 'number' || !(index in scores) || scores[index] !== undefined)
      throw new ModelError('wrong', 'the answer does not say which score belongs to which text');
    if (typeof score !== 'number' || !Number.isFinite(score))
      throw new ModelError('wrong', 'the answer holds a score that is no number');
    scores[index] = score;
  }
  return scores.filter((score) => score !== undefined);
}
