/** Query id -> document id -> gain (> 0). */
export type Judgments = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface RankingFigures {
  readonly ndcg10: number;
  readonly mrr10: number;
  readonly recall100: number;
}

/** Means over all judged queries, as trec_eval defines them; nDCG with linear gain. A query without results counts 0. */
export function measureRanking(
  run: ReadonlyMap<string, readonly string[]>,
  judgments: Judgments,
): RankingFigures {
  let ndcg10 = 0;
  let mrr10 = 0;
  let recall100 = 0;
  for (const [query, gains] of judgments) {
    const ranked = run.get(query) ?? [];
    const ideal = [...gains.values()].sort((a, b) => b - a).slice(0, 10);
    ndcg10 += discounted(ranked.slice(0, 10).map((id) => gains.get(id) ?? 0)) / discounted(ideal);
    const first = ranked.slice(0, 10).findIndex((id) => gains.has(id));
    if (first >= 0) mrr10 += 1 / (first + 1);
    recall100 += ranked.slice(0, 100).filter((id) => gains.has(id)).length / gains.size;
  }
  return {
    ndcg10: ndcg10 / judgments.size,
    mrr10: mrr10 / judgments.size,
    recall100: recall100 / judgments.size,
  };
}

const discounted = (gains: readonly number[]): number =>
  gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);

/** The value below which `part` (0 … 1) of the values lie. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
