import { contentTerms, type EvidenceUnit } from './read-evidence.js';
import { scoreOf, type Judged, type Unsupported } from './unsupported.js';

/**
 * Who does something in rules of a company: of one word for another, these are surely somebody else. In English, whose
 * words stand apart; cut Chinese has too many that only look like it.
 */
const AGENTS = contentTerms(
  'manager officer operator scribe lead adviser director supplier customer agent engineer secondary primary department ' +
    'team desk auditor lawyer finance owner specialist supervisor partner committee council board',
);
/** The unit that is meant holds so much of what the sentence says beside the word in question. */
const MEANT = 0.7;
/** Others that fit nearly as well may be meant instead. */
const NEAR = 0.75;

/** Somebody else than its source says: "the support manager decides" where the quality manager does. */
export function substituted(judged: Judged): Unsupported | null {
  const { whole, units } = judged;
  const terms = [...whole.terms];
  const own = terms.filter((term, at) => AGENTS.has(term) || AGENTS.has(terms[at + 1] ?? ''));
  if (own.length === 0) return null;
  const scored = units.map((unit) => ({ unit, score: scoreOf(judged, whole.terms, unit) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const meant = scored.filter(({ score }) => score >= best * NEAR).map(({ unit }) => unit);
  const isWrong = own.some(
    (term) => meant.length > 0 && meant.every((unit) => isSomebodyElse(judged, unit, term)),
  );
  return isWrong ? { reason: 'opposite', start: whole.start, end: whole.end } : null;
}

function isSomebodyElse({ weights, whole }: Judged, unit: EvidenceUnit, term: string): boolean {
  if (unit.isRow || unit.terms.has(term)) return false;
  const others = new Set([...whole.terms].filter((one) => one !== term));
  if (weights.share(others, unit.terms, unit.terms, 0) < MEANT) return false;
  const terms = [...whole.terms];
  const head = terms[terms.indexOf(term) + 1];
  const said = [...unit.terms];
  const modifier = head !== undefined && AGENTS.has(head) ? said[said.indexOf(head) - 1] : undefined;
  const instead = AGENTS.has(term) ? said.filter((one) => AGENTS.has(one)) : [];
  return [...instead, ...(modifier ? [modifier] : [])].some((one) => !whole.terms.has(one));
}
