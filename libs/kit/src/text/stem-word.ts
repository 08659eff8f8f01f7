import { newStemmer } from 'snowball-stemmers';

/** Words recur: the cache saves nine stemmings of ten. At the bound it is emptied, which costs little. */
const CACHE_WORDS_MAX = 50_000;

const stemmer = newStemmer('english');
const cache = new Map<string, string>();

/** Porter2 stem of a lower-case English word (Snowball's `english`). */
export function stemWord(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const stem = stemmer.stem(word);
  if (cache.size >= CACHE_WORDS_MAX) cache.clear();
  cache.set(word, stem);
  return stem;
}
