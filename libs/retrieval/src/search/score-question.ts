import type { Scored } from './best-passages.js';
import { contribution, idf, K1 } from './bm25.js';
import { rankPassages, type RankedTerm } from './rank-passages.js';
import { frequencyOf, numbersOf, type PostingList } from './posting-list.js';
import type { Current } from './tenant-cache.js';
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
  const withheld = unrestricted.filter(({ number }) => allowed[windows.scopeOf(number)] !== 1);
  return { best, withheld: withheld.length };
}

/** The best k of the passages that hold all of the `required` terms. */
export function scoreHolding(
  { index, readable }: Current,
  terms: readonly WeighedTerm[],
  lists: ReadonlyMap<string, readonly PostingList[]>,
  required: readonly string[],
  k: number,
  collectionIds: ReadonlySet<string> | null,
): Scored[] {
  const allowed = index.scopes.allowed(readable, collectionIds);
  const [shortest = [], ...others] = required
    .map((term) => lists.get(term) ?? [])
    .sort((a, b) => sizeOf(a) - sizeOf(b));
  const numbers = numbersOf(shortest).filter(
    (number) =>
      allowed[index.windows.scopeOf(number)] === 1 &&
      others.every((other) => other.some((list) => frequencyOf(list, number) > 0)),
  );
  const ranked = weigh(terms, lists, index.passages);
  return numbers
    .map((number) => ({ number, score: scoreOf(number, ranked, index) }))
    .sort((a, b) => b.score - a.score || a.number - b.number)
    .slice(0, k);
}

const sizeOf = (lists: readonly PostingList[]): number =>
  lists.reduce((sum, { places }) => sum + places.length, 0);

function scoreOf(number: number, ranked: readonly RankedTerm[], { windows, norm }: Current['index']): number {
  const length = windows.lengthOf(number);
  let score = 0;
  for (const { weight, lists } of ranked)
    for (const list of lists) {
      const frequency = frequencyOf(list, number);
      if (frequency > 0) score += contribution(weight, frequency, length, norm);
    }
  return score;
}

/** How many of the passages of these lists are in scopes that pass. */
export function countAllowed({ index }: Current, lists: readonly PostingList[], allowed: Uint8Array): number {
  return numbersOf(lists).filter((number) => allowed[index.windows.scopeOf(number)] === 1).length;
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
