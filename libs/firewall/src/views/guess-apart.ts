import { isKnown } from './lexicon.js';
import type { MappedText } from './mapped-text.js';
import { type Piece, splice } from './splice.js';

/** Words in a row, each parted from the next by more than sentences have between words. */
const ROW_MIN = 4;
/** A tag and a comment part words; what is in them is none. */
const WORD = /<!--[^>]{0,64}-->|<\/?[a-z][^<>]{0,64}>|[a-z][a-z'\u2019]*/gi;
const TAG = 0x3c;
const WORD_MAX = 20;
/** Tags and all. */
const APART_MAX = 160;
/** What sentences have between two words: a blank, with one sign before or behind it. */
const USUAL = /^[^\p{L}\n]?[ \t]$|^[ \t]["'([{“‘«&=/-]$|^[!-/:-@[-`{-~\u2010-\u203a]?$/u;
/** Words of other scripts, and numbers but those of a list. */
const HOLDS = /\p{L}|(?<!\n[ \t]{0,4}\d{0,2})\d|\d(?![\d.)])/u;
/** Where a row begins and ends, these stay. */
const SENTENCE_END = /[.!?:;\n]/;
/** Before a row: whether it is the first of the text. */
const BEFORE = 8;

/**
 * Words with brackets, marks, tags, bullets, emoji or wide blanks between them, or a word a line: as the sentence that
 * they are. Rows are looked for where known words seem to stand in one.
 */
export function guessApart(source: MappedText, rowsAt: readonly number[]): MappedText | undefined {
  const { text } = source;
  const found: Piece[] = [];
  let done = 0;
  for (const at of rowsAt) {
    if (at < done) continue;
    const { pieces, end } = readRow(text, at);
    done = end;
    for (const piece of pieces) found.push(piece);
  }
  return splice(source, found);
}

function readRow(text: string, at: number): { pieces: Piece[]; end: number } {
  const pieces: Piece[] = [];
  let [known, words, end, tagged, isCut] = [0, 0, at, false, false];
  // The first word may be the name of a tag.
  WORD.lastIndex = text.charAt(at - 1) === '<' ? at - 1 : at;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
    const { index, 0: word } = match;
    if (word.charCodeAt(0) === TAG) {
      tagged = true;
      continue;
    }
    if (words++ > 0) {
      isCut = word.length > WORD_MAX || !isApart(text, end, index, tagged);
      if (isCut) break;
      pieces.push({ start: end, end: index, text: ' ' });
    }
    if (isKnown(word.toLowerCase())) known++;
    [end, tagged] = [index + word.length, false];
  }
  // Names in code and in tables are hardly ever words.
  if (pieces.length < ROW_MIN - 1 || known * 4 < 3 * pieces.length) return { pieces: [], end };
  const keepEnd = (place: number): void => {
    const piece = pieces[place];
    if (piece && SENTENCE_END.test(text.slice(piece.start, piece.end)))
      pieces[place] = { ...piece, text: '\n' };
  };
  // The first word, and the last one, may belong to other sentences.
  if (/\S/.test(text.slice(Math.max(0, at - BEFORE), at))) keepEnd(0);
  if (isCut) keepEnd(pieces.length - 1);
  return { pieces, end };
}

function isApart(text: string, start: number, end: number, tagged: boolean): boolean {
  if (end - start > APART_MAX) return false;
  const between = text.slice(start, end);
  return tagged || !(USUAL.test(between) || HOLDS.test(between));
}
