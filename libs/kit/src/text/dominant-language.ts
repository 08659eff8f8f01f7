const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const LATIN_WORD = /[\p{Script=Latin}]+/gu;

/** Enough to tell, and bounded: the beginning of a text decides. */
const SAMPLE_CHARACTERS = 4_000;

/**
 * `zh` when the text has at least as many East Asian characters as words in Latin letters: Chinese technical prose is
 * full of English names and remains Chinese. Japanese and Korean count as `zh`, whose rules of length and of
 * sentences fit them.
 */
export function dominantLanguage(text: string): 'en' | 'zh' {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const asian = sample.match(EAST_ASIAN)?.length ?? 0;
  const latin = sample.match(LATIN_WORD)?.length ?? 0;
  return asian > 0 && asian >= latin ? 'zh' : 'en';
}
