import { createRequire } from 'node:module';
import type * as Stemmers from 'snowball-stemmers';
import { IRREGULAR_FORMS } from './irregular-forms.js';

// Node keeps the source of what is imported so a second time: 0.9 MB in each thread.
const { newStemmer } = createRequire(import.meta.url)('snowball-stemmers') as typeof Stemmers;
const stemmer = newStemmer('english');

/** Porter2 stem (Snowball's `english`) of a lower-case English word, of an irregular form that of its base. */
export function stemWord(word: string): string {
  return stemmer.stem(IRREGULAR_FORMS.get(word) ?? word);
}
