import { QUESTION_TERMS_MAX, questionTerms } from '../question-terms.js';

/**
 * What a term of the conversation before counts, where one of the question counts 1. Measured: less loses the thing that
 * a short follow-up is about, more buys nothing (libs/question-path/bench/record, `needingByWeight`).
 */
export const CONTEXT_WEIGHT = 0.5;

export interface WeighedTerm {
  readonly term: string;
  readonly weight: number;
}

/** The distinct terms of the question, then those that only the conversation before has, QUESTION_TERMS_MAX in all. */
export function weighTerms(text: string, context = ''): WeighedTerm[] {
  const own = questionTerms(text);
  const named = new Set(own);
  const others = context === '' ? [] : questionTerms(context).filter((term) => !named.has(term));
  return [
    ...own.map((term) => ({ term, weight: 1 })),
    ...others.map((term) => ({ term, weight: CONTEXT_WEIGHT })),
  ].slice(0, QUESTION_TERMS_MAX);
}
