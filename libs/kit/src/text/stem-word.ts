import { newStemmer } from 'snowball-stemmers';

const stemmer = newStemmer('english');

/** Porter2 stem of a lower-case English word (Snowball's `english`). */
export function stemWord(word: string): string {
  return stemmer.stem(word);
}
