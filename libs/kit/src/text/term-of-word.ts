import { foldWord } from './fold-word.js';
import { stemWord } from './stem-word.js';
import { ENGLISH_STOP_WORDS } from './stop-words.js';

/** Longer words (encoded data, keys) are cut, in documents and questions alike, so that they still meet. */
export const TERM_LENGTH_MAX = 64;
/** Words recur: the cache saves nine analyses of ten. At the bound it is emptied, which costs little. */
const CACHE_WORDS_MAX = 50_000;

const ENGLISH = /^[a-z]+$/;
const cache = new Map<string, string>();

/** The index term of a lower-case word without joiners or apostrophes; '' for a stop word. */
export function termOfWord(word: string): string {
  const bounded = cutTerm(word);
  const known = cache.get(bounded);
  if (known !== undefined) return known;
  const folded = foldWord(bounded);
  const term = ENGLISH_STOP_WORDS.has(folded)
    ? ''
    : cutTerm(ENGLISH.test(folded) ? stemWord(folded) : folded);
  if (cache.size >= CACHE_WORDS_MAX) cache.clear();
  cache.set(bounded, term);
  return term;
}

/** At most TERM_LENGTH_MAX units. */
export function cutTerm(term: string): string {
  if (term.length <= TERM_LENGTH_MAX) return term;
  // Never half of a surrogate pair: Postgres would refuse the string.
  return term.slice(0, TERM_LENGTH_MAX).replace(/[\uD800-\uDBFF]$/, '');
}
