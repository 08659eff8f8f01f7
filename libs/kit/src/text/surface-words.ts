import { unify } from './unify-text.js';
import { termOfWord } from './term-of-word.js';

export interface SurfaceWord {
  /** As typed, in compatibility form. */
  readonly word: string;
  readonly term: string;
}

const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}';
const SPACED = `(?![${UNSPACED}])`;
const WORDS = new RegExp(
  `(?<!${SPACED}[\\p{L}\\p{M}\\p{N}_])(?:${SPACED}[\\p{L}\\p{M}'])+(?!${SPACED}[\\p{L}\\p{M}\\p{N}_])`,
  'gu',
);

/**
 * The words of a text that a suggestion may name, each with its index term, in order: words of letters alone, in
 * scripts that are written with blanks, without stop words and contractions.
 */
export function surfaceWords(text: string): SurfaceWord[] {
  const found: SurfaceWord[] = [];
  for (const [match] of unify(text).matchAll(WORDS)) {
    const word = match.replace(/^'+|'s?$|'+$/g, '');
    if (word === '' || word.includes("'")) continue;
    const term = termOfWord(word.toLowerCase());
    if (term) found.push({ word, term });
  }
  return found;
}
