import { newStemmer } from 'snowball-stemmers';
import { IRREGULAR_FORMS } from './irregular-forms.js';

const stemmer = newStemmer('english');

/** Porter2 stem (Snowball's `english`) of a lower-case English word, of an irregular form that of its base. */
export function stemWord(word: string): string {
  return stemmer.stem(IRREGULAR_FORMS.get(word) ?? word);
}
