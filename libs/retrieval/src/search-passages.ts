import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { within } from '@lorekeep/kit/stream';
import { RetrievalFault } from './retrieval.errors.js';
import { OneSearch, type SearchOutcome } from './search/one-search.js';
import { TenantCache } from './search/tenant-cache.js';
import { HybridParts, type HybridSearch } from './vectors/hybrid-parts.js';
import type { VectorOutcome } from './vectors/rank/rank-vectors.js';
import type { VectorSettings } from './vectors/read-settings.js';
import type { RerankOutcome } from './vectors/rerank-passages.js';

/** More passages than any prompt holds; evaluation asks for a hundred. */
export const PASSAGES_MAX = 1_000;

export interface FoundPassage {
  readonly id: string;
  readonly documentId: string;
  readonly title: string;
  readonly fileName: string;
  /** Name of the collection. */
  readonly collection: string;
  /** Path of headings, `Leave › Annual leave`; empty where there is none. */
  readonly heading: string;
  /** From 1, of documents that have pages. */
  readonly page: number | null;
  /** Place within the document, from 0. */
  readonly ordinal: number;
  readonly content: string;
  readonly language: string;
  /** Its version was quarantined and released: what was found in it has been judged. */
  readonly released: boolean;
  /** BM25, comparable within one search only, 0 where only vectors found it; never shown to callers. */
  readonly score: number;
}

export interface SearchQuery {
  readonly text: string;
  /** Passages wanted, 1 … PASSAGES_MAX. */
  readonly k: number;
  /** Only these collections; all when absent. */
  readonly collectionIds?: readonly string[];
  /** What was said before in the conversation: its terms count less than those of `text`. */
  readonly context?: string;
}

export interface SearchResult {
  readonly passages: FoundPassage[];
  /** Passages of the tenant's unrestricted best k that the caller may not read: for the audit, never for the caller. */
  readonly withheld: number;
  /** Milliseconds. */
  readonly took: number;
  /** Where nothing was found: the question with words that the caller's documents have. */
  readonly suggestion?: string;
  /** Documents that its new words are from. */
  readonly suggestionFrom?: readonly string[];
  /** Whether vectors and reranker took part, where they are configured: for the operator. */
  readonly hybrid?: HybridOutcome;
}

export interface HybridOutcome {
  readonly vectors: VectorOutcome;
  readonly rerank: RerankOutcome;
  /** Why one of them did not, where there is more to say: no text of a question. */
  readonly reasons: readonly string[];
}

export interface SearchOptions {
  /** Memory for what searches keep of the index, in bytes. */
  readonly cacheBytes: number;
  /** Longest time for one search, in milliseconds. */
  readonly timeoutMs: number;
  /** Search by vectors, and a reranker; absent: words alone. */
  readonly vectors?: VectorSettings;
}

export const SEARCH_DEFAULTS: SearchOptions = { cacheBytes: 256 * 1024 * 1024, timeoutMs: 10_000 };

/** The index changes with every merge; a search that meets so many of them in a row is not served. */
const ATTEMPTS = 20;
/** A passage may go between its scoring and its reading; after so many attempts the others are shown without it. */
const ATTEMPTS_FOR_ALL = 3;

/**
 * The best passages that the caller may read. Throws RetrievalFault when they cannot be known: there is no fallback.
 * Scores in the thread that calls it (SearchThread calls it in another).
 */
export class Search {
  private readonly cache: TenantCache;
  private readonly timeoutMs: number;
  private readonly hybrid: HybridParts | null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    options: Partial<SearchOptions> = {},
  ) {
    const { cacheBytes, timeoutMs, vectors } = { ...SEARCH_DEFAULTS, ...options };
    this.cache = new TenantCache(database, cacheBytes);
    this.timeoutMs = timeoutMs;
    this.hybrid = vectors ? new HybridParts(database, vectors, clock) : null;
  }

  /** Bytes in use by what is kept of the index. */
  get cacheBytes(): number {
    return this.cache.bytes;
  }

  async run(ctx: CallContext, query: SearchQuery): Promise<SearchResult> {
    ctx.signal.throwIfAborted();
    const began = this.clock.monotonic();
    const limit = Math.min(this.timeoutMs, ctx.deadline - this.clock.monotonic());
    const left = (): number => {
      ctx.signal.throwIfAborted();
      return Math.max(1, limit - (this.clock.monotonic() - began));
    };
    const k = Math.max(1, Math.min(PASSAGES_MAX, Math.trunc(query.k)));
    try {
      if (limit <= 0) throw new Error('the deadline has passed');
      const hybrid = this.hybrid?.begin(ctx, query) ?? null;
      const one = new OneSearch(this.database, ctx, query, left, hybrid?.nearest ?? null);
      if (one.terms.length === 0 && !hybrid) return { passages: [], withheld: 0, took: 0 };
      const found = await within('search', limit, this.search(ctx, one, hybrid, { k, left }));
      return { ...found, took: this.clock.monotonic() - began };
    } catch (cause) {
      ctx.signal.throwIfAborted();
      throw new RetrievalFault(cause);
    }
  }

  private async search(
    ctx: CallContext,
    one: OneSearch,
    hybrid: HybridSearch | null,
    { k, left }: { k: number; left: () => number },
  ): Promise<Omit<SearchResult, 'took'>> {
    const {
      passages,
      withheld,
      suggestion,
      suggestionFrom = [],
    } = await this.ranked(ctx, one, hybrid?.wanted(k) ?? k, {
      k,
      left,
    });
    const found = { withheld, ...(suggestion === undefined ? {} : { suggestion, suggestionFrom }) };
    if (!hybrid) return { passages, ...found };
    const { passages: ordered, ...outcome } = await hybrid.finish(passages);
    return { passages: ordered.slice(0, k), ...found, hybrid: outcome };
  }

  private async ranked(
    ctx: CallContext,
    one: OneSearch,
    wanted: number,
    { k, left }: { k: number; left: () => number },
  ): Promise<SearchOutcome> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const current = await this.cache.current(ctx, left());
      const found = current && (await one.in(current, k, wanted));
      if (found && (found.lost === 0 || attempt >= ATTEMPTS_FOR_ALL)) return found;
    }
    throw new Error('the index changed faster than it could be read');
  }
}
