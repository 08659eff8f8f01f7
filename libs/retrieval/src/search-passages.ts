import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { questionTerms } from './question-terms.js';
import { RetrievalFault } from './retrieval.errors.js';
import { SEARCH_STATEMENT, WITHHELD_STATEMENT } from './search-statement.js';

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
  /** BM25, comparable within one search only; never shown to callers. */
  readonly score: number;
}

export interface SearchQuery {
  readonly text: string;
  /** Passages wanted, 1 … PASSAGES_MAX. */
  readonly k: number;
  /** Only these collections; all when absent. */
  readonly collectionIds?: readonly string[];
}

export interface SearchResult {
  readonly passages: FoundPassage[];
  /** Passages of the tenant's unrestricted best k that the caller may not read: for the audit, never for the caller. */
  readonly withheld: number;
  /** Milliseconds. */
  readonly took: number;
}

/**
 * The best passages that the caller may read. Throws RetrievalFault when they cannot be known: there is no fallback.
 * The path bounds its time; the server cancels a statement that is no longer waited for by its own limit.
 */
export class Search {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(ctx: CallContext, query: SearchQuery): Promise<SearchResult> {
    ctx.signal.throwIfAborted();
    const began = this.clock.monotonic();
    const terms = questionTerms(query.text);
    if (terms.length === 0) return { passages: [], withheld: 0, took: 0 };
    const k = Math.max(1, Math.min(PASSAGES_MAX, Math.trunc(query.k)));
    const values = [terms, k, query.collectionIds ? [...query.collectionIds] : null];
    try {
      const [passages, counted] = await Promise.all([
        this.database.once<FoundPassage & Record<string, unknown>>(ctx, SEARCH_STATEMENT, values),
        this.database.once<{ withheld: number }>(ctx, WITHHELD_STATEMENT, values, { access: 'all' }),
      ]);
      return { passages, withheld: counted[0]?.withheld ?? 0, took: this.clock.monotonic() - began };
    } catch (cause) {
      throw new RetrievalFault(cause);
    }
  }
}
