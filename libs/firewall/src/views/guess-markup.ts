import { isKnown } from './lexicon.js';
import type { MappedText } from './mapped-text.js';
import { type Piece, splice } from './splice.js';
import { BRIEF, isHanPair } from './text-like.js';
import { CLASS, DIGIT, HAN, LATIN, LETTER_OTHER } from './unit-classes.js';

/**
 * What stands between two letters and is not seen, or not heeded, once the text is shown or run: tags and comments,
 * marks of emphasis, empty quotation marks, backslashes of a shell, its blank by another name.
 */
const SIGNS =
  /(?:<!--[^>]{0,128}-->|<\/?[a-zA-Z][^<>]{0,128}>|\/\*[^*]{0,64}\*\/|\*{1,3}|_{2,3}|~~|`|''|""|\\|\$@|\^){1,4}|\$\{?IFS\}?(?:\$\d)?/g;
const SIGNS_THERE = new RegExp(SIGNS.source, 'y');
const SLASH = 0x2f;
/** So many words put together are no accident, and those that are not known are meant as well. */
const MANY = 3;

/** Words that signs part, put together. */
export function guessMarkup(source: MappedText, ascii: Uint32Array): MappedText | undefined {
  const { text } = source;
  if (!mayPart(text, ascii)) return undefined;
  const words = partedWords(text);
  const meant = words.filter((word) => word.isMeant);
  return splice(
    source,
    (text.length <= BRIEF || meant.length >= MANY ? words : meant).flatMap(({ signs }) => signs),
  );
}

const BEGINS = [...'</*_~`\'"\\$^'];

/** Whether signs stand within a word anywhere: most stand around words. */
function mayPart(text: string, ascii: Uint32Array): boolean {
  return (
    text.includes('IFS') ||
    BEGINS.some((sign) => (ascii[sign.charCodeAt(0)] ?? 0) > 0 && mayPartBy(text, sign))
  );
}

function mayPartBy(text: string, sign: string): boolean {
  for (let at = text.indexOf(sign, 1); at > 0; at = text.indexOf(sign, at + 1)) {
    if (!isPart(text.charCodeAt(at - 1))) continue;
    SIGNS_THERE.lastIndex = at;
    if (SIGNS_THERE.test(text) && isPart(text.charCodeAt(SIGNS_THERE.lastIndex))) return true;
  }
  return false;
}

interface PartedWord {
  readonly signs: Piece[];
  readonly isMeant: boolean;
}

function partedWords(text: string): PartedWord[] {
  const words: PartedWord[] = [];
  let signs: Piece[] = [];
  const flush = (): void => {
    if (signs.length > 0) words.push({ signs, isMeant: isMeant(text, signs) });
    signs = [];
  };
  for (const { index: start, 0: sign } of text.matchAll(SIGNS)) {
    const end = start + sign.length;
    if (sign.includes('IFS')) {
      flush();
      words.push({ signs: [{ start, end, text: ' ' }], isMeant: true });
      continue;
    }
    if (!isPart(text.charCodeAt(start - 1))) continue;
    const isEnd = signs.length > 0 && wordEnd(text, signs.at(-1)?.end ?? start) === start;
    if (!isPart(text.charCodeAt(end)) && !isEnd) continue;
    if (!isEnd) flush();
    signs.push({ start, end, text: '' });
  }
  flush();
  return words;
}

/** The pieces are a word together, and were none each; or two characters that often stand together. */
function isMeant(text: string, signs: readonly Piece[]): boolean {
  const first = signs[0]?.start ?? 0;
  const pieces = [text.slice(wordStart(text, first), first)];
  signs.forEach(({ end }, i) => pieces.push(text.slice(end, signs[i + 1]?.start ?? wordEnd(text, end))));
  if (signs.some(({ start, end }) => isHanPair(text.charCodeAt(start - 1), text.charCodeAt(end))))
    return true;
  return (
    isKnown(pieces.join('').toLowerCase()) &&
    !pieces.every((piece) => piece.length > 2 && isKnown(piece.toLowerCase()))
  );
}

const WORD_MAX = 24;
function wordStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && at > from - WORD_MAX && CLASS[text.charCodeAt(at - 1)] === LATIN) at--;
  return at;
}
function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && at < from + WORD_MAX && CLASS[text.charCodeAt(at)] === LATIN) at++;
  return at;
}

/** Letters, digits and what parts the steps of a path. */
function isPart(unit: number): boolean {
  const kind = CLASS[unit];
  return kind === LATIN || kind === HAN || kind === LETTER_OTHER || kind === DIGIT || unit === SLASH;
}
