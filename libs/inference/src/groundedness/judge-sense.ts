import { readSenses, type Sense } from './opposites.js';
import { conflicts } from './read-clauses.js';
import { contentTerms, type EvidenceClause, type EvidenceUnit } from './read-evidence.js';
import { isNear, scoreOf, type Candidates, type Judged, type Unsupported } from './unsupported.js';

/** Units are about the same from this share of the best one's score. */
const NEAR = 0.7;
/** A clause that is matched less than this is not said to be contradicted. */
const ALIGNED = 0.45;
const UNIT_SHARE = 0.3;

/** What is denied here and said there, or the other way round; what must be and what may be. */
export function contradicted(judged: Judged): Unsupported | null {
  for (const clause of judged.clauses) {
    if (clause.terms.size === 0) continue;
    const isWrong = clause.negated ? isSaidThere(judged, clause) : isDeniedThere(judged, clause);
    if (isWrong || isOfAnotherModality(judged, clause))
      return { reason: 'negation', start: clause.start, end: clause.end };
  }
  return null;
}

function nearest(judged: Judged, terms: ReadonlySet<string>): EvidenceUnit[] {
  const scored = judged.units.map((unit) => ({ unit, score: scoreOf(judged, terms, unit) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best < ALIGNED ? [] : scored.filter(({ score }) => score >= best * NEAR).map(({ unit }) => unit);
}

/** A clause of one word is about what its sentence is about. */
function aboutOf({ whole }: Judged, { terms }: EvidenceClause): ReadonlySet<string> {
  return terms.size < 2 ? whole.terms : terms;
}

/** The sentence denies what its source says: the same word without a negation, and nowhere with one. */
function isSaidThere(judged: Judged, clause: EvidenceClause): boolean {
  const about = nearest(judged, aboutOf(judged, clause))
    .flatMap(({ clauses }) => clauses)
    .filter(({ terms }) => clause.anchors.some((anchor) => terms.has(anchor)));
  return about.length > 0 && about.every(({ negated }) => !negated);
}

/** The sentence says what its source denies. */
function isDeniedThere(judged: Judged, clause: EvidenceClause): boolean {
  if (/^\s*(?:otherwise|否则|逾期)/i.test(judged.plain.slice(clause.start, clause.end))) return false;
  const about = nearest(judged, aboutOf(judged, clause)).flatMap(({ clauses }) => clauses);
  const denied = about.flatMap(({ anchors }) => anchors.filter((anchor) => clause.terms.has(anchor)));
  if (denied.length === 0) return false;
  const fits = ({ terms }: EvidenceClause) => judged.weights.share(clause.terms, terms, terms, 0);
  const says = about.filter(({ negated, terms }) => !negated && denied.some((anchor) => terms.has(anchor)));
  const denies = about.filter(({ anchors }) => anchors.some((anchor) => clause.terms.has(anchor)));
  return Math.max(0, ...says.map(fits)) < Math.max(...denies.map(fits)) * NEAR;
}

/** A clause that fits best where it must be what it may be here, and clearly worse elsewhere. */
function isOfAnotherModality({ units, weights }: Judged, clause: EvidenceClause): boolean {
  if (clause.modality === null) return false;
  let [best, agreeing] = [0, 0];
  for (const unit of units) {
    // No clause of it can fit better than the whole of it does.
    if (weights.share(clause.terms, unit.terms, unit.terms, 0) < ALIGNED * NEAR) continue;
    for (const source of unit.clauses) {
      const score = weights.share(clause.terms, source.terms, unit.terms, UNIT_SHARE);
      if (score > best) best = score;
      if (score > agreeing && !conflicts(clause, source)) agreeing = score;
    }
  }
  return best >= ALIGNED && agreeing < best * NEAR;
}

/** Before for after, weekly for monthly: the units that fit have another word of the same group. */
export function opposed(judged: Judged, candidates: Candidates): Unsupported | null {
  for (const clause of judged.clauses) {
    const senses = readSenses(judged.plain.slice(clause.start, clause.end));
    for (const sense of senses) {
      const words = contentTerms(sense.word);
      const terms = new Set([...clause.terms].filter((term) => !words.has(term)));
      const units = candidates.get(clause) ?? judged.units;
      const others = units.filter((unit) => saysAnother(unit, sense, senses));
      if (others.length === 0) continue;
      const agreeing = units.filter((unit) => !others.includes(unit));
      const among = { ...judged, units };
      if (!isNear(among, { terms }, agreeing, NEAR) || agreeing.length === 0)
        return { reason: 'opposite', start: clause.start, end: clause.end };
    }
  }
  return null;
}

function saysAnother(unit: EvidenceUnit, { group, member }: Sense, own: readonly Sense[]): boolean {
  const there = unit.senses(group);
  if (there.length === 0 || there.some((one) => one.member === member)) return false;
  return there.some(({ member: other }) => !own.some((one) => one.group === group && one.member === other));
}
