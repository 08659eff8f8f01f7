import { analyze } from '@lorekeep/kit/text';

/** A page of text. What follows in a longer question is not searched for. */
export const QUESTION_CHARACTERS_MAX = 8_000;
/** Every term costs the reading of its postings; a long question has said what it is about by then. */
export const QUESTION_TERMS_MAX = 96;

/** Pairs of characters that ask and name nothing; English question words are stop words already. */
const ASKING = new Set(
  '什么 如何 怎么 怎样 怎麼 什麼 多少 哪些 哪个 哪里 哪儿 为什 为何 是否 请问 几个 么样 么办 吗'.split(' '),
);

/** The distinct terms to search for, in the question's order, at most QUESTION_TERMS_MAX. */
export function questionTerms(text: string): string[] {
  const all = [...new Set(analyze(text.slice(0, QUESTION_CHARACTERS_MAX)))];
  const naming = all.filter((term) => !ASKING.has(term));
  return (naming.length > 0 ? naming : all).slice(0, QUESTION_TERMS_MAX);
}
