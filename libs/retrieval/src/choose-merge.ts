/** A segment as the choice of a merge sees it. */
export interface SegmentHead {
  readonly id: string;
  readonly level: number;
  readonly analyzer: number;
  readonly passages: number;
}

/** So many segments of one level become one: fewer would write more often, more would be searched one by one. */
export const MERGE_WIDTH = 8;
/** Of small segments many at once, when they come faster than they are merged. */
const INPUTS_MAX = 256;
/** No merge makes a larger one: what it would cost is no longer in proportion. */
export const SEGMENT_PASSAGES_MAX = 2_000_000;
/** Segments with less alive than this are rewritten alone. */
export const ALIVE_SHARE_MIN = 0.5;

/** Of segments whose documents are all being indexed again: no longer merged, gone when the last of them is done. */
export const LEVEL_REPLACED = -1;

/** The segments to be merged next, of the lowest level where enough stand; null when nothing is due. */
export function chooseMerge(segments: readonly SegmentHead[]): readonly SegmentHead[] | null {
  const tiers = new Map<number, SegmentHead[]>();
  for (const segment of segments) {
    if (segment.passages > SEGMENT_PASSAGES_MAX / 2) continue;
    // Of one analyzer each, so that a segment can say whose terms it has.
    const tier = segment.level * 65_536 + segment.analyzer;
    tiers.set(tier, [...(tiers.get(tier) ?? []), segment]);
  }
  for (const [, tier] of [...tiers].sort(([a], [b]) => a - b)) {
    if (tier.length < MERGE_WIDTH) continue;
    let passages = 0;
    const chosen = tier
      .sort((a, b) => a.passages - b.passages)
      .slice(0, INPUTS_MAX)
      .filter((segment) => (passages += segment.passages) <= SEGMENT_PASSAGES_MAX);
    if (chosen.length > 1) return chosen;
  }
  return null;
}
