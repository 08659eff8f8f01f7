import { ENGLISH_STOP_WORDS } from './stop-words.js';
import { stemWord } from './stem-word.js';

/** Longer words (encoded data, keys) are cut, in documents and questions alike, so that they still meet. */
export const TERM_LENGTH_MAX = 64;

// Letters of the scripts that are written without blanks: Han, Kana (with the length mark ー), Hangul; and 〇.
const CJK = '(?=[\\p{L}\\u3007])[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}]';
const WORD = '[\\p{L}\\p{N}\\p{M}]';
// Either a run of CJK, or words with what joins identifiers, codes, file names and contractions.
const TOKENS = new RegExp(`((?:${CJK})+)|((?:(?!${CJK})${WORD})+(?:[-_.'](?:(?!${CJK})${WORD})+)*)`, 'gu');

const THOUSANDS = /(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g;
const HAS_DIGIT = /\p{N}/u;
const ENGLISH = /^[a-z]+(?:'[a-z]+)?$/;

/**
 * The index terms of a text, in order, repeated as often as they occur; the same function serves documents and
 * questions. NFKC and lower case; English words by Porter2 without stop words; Chinese, Japanese and Korean as
 * overlapping pairs of characters (a lone character as itself); codes, numbers, file names and identifiers
 * (`E-417`, `v2.3.1`, `max_connections`) both whole and in parts.
 */
export function analyze(text: string): string[] {
  const terms: string[] = [];
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
    .replace(THOUSANDS, (number) => number.replaceAll(',', ''));
  for (const match of folded.matchAll(TOKENS)) {
    if (match[1] !== undefined) addPairs(match[1], terms);
    else addWord(match[2] ?? '', terms);
  }
  return terms;
}

function addPairs(run: string, terms: string[]): void {
  const characters = [...run];
  if (characters.length === 1) terms.push(run);
  for (let i = 1; i < characters.length; i++) terms.push(`${characters[i - 1]}${characters[i]}`);
}

function addWord(token: string, terms: string[]): void {
  const parts = token.split(/[-_.]/);
  if (parts.length > 1 && isIdentifier(token)) terms.push(cut(token));
  for (const part of parts) {
    if (ENGLISH_STOP_WORDS.has(part)) continue;
    if (ENGLISH.test(part)) {
      const bare = part.replace(/'s$/, '');
      if (!ENGLISH_STOP_WORDS.has(bare)) terms.push(cut(stemWord(bare)));
    } else for (const piece of part.split("'")) if (piece) terms.push(cut(piece));
  }
}

/** `E-417`, `10.5`, `max_connections`, `config.toml`; not `well-known`, whose parts say it all. */
function isIdentifier(token: string): boolean {
  return HAS_DIGIT.test(token) || token.includes('_') || token.includes('.');
}

function cut(term: string): string {
  if (term.length <= TERM_LENGTH_MAX) return term;
  // Never half of a surrogate pair: Postgres would refuse the string.
  return term.slice(0, TERM_LENGTH_MAX).replace(/[\uD800-\uDBFF]$/, '');
}
