import { classOf, EAST_ASIAN, OTHER, UNSPACED } from './classify-unit.js';
import { foldWord } from './fold-word.js';
import { toSimplified } from './fold-script.js';
import { unify } from './unify-text.js';

/** More than anybody types; further ones are words like others. */
export const PHRASES_MAX = 8;
export const PHRASE_CHARACTERS_MAX = 200;

// A straight quote opens where no Latin word ends before it, as in `a 5" pipe`. Apostrophes and single quotes are none.
const QUOTED =
  /(?<![a-z0-9])["＂]([^"＂]+)["＂]|[“„]([^“”„]+)[”“]|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』/giu;
/** Belongs to a word when it stands behind one: `C++`, `C#`, `50%`. */
const SIGN = /[+#%]/;

/**
 * The phrases in quotes (`"…"`, `“…”`, `„…“`, `«…»`, `「…」`, `『…』`) of a question, at most PHRASES_MAX, without those
 * longer than PHRASE_CHARACTERS_MAX: lower case, folded as for the index, marks and blanks as one blank. They may be
 * analysed like any text; whether a passage holds one, `containsPhrase` says.
 */
export function phrasesOf(question: string): string[] {
  const phrases = new Set<string>();
  for (const match of question.matchAll(QUOTED)) {
    const quoted = match.slice(1).find(Boolean) ?? '';
    const phrase = quoted.length > PHRASE_CHARACTERS_MAX ? '' : wordsOf(quoted).join(' ');
    if (phrase) phrases.add(phrase.replace(BETWEEN_EAST_ASIAN, ''));
    if (phrases.size === PHRASES_MAX) break;
  }
  return [...phrases];
}

const LETTER =
  '[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}]';
const BETWEEN_EAST_ASIAN = new RegExp(`(?<=${LETTER}) (?=${LETTER})`, 'gu');

/**
 * Whether the text holds the phrase, word for word: without regard to case, accents, width, traditional or simplified
 * characters, marks and line breaks. Words match whole in scripts with blanks; an empty phrase is nowhere.
 */
export function containsPhrase(text: string, phrase: string): boolean {
  const wanted = wordsOf(phrase).join(' ');
  return wanted !== '' && ` ${wordsOf(text).join(' ')} `.includes(` ${wanted} `);
}

/** Words of scripts with blanks; every character of those without is a word. */
function wordsOf(text: string): string[] {
  const folded = toSimplified(unify(text).toLowerCase());
  const words: string[] = [];
  let begin = -1;
  for (let at = 0, width = 1; at <= folded.length; at += width) {
    const kind = at < folded.length ? classOf(folded, at) : OTHER;
    width = (folded.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    const separate = kind === EAST_ASIAN || kind === UNSPACED;
    if (!separate && (kind !== OTHER || (begin >= 0 && SIGN.test(folded.charAt(at))))) {
      if (begin < 0) begin = at;
      continue;
    }
    if (begin >= 0) words.push(foldWord(folded.slice(begin, at)));
    begin = -1;
    if (separate) words.push(folded.slice(at, at + width));
  }
  return words;
}
