import type { CitedSources } from './cited-sources.js';
import { misplaced, outOfOrder, swapped, unconditional } from './judge-order.js';
import { contradicted, opposed } from './judge-sense.js';
import { substituted } from './judge-roles.js';
import { plainText } from './plain-text.js';
import { clausesOf, contentTerms, isChinese, withoutQuantities, type EvidenceUnit } from './read-evidence.js';
import { readNames } from './read-names.js';
import { readQuantities, says, type Quantity } from './read-quantities.js';
import { isNear, scoreOf, type Candidates, type Judged, type Part, type Unsupported } from './unsupported.js';

/** Share of a sentence's weighted words that its sources must hold; of a clause's, where it is long enough. */
const SUPPORT_MIN = 0.5;
const CLAUSE_SUPPORT_MIN = 0.3;
const CLAUSE_TERMS_MIN = 3;
/** A number or a name counts where it stands in a unit that fits this well, as a share of the best one. */
const NEAR = 0.66;
const FITTEST = 0.9;
/** By how much more of a clause the sentence repeats for it to be the one that is meant. */
const MEANT = 0.25;

/**
 * Compares a sentence with the passages that it cites.
 * @returns null: supported, as far as numbers, names, negations, opposites and words tell
 */
export function judgeClaim(text: string, cited: CitedSources): Unsupported | null {
  const { passages: sources, units, weights, said, places } = cited;
  if (sources.length === 0) return null;
  const plain = plainText(text);
  const chinese = isChinese(plain);
  const quantities = readQuantities(plain);
  const counted = withoutQuantities(plain, quantities);
  const whole: Part = { start: 0, end: plain.length, terms: contentTerms(counted) };
  const clauses = clausesOf(plain, counted);
  const scores = new Map<ReadonlySet<string>, readonly number[]>();
  const judged = { plain, quantities, sources, units, weights, said, whole, clauses, scores, places };
  // In another language only what is written alike in both can be compared.
  if (sources.every((source) => source.isChinese !== chinese)) return foreign(judged);
  const candidates: Candidates = new Map();
  return (
    unsupportedNumber(judged, candidates) ??
    unsupportedName(judged, candidates) ??
    contradicted(judged) ??
    opposed(judged, candidates) ??
    swapped(judged) ??
    misplaced(judged) ??
    outOfOrder(judged) ??
    unconditional(judged) ??
    substituted(judged) ??
    unheard(judged)
  );
}

function foreign({ plain, quantities, units, sources }: Judged): Unsupported | null {
  for (const quantity of quantities) {
    const holds = (where: { quantities: readonly Quantity[] }) =>
      where.quantities.some((one) => says(quantity, one));
    if (!units.some(holds) && !sources.some(holds))
      return { reason: 'number', start: quantity.start, end: quantity.end };
  }
  for (const { key, start, end } of readNames(plain)) {
    if (!/\d|@|\//.test(key) || /\p{Script=Han}/u.test(key) || /^[a-z]+\d{1,2}$/.test(key)) continue;
    if (
      !units.some((unit) => unit.key.includes(key)) &&
      !sources.some(({ topicKey }) => topicKey.includes(key))
    )
      return { reason: 'name', start, end };
  }
  return null;
}

/** A number must stand in a unit that is about the same thing, not just anywhere. */
function unsupportedNumber(judged: Judged, candidates: Candidates): Unsupported | null {
  const { quantities, units, sources } = judged;
  for (const quantity of quantities) {
    const { start, end, bound } = quantity;
    const isTopical = sources.some((source) => source.quantities.some((one) => says(quantity, one)));
    const holding = units.filter((unit) => unit.quantities.some((one) => says(quantity, one)));
    if (holding.length === 0 && isTopical) continue;
    if (holding.length === 0) return { reason: 'number', start, end };
    const clause = partAt(judged, start);
    if (!isNear(judged, clause, holding, NEAR) && !isNear(judged, judged.whole, holding, NEAR))
      return { reason: 'number', start, end };
    if (isOfAnotherRow(judged, quantity, holding)) return { reason: 'number', start, end };
    if (holding.every((unit) => isMeantOtherwise(judged, quantity, unit)))
      return { reason: 'number', start, end };
    if (bound && isBoundOtherwise(judged, quantity, fittest(judged, holding)))
      return { reason: 'opposite', start, end };
    candidates.set(
      clause,
      holding.filter((unit) => (candidates.get(clause) ?? holding).includes(unit)),
    );
  }
  return null;
}

/** "At most" where the clauses that fit best say "at least"; "not more than" is no "more than" that is denied. */
function isBoundOtherwise(judged: Judged, quantity: Quantity, units: readonly EvidenceUnit[]): boolean {
  const clause = judged.clauses.find(({ start, end }) => quantity.start >= start && quantity.start < end);
  const isBanned = clause?.modality === 'banned';
  const found = units.flatMap((unit) =>
    unit.quantities
      .filter((one) => says(quantity, one))
      .map((one) => {
        const there = unit.clauses.find(({ start, end }) => one.start >= start && one.start < end);
        const terms = there?.terms ?? unit.terms;
        const fit = judged.weights.share(clause?.terms ?? judged.whole.terms, terms, terms, 0);
        return { bound: one.bound, isBan: there?.modality === 'banned', fit };
      }),
  );
  const best = Math.max(0, ...found.map(({ fit }) => fit));
  return found
    .filter(({ fit }) => fit >= best * FITTEST)
    .every(({ bound, isBan }) => bound !== null && bound !== quantity.bound && isBan === isBanned);
}

/** A number of one row beside numbers that stand in other rows only. */
function isOfAnotherRow(
  { quantities, units }: Judged,
  quantity: Quantity,
  holding: readonly EvidenceUnit[],
): boolean {
  if (!holding.every(({ isRow }) => isRow)) return false;
  const beside = quantities.filter((one) => one !== quantity);
  const holds = (unit: EvidenceUnit, one: Quantity) => unit.quantities.some((other) => says(one, other));
  if (beside.some((one) => holding.some((unit) => holds(unit, one)))) return false;
  return beside.some((one) => {
    const others = units.filter((unit) => holds(unit, one));
    return others.length > 0 && others.every(({ isRow }) => isRow);
  });
}

/** Another value in the same measure. */
function isOther(one: Quantity, quantity: Quantity): boolean {
  return one.unit?.base === quantity.unit?.base;
}

/** Of the units that hold a number those that fit best. */
function fittest(judged: Judged, holding: readonly EvidenceUnit[]): readonly EvidenceUnit[] {
  const scores = holding.map((unit) => scoreOf(judged, judged.whole.terms, unit));
  const best = Math.max(...scores);
  return holding.filter((_, at) => (scores[at] ?? 0) >= best * FITTEST);
}

function partAt({ clauses, whole }: Judged, at: number): Part {
  return clauses.find(({ start, end }) => at >= start && at < end) ?? whole;
}

/** "10 days in A and 7 in B": the clause of the unit that the sentence repeats has another number. */
function isMeantOtherwise(
  { whole, quantities: said }: Judged,
  quantity: Quantity,
  { clauses, quantities }: Judged['units'][number],
): boolean {
  let [mine, other] = [-1, -1];
  for (const { start, end, terms } of clauses) {
    const within = quantities.filter((one) => one.start >= start && one.start < end);
    if (within.length === 0 || terms.size === 0) continue;
    const repeated = [...terms].filter((term) => whole.terms.has(term)).length / terms.size;
    if (within.some((one) => says(quantity, one))) mine = Math.max(mine, repeated);
    else if (within.some((one) => isOther(one, quantity) && !said.some((own) => says(own, one))))
      other = Math.max(other, repeated);
  }
  return mine >= 0 && other >= mine + MEANT;
}

function unsupportedName(judged: Judged, candidates: Candidates): Unsupported | null {
  const { plain, units, sources } = judged;
  for (const { key, start, end } of readNames(plain)) {
    const isTopical = sources.some(({ topicKey }) => topicKey.includes(key));
    const holding = units.filter((unit) => unit.key.includes(key));
    if (holding.length === 0 && !isTopical) return { reason: 'name', start, end };
    if (isTopical) continue;
    const clause = partAt(judged, start);
    if (!isNear(judged, clause, holding, NEAR) && !isNear(judged, judged.whole, holding, NEAR))
      return { reason: 'name', start, end };
    const counted = candidates.get(clause);
    const both = holding.filter((unit) => (counted ?? holding).includes(unit));
    if (both.length === 0 && isCountedOtherwise(judged, clause, holding))
      return { reason: 'name', start, end };
    if (both.length > 0) candidates.set(clause, both);
  }
  return null;
}

/** Where the name stands there is another number of that measure, and the numbers of the clause stand elsewhere. */
function isCountedOtherwise({ quantities }: Judged, clause: Part, holding: readonly EvidenceUnit[]): boolean {
  const own = quantities.filter(({ start }) => start >= clause.start && start < clause.end);
  const others = holding.filter((unit) =>
    unit.quantities.some((one) => own.some((mine) => isOther(one, mine) && !says(mine, one))),
  );
  return others.length > 0 && others.length === holding.length;
}

/** Too few of its words are in what it cites. */
function unheard({ said, weights, whole, clauses, plain }: Judged): Unsupported | null {
  if (whole.terms.size > 1 && weights.share(whole.terms, said, said, 0) < SUPPORT_MIN)
    return { reason: 'lexical', start: 0, end: plain.length };
  for (const { terms, start, end } of clauses) {
    if (terms.size >= CLAUSE_TERMS_MIN && weights.share(terms, said, said, 0) < CLAUSE_SUPPORT_MIN)
      return { reason: 'lexical', start, end };
  }
  return null;
}
