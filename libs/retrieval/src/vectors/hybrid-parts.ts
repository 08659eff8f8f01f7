import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { phrasesOf } from '@lorekeep/kit/text';
import type { FoundPassage, HybridOutcome, SearchQuery } from '../search-passages.js';
import { FUSION_DEPTH } from './fuse-rankings.js';
import { VectorRanking, type VectorRank } from './rank/rank-vectors.js';
import type { VectorSettings } from './read-settings.js';
import { RerankPassages, type RerankResult } from './rerank-passages.js';

/** Models read the beginning; what was said before must not push the question out. */
const CONTEXT_CHARACTERS = 1_000;

/** One search's share of vectors and reranker. */
export interface HybridSearch {
  /** The ranking by vectors, under way; null where there is none. */
  readonly nearest: Promise<VectorRank> | null;
  /** How many passages are to be found for the best `k`. */
  wanted(k: number): number;
  /** The order that the reranker gives, and what took part. */
  finish(passages: readonly FoundPassage[]): Promise<HybridOutcome & { readonly passages: FoundPassage[] }>;
}

/** What may stand beside the lexical search, as it is configured. */
export class HybridParts {
  private readonly ranking: VectorRanking | null;
  private readonly rerank: RerankPassages | null;

  constructor(database: Database, settings: VectorSettings, clock: Clock) {
    this.ranking = settings.models.length > 0 ? new VectorRanking(database, settings, clock) : null;
    this.rerank = settings.rerank ? new RerankPassages(settings.rerank, clock) : null;
  }

  /** Null: nothing is configured. The ranking by vectors runs beside the lexical one. */
  begin(ctx: CallContext, query: SearchQuery): HybridSearch | null {
    const { ranking, rerank } = this;
    if (!ranking && !rerank) return null;
    const { text, collectionIds, context } = query;
    const question = context ? `${context.slice(-CONTEXT_CHARACTERS)}\n${text}` : text;
    // The limit of fusion: a caller who wants more gets the rest by words.
    const nearest =
      ranking?.rank(ctx, {
        text: question,
        k: FUSION_DEPTH,
        ...(collectionIds ? { collectionIds } : {}),
      }) ?? null;
    // Whoever waits for it hears of it; nobody may wait when the lexical search fails first.
    nearest?.catch(() => undefined);
    // Whoever quotes wants what holds the quotation first.
    const reranks = rerank !== null && phrasesOf(text).length === 0;
    return {
      nearest,
      wanted: (k) => (reranks ? Math.max(k, rerank.passages) : k),
      finish: async (passages) => {
        const near = await nearest;
        const ordered: RerankResult<FoundPassage> = reranks
          ? await rerank.run(ctx, text, passages)
          : { passages: [...passages], outcome: 'off' };
        const reasons = [near?.reason, ordered.reason].filter((reason) => reason !== undefined);
        return {
          passages: ordered.passages,
          vectors: near?.outcome ?? 'off',
          rerank: ordered.outcome,
          reasons,
        };
      },
    };
  }
}
