import type { PromptPassage } from '../driver.js';
import type { CitedSources } from './cited-sources.js';
import { plainText } from './plain-text.js';
import { contentTerms, type EvidenceUnit } from './read-evidence.js';
import { keyOf } from './read-names.js';
import { CONTEXT_SHARE } from './unsupported.js';

/** Sentences that a premise is made of: models are trained on short ones. */
const UNITS_MAX = 4;
/** UTF-16 units of a premise; a model reads some 512 tokens with what is said of it. */
export const PREMISE_MAX = 1_500;

export interface PremisePair {
  readonly premise: string;
  readonly hypothesis: string;
}

/**
 * What a model is to compare: the sentence without its citations, and of what it cites the sentences that are most
 * about the same, below their heading and in their order; in another language, where words tell nothing, its beginning.
 * @returns null where the sentence is a quotation of one of them
 */
export function choosePremise(
  text: string,
  cited: CitedSources,
  passages: readonly PromptPassage[],
): PremisePair | null {
  const plain = plainText(text);
  const key = keyOf(plain).replace(/[.。!！?？]+$/, '');
  if (cited.units.some((unit) => unit.key.includes(key))) return null;
  const terms = contentTerms(plain);
  const score = ({ terms: said, context, head }: EvidenceUnit) =>
    cited.weights.share(terms, said, context, CONTEXT_SHARE, head);
  const scored = cited.units.map((unit, at) => ({ unit, at, score: score(unit) }));
  const best = scored
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, UNITS_MAX)
    .sort((a, b) => a.at - b.at)
    .map(({ unit }) => unit.whole);
  const topics = new Set(passages.map(({ title, heading }) => heading || title));
  const said = best.length > 0 ? best : passages.map(({ content }) => content);
  const premise = [...topics, ...said].filter((part) => part !== '').join('\n');
  return { premise: premise.slice(0, PREMISE_MAX), hypothesis: withoutCitations(text) };
}

function withoutCitations(text: string): string {
  const plain = plainText(text);
  // Blanks stand where a citation or an emphasis was.
  return plain
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.。!！?？,，;；])/g, '')
    .trim();
}
