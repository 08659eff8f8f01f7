import type { Scored } from './best-passages.js';
import { idf, K1 } from './bm25.js';
import { rankPassages, type RankedTerm } from './rank-passages.js';
import type { PostingList } from './posting-list.js';
import type { Current } from './tenant-cache.js';
import { WINDOW, WINDOW_BITS } from './passage-windows.js';
import type { WeighedTerm } from './weigh-terms.js';

export interface ScoredQuestion {
  readonly best: Scored[];
  /** Of the tenant's best k, how many the caller may not read. */
  readonly withheld: number;
}

/** What the score of a passage at the threshold may be off. */
const MARGIN = 1e-6;

/** The statistics are those of the tenant, whoever asks: the ranking is the tenant's with what is forbidden left out. */
export function scoreQuestion(
  { index, readable }: Current,
  terms: readonly WeighedTerm[],
  lists: ReadonlyMap<string, readonly PostingList[]>,
  k: number,
  collectionIds: ReadonlySet<string> | null,
): ScoredQuestion {
  const { windows, norm } = index;
  const ranked = weigh(terms, lists, index.passages);
  const allowed = index.scopes.allowed(readable, collectionIds);
  const best = rankPassages(ranked, { windows, norm, allowed, k });
  const everybody = index.scopes.allowed(null, collectionIds);
  if (everybody.every((value, scope) => value === allowed[scope])) return { best, withheld: 0 };
  const last = best.length < k ? 0 : (best[k - 1]?.score ?? 0);
  const above = Math.max(0, last - MARGIN);
  const unrestricted = rankPassages(ranked, { windows, norm, allowed: everybody, k, above });
  const withheld = unrestricted.filter(({ number }) => {
    const scope = windows.windowOf(number >>> WINDOW_BITS).scopes[number & (WINDOW - 1)] as number;
    return allowed[scope] !== 1;
  });
  return { best, withheld: withheld.length };
}

function weigh(
  terms: readonly WeighedTerm[],
  lists: ReadonlyMap<string, readonly PostingList[]>,
  passages: number,
): RankedTerm[] {
  const ranked: RankedTerm[] = [];
  for (const { term, weight } of terms) {
    const found = lists.get(term) ?? [];
    const frequency = found.reduce((sum, { alive }) => sum + alive, 0);
    if (frequency > 0) ranked.push({ weight: weight * idf(passages, frequency) * (K1 + 1), lists: found });
  }
  return ranked;
}
