import type { EvidenceClause, EvidenceUnit } from './read-evidence.js';
import { contentTerms } from './read-evidence.js';
import { says, type Quantity } from './read-quantities.js';
import { readAnchored } from './read-anchored.js';
import type { Judged, Unsupported } from './unsupported.js';

/** What comes first and what comes then, as a sentence says it. */
const SEQUENCES = [
  /\bfirst\b(?<first>.+?)(?:\band )?\b(?:then|afterwards|only then|after that)\b(?<then>.+)/is,
  /先(?!前|生|后)(?<first>.+?)(?:再|然后|之后|随后|后再)(?<then>.+)/su,
];
/** A step is told in a clause that holds so much of it. */
const TOLD = 0.4;
/** "whoever it is", "with or without": the sentence says that a condition does not matter. */
const UNCONDITIONAL =
  /\b(?:regardless|irrespective|no matter|whatever|however (?:short|long|small|large|many|much|old|new)|with or without|whether or not|even (?:if|though|without|against)|without exception|in (?:any|every) case)\b|无论|不论|不管|一律|即使|即便|哪怕/i;

/** Two numbers of one measure that stand with each other's words: "A after 10 minutes and B after 20". */
export function swapped(judged: Judged): Unsupported | null {
  const { quantities, clauses, units } = judged;
  for (const [at, one] of quantities.entries()) {
    for (const other of quantities.slice(at + 1)) {
      if (one.unit?.base !== other.unit?.base || one.value === other.value) continue;
      const [mine, theirs] = [clauseOf(clauses, one), clauseOf(clauses, other)];
      if (!mine || !theirs || mine === theirs) continue;
      const verdicts = units.map((unit) => pairedOtherwise(unit, [one, mine], [other, theirs]));
      if (verdicts.includes(true) && !verdicts.includes(false))
        return { reason: 'number', start: one.start, end: one.end };
    }
  }
  return null;
}

type Placed = readonly [quantity: Quantity, clause: EvidenceClause];

/** Undefined where the unit does not tell. */
function pairedOtherwise(unit: EvidenceUnit, one: Placed, other: Placed): boolean | undefined {
  if (unit.isRow) return undefined;
  const holding = ([quantity]: Placed) =>
    clauseOf(
      unit.clauses,
      unit.quantities.find((held) => says(quantity, held)),
    );
  const [there, elsewhere] = [holding(one), holding(other)];
  if (!there || !elsewhere || there === elsewhere) return undefined;
  const [a, b] = [without(one[1].terms, other[1].terms), without(other[1].terms, one[1].terms)];
  const [c, d] = [without(there.terms, elsewhere.terms), without(elsewhere.terms, there.terms)];
  const same = common(a, c) + common(b, d);
  const crossed = common(a, d) + common(b, c);
  return same === crossed ? undefined : crossed > same;
}

function clauseOf(
  clauses: readonly EvidenceClause[],
  quantity: Quantity | undefined,
): EvidenceClause | undefined {
  return quantity && clauses.find(({ start, end }) => quantity.start >= start && quantity.start < end);
}

function without(terms: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...terms].filter((term) => !others.has(term));
}

function common(some: readonly string[], others: readonly string[]): number {
  return some.filter((term) => others.includes(term)).length;
}

/** "First B, then A" of what is told as A, then B. */
export function outOfOrder({ plain, units, weights, clauses }: Judged): Unsupported | null {
  const told = SEQUENCES.map((pattern) => pattern.exec(plain)?.groups).find((found) => found !== undefined);
  const [first, then] = [told?.['first'], told?.['then']].map((part) => contentTerms(part ?? ''));
  if (!first?.size || !then?.size) return null;
  const all = units.flatMap((unit) => unit.clauses);
  const placeOf = (terms: ReadonlySet<string>): number => {
    const shares = all.map((clause) => weights.share(terms, clause.terms, clause.terms, 0));
    const best = Math.max(0, ...shares);
    return best < TOLD || shares.filter((share) => share === best).length > 1 ? -1 : shares.indexOf(best);
  };
  const [before, after] = [placeOf(first), placeOf(then)];
  if (before < 0 || after < 0 || before <= after) return null;
  return { reason: 'opposite', start: clauses[0]?.start ?? 0, end: plain.length };
}

/** Before what its source tells to be after it, and nowhere so. */
export function misplaced({ plain, units, whole }: Judged): Unsupported | null {
  for (const { side, anchor } of readAnchored(plain)) {
    const there = units.flatMap((unit) => unit.anchored).filter((one) => one.anchor === anchor);
    if (there.length > 0 && there.every((one) => one.side !== side))
      return { reason: 'opposite', start: whole.start, end: whole.end };
  }
  return null;
}

/** The sentence says that it is so in every case; none of its sources says anything of the kind. */
export function unconditional({ plain, units }: Judged): Unsupported | null {
  const found = UNCONDITIONAL.exec(plain);
  if (!found || units.some((unit) => UNCONDITIONAL.test(unit.plain))) return null;
  return { reason: 'opposite', start: found.index, end: found.index + found[0].length };
}
