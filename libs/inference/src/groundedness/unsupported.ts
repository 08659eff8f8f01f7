import type { Evidence, EvidenceClause, EvidenceUnit } from './read-evidence.js';
import type { Quantity } from './read-quantities.js';
import type { TermWeights } from './term-weights.js';

/**
 * Why a sentence is not supported: a number, a name, something said or denied the other way round, an opposite word,
 * too few of its words, or a contradiction that the operator's entailment model finds.
 */
export const GROUNDEDNESS_REASONS = [
  'number',
  'name',
  'negation',
  'opposite',
  'lexical',
  'entailment',
] as const;
export type GroundednessReason = (typeof GROUNDEDNESS_REASONS)[number];

export interface Unsupported {
  readonly reason: GroundednessReason;
  /** What of the sentence it is about; offsets into the sentence. */
  readonly start: number;
  readonly end: number;
}

/** A sentence or a clause of one. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly terms: ReadonlySet<string>;
}

/** A sentence beside what it cites, as the comparisons read it. */
export interface Judged {
  readonly plain: string;
  readonly quantities: readonly Quantity[];
  readonly sources: readonly Evidence[];
  readonly units: readonly EvidenceUnit[];
  readonly weights: TermWeights;
  readonly said: ReadonlySet<string>;
  readonly whole: Part;
  readonly clauses: readonly EvidenceClause[];
}

/** Units that hold the numbers and names of a clause. */
export type Candidates = Map<Part, readonly EvidenceUnit[]>;

/** What title, heading and neighbours say counts for less than what a unit says itself. */
export const CONTEXT_SHARE = 0.7;

export function scoreOf(judged: Judged, terms: ReadonlySet<string>, unit: EvidenceUnit): number {
  return judged.weights.share(terms, unit.terms, unit.context, CONTEXT_SHARE, unit.head);
}

/** Whether one of the units fits nearly as well as the best of all. */
export function isNear(
  judged: Judged,
  { terms }: Pick<Part, 'terms'>,
  among: readonly EvidenceUnit[],
  near: number,
): boolean {
  let [best, mine] = [0, 0];
  for (const unit of judged.units) {
    const score = scoreOf(judged, terms, unit);
    if (score > best) best = score;
    if (score > mine && among.includes(unit)) mine = score;
  }
  return mine >= best * near;
}
