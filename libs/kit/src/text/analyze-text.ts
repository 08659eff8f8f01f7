import { classOf, EAST_ASIAN, OTHER, WORD } from './classify-unit.js';
import { toSimplified } from './fold-script.js';
import { addEastAsianTerms } from './segment-chinese.js';
import { addTokenTerms, addWord } from './split-token.js';
import { addUnspacedTerms } from './split-unspaced.js';
import { unify } from './unify-text.js';

/** Raise it when the terms of any text change: an index that was made by another version is made again. */
export const ANALYZER_VERSION = 3;

/** What holds a token together, between two characters of a word. */
const JOINER = /(?:[-_.'/:@\\+&=?#~]|:\/\/|::)(?=[\p{L}\p{N}\p{M}])/uy;
/** `C++`, `C#`, `50%`: what belongs to the word before. */
const SUFFIX = /\+\+|#|%/y;
const BOUNDARY = /^[\s([{<"'“‘「`,;:=|~]?$/u;

/**
 * The index terms of a text, in order, repeated as often as they occur; the same function serves documents and
 * questions. NFKC, lower case, without accents; Latin words by English Porter2 without stop words; Chinese (traditional
 * as simplified) by dictionary, what the dictionary does not know, kana and hangul as overlapping pairs of characters;
 * Thai and its kin as pairs of syllable signs; codes, numbers, file names, paths, addresses and identifiers
 * (`E-417`, `v2.3.1`, `max_connections`, `/etc/hosts`, `C++`) both whole and in parts.
 */
export function analyze(text: string): string[] {
  const cased = unify(text);
  const lower = cased.toLowerCase();
  const terms: string[] = [];
  for (let at = 0; at < lower.length;) {
    const kind = classOf(lower, at);
    if (kind === OTHER) at += widthAt(lower, at);
    else if (kind === WORD) at = addToken(cased, lower, at, terms);
    else {
      const end = endOfRun(lower, at, kind);
      const run = lower.slice(at, end);
      if (kind === EAST_ASIAN) addEastAsianTerms(toSimplified(run), terms);
      else addUnspacedTerms(run, terms);
      at = end;
    }
  }
  return terms;
}

const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

function endOfRun(text: string, from: number, kind: number): number {
  let at = from;
  while (at < text.length && classOf(text, at) === kind) at += widthAt(text, at);
  return at;
}

/** Adds the terms of the token that begins at `start`; returns where it ends. */
function addToken(cased: string, lower: string, start: number, terms: string[]): number {
  let end = endOfRun(lower, start, WORD);
  const simple = end;
  for (;;) {
    JOINER.lastIndex = end;
    const joiner = JOINER.exec(lower)?.[0];
    if (joiner === undefined || classOf(lower, end + joiner.length) !== WORD) break;
    end = endOfRun(lower, end + joiner.length, WORD);
  }
  const token = lower.slice(start, end);
  const original = cased.slice(start, end);
  const lead = leadOf(lower, start);
  if (lead === '.') terms.push(`.${token.slice(0, TOKEN_WITH_SIGN_MAX)}`);
  if (end === simple) addWord(original, token, terms);
  else addTokenTerms(original, token, lead === '/', terms);
  return addSuffix(lower, start, simple, end, terms);
}

/** A longer one is no name of a language, a file or a share. */
const TOKEN_WITH_SIGN_MAX = 32;

/** `.NET`, `.gitignore`, `/etc/hosts`: a sign that begins a token behind a blank or bracket. */
function leadOf(text: string, start: number): string {
  const sign = text.charAt(start - 1);
  return (sign === '.' || sign === '/') && BOUNDARY.test(text.charAt(start - 2)) ? sign : '';
}

function addSuffix(text: string, start: number, simple: number, end: number, terms: string[]): number {
  SUFFIX.lastIndex = end;
  const suffix = SUFFIX.exec(text)?.[0];
  const word = text.slice(start, end);
  if (suffix === undefined || word.length > TOKEN_WITH_SIGN_MAX) return end;
  const fits =
    suffix === '%' ? /^[\d.]+$/.test(word) : end === simple && (suffix === '++' || /^[a-z]{1,2}$/.test(word));
  if (!fits) return end;
  terms.push(word + suffix);
  return end + suffix.length;
}
