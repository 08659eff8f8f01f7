import type { GroundednessReason } from '@lorekeep/contracts';
import type { Evidence, EvidenceClause, EvidenceUnit } from './read-evidence.js';
import type { Quantity } from './read-quantities.js';
import type { TermWeights } from './term-weights.js';

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
  /** By what was asked: how well each unit fits, in their order. */
  readonly scores: Map<ReadonlySet<string>, readonly number[]>;
  /** Where each unit stands among the others. */
  readonly places: ReadonlyMap<EvidenceUnit, number>;
}

/** Units that hold the numbers and names of a clause. */
export type Candidates = Map<Part, readonly EvidenceUnit[]>;

/** What title, heading and neighbours say counts for less than what a unit says itself. */
export const CONTEXT_SHARE = 0.7;

export function scoreOf(judged: Judged, terms: ReadonlySet<string>, unit: EvidenceUnit): number {
  return scoresOf(judged, terms)[judged.places.get(unit) ?? -1] ?? 0;
}

/** How well each of all units of what is cited fits, 0 to 1; asked for again and again of the same clauses. */
function scoresOf({ scores, places, weights }: Judged, terms: ReadonlySet<string>): readonly number[] {
  const held = scores.get(terms);
  if (held) return held;
  const read = [...places.keys()].map((unit) =>
    weights.share(terms, unit.terms, unit.context, CONTEXT_SHARE, unit.head),
  );
  scores.set(terms, read);
  return read;
}

/** Whether one of the units fits nearly as well as the best of all. */
export function isNear(
  judged: Judged,
  { terms }: Pick<Part, 'terms'>,
  among: readonly EvidenceUnit[],
  near: number,
): boolean {
  const best = Math.max(0, ...judged.units.map((unit) => scoreOf(judged, terms, unit)));
  const mine = Math.max(0, ...among.map((unit) => scoreOf(judged, terms, unit)));
  return mine >= best * near;
}
