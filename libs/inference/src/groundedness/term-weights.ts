import type { EvidenceUnit } from './read-evidence.js';

/** What a word weighs that no unit holds: as much as a rare one, not more. */
const ABSENT = 1.6;
/** What the head of a table says of its rows. */
const HEAD = 0.9;
const NONE: ReadonlySet<string> = new Set();

/** Rare words of the cited passages weigh more: ln(1 + units / units with the word), after Robertson's idf. */
export class TermWeights {
  private readonly counts = new Map<string, number>();
  private readonly weights = new Map<string, number>();

  constructor(private readonly units: readonly EvidenceUnit[]) {
    for (const unit of units) {
      for (const term of unit.terms) this.counts.set(term, (this.counts.get(term) ?? 0) + 1);
    }
  }

  /** Share of the weight of `terms` that is in `said`; what is only in `context` counts `part` of it, and half of that where another unit says it itself. 0 to 1. */
  share(
    terms: ReadonlySet<string>,
    said: ReadonlySet<string>,
    context: ReadonlySet<string>,
    part: number,
    head: ReadonlySet<string> = NONE,
  ): number {
    let [all, found] = [0, 0];
    for (const term of terms) {
      const weight = this.of(term);
      all += weight;
      if (said.has(term)) found += weight;
      else if (head.has(term)) found += weight * HEAD;
      else if (context.has(term)) found += weight * (this.counts.has(term) ? part / 2 : part);
    }
    return all === 0 ? 0 : found / all;
  }

  private of(term: string): number {
    const known = this.weights.get(term);
    if (known !== undefined) return known;
    const count = this.counts.get(term);
    const weight = count === undefined ? ABSENT : Math.log(1 + (this.units.length + 1) / count);
    this.weights.set(term, weight);
    return weight;
  }
}
