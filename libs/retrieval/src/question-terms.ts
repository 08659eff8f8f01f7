import { analyze } from '@lorekeep/kit/text';

/** A page of text. What follows in a longer question is not searched for. */
export const QUESTION_CHARACTERS_MAX = 8_000;
/** Every term costs the reading of its postings; a long question has said what it is about by then. */
export const QUESTION_TERMS_MAX = 96;

/**
 * The distinct terms to search for, in the question's order, at most QUESTION_TERMS_MAX. Words that only ask are stop
 * words of the analyzer.
 */
export function questionTerms(text: string): string[] {
  const terms = new Set(analyze(text.slice(0, QUESTION_CHARACTERS_MAX)));
  return [...terms].slice(0, QUESTION_TERMS_MAX);
}
