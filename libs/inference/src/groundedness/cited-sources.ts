import type { Evidence, EvidenceUnit } from './read-evidence.js';
import { TermWeights } from './term-weights.js';

/** The passages that a sentence cites, together: read once for all sentences that cite the same. */
export class CitedSources {
  readonly units: readonly EvidenceUnit[];
  readonly weights: TermWeights;
  /** Where each unit stands among the others. */
  readonly places: ReadonlyMap<EvidenceUnit, number>;
  /** Every term that is said in them, in titles and headings too. */
  readonly said: ReadonlySet<string>;

  readonly passages: readonly Evidence[];

  /** @param passages two that say the same are one */
  constructor(passages: readonly Evidence[]) {
    this.passages = [...new Set(passages)];
    this.units = this.passages.flatMap(({ units }) => units);
    this.weights = new TermWeights(this.units);
    this.places = new Map(this.units.map((unit, at) => [unit, at]));
    const said = new Set<string>();
    for (const { terms, context, head } of this.units) {
      for (const term of head) said.add(term);
      for (const term of terms) said.add(term);
      for (const term of context) said.add(term);
    }
    this.said = said;
  }
}
