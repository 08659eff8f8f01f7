/** Where a passage stands: its document, and its place in it. */
export interface Place {
  readonly documentId: string;
  readonly ordinal: number;
}

/** Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009): 60 is the constant of the paper. */
export const FUSION_K = 60;
/** So far down both rankings are fused: what stands lower adds next to nothing. */
export const FUSION_DEPTH = 100;

const keyOf = ({ documentId, ordinal }: Place): string => `${documentId}/${ordinal}`;

/**
 * The best `k` of two rankings: each gives a passage 1 / (60 + its place from 1). Of equals the one that `lexical` has,
 * and has earlier, comes first; what both have is taken from `lexical`.
 */
export function fuseRankings<P extends Place>(lexical: readonly P[], vector: readonly P[], k: number): P[] {
  const fused = new Map<string, { readonly place: P; score: number }>();
  for (const ranking of [lexical, vector])
    ranking.forEach((place, i) => {
      const score = 1 / (FUSION_K + i + 1);
      const held = fused.get(keyOf(place));
      if (held) held.score += score;
      else fused.set(keyOf(place), { place, score });
    });
  // The sort is stable, and the map holds lexical ones first.
  return [...fused.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ place }) => place);
}
