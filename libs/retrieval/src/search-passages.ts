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

/** The best passages that the caller may read. Throws RetrievalFault when it cannot be known: no fallback. */
export class Search {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: { RETRIEVAL_TIMEOUT_MS: number },
  ) {}

  async run(ctx: CallContext, query: SearchQuery): Promise<SearchResult> {
    const began = this.clock.monotonic();
    const terms = questionTerms(query.text);
    const k = Math.max(1, Math.min(PASSAGES_MAX, Math.trunc(query.k)));
    if (terms.length === 0) return { passages: [], withheld: 0, took: 0 };
    const values = [terms, k, query.collectionIds ? [...query.collectionIds] : null];
    const [passages, counted] = await this.within(
      ctx,
      Promise.all([
        this.database.once<FoundPassage & Record<string, unknown>>(ctx, SEARCH_STATEMENT, values),
        this.database.once<{ withheld: number }>(ctx, WITHHELD_STATEMENT, values, { access: 'all' }),
      ]),
    );
    return { passages, withheld: counted[0]?.withheld ?? 0, took: this.clock.monotonic() - began };
  }

  /** A database that hangs must not hold the question: the server cancels the statement by its own limit. */
  private async within<T>(ctx: CallContext, work: Promise<T>): Promise<T> {
    const left = Math.min(this.settings.RETRIEVAL_TIMEOUT_MS, ctx.deadline - this.clock.now());
    let timer: NodeJS.Timeout | undefined;
    let onAbort: (() => void) | undefined;
    const ended = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new RetrievalFault('RETRIEVAL_TIMEOUT')), Math.max(0, left));
      onAbort = () => reject(ctx.signal.reason instanceof Error ? ctx.signal.reason : new Error('aborted'));
      if (ctx.signal.aborted) onAbort();
      else ctx.signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([work, ended]);
    } catch (cause) {
      // The slower of the two may fail after we have left.
      work.catch(() => undefined);
      if (cause instanceof RetrievalFault || ctx.signal.aborted) throw cause;
      throw new RetrievalFault('RETRIEVAL_UNAVAILABLE', cause);
    } finally {
      clearTimeout(timer);
      if (onAbort) ctx.signal.removeEventListener('abort', onAbort);
    }
  }
}
