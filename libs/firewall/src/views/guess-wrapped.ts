import type { MappedText } from './mapped-text.js';
import { type Piece, splice } from './splice.js';

/** Words in a row that each have a sign of their own, or a line. */
const ROW_MIN = 4;
const OPENS = [...'#@[({<|*"~_'];
const WRAPPED = /(?:[#@[({<|*"~_]{1,3}[a-z]{1,20}[\])}>|*"~_,.!?]{0,4}(?:\s{1,2}|$)){4,400}/iy;
const SIGNS = /[#@[\](){}<>|*"~_]+/g;
const LINE_MAX = 24;
const WORD_ALONE = /^[ \t]{0,4}[a-z'\u2019]{1,20}[,.!?]?\s{0,4}$/i;

/** Words one by one in brackets, with hashes, or a word a line: as the sentence that they are. */
export function guessWrapped(source: MappedText, ascii: Uint32Array, lines: number): MappedText | undefined {
  const { text } = source;
  const pieces = lines >= ROW_MIN - 1 ? lineEnds(text) : [];
  for (const sign of OPENS)
    if ((ascii[sign.charCodeAt(0)] ?? 0) >= ROW_MIN) pieces.push(...wrapped(text, sign));
  if (pieces.length === 0) return undefined;
  return splice(
    source,
    pieces.sort((a, b) => a.start - b.start),
  );
}

function wrapped(text: string, sign: string): Piece[] {
  const found: Piece[] = [];
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
    if (at > 0 && text.charCodeAt(at - 1) > 0x20) continue;
    // Marks of lists and of headings have a blank behind them.
    if (text.charCodeAt(at + 1) <= 0x20) continue;
    WRAPPED.lastIndex = at;
    const row = WRAPPED.exec(text)?.[0];
    if (row === undefined) continue;
    for (const { index, 0: signs } of row.matchAll(SIGNS))
      found.push({ start: at + index, end: at + index + signs.length, text: '' });
    at += row.length - 1;
  }
  return found;
}

/** Ends of lines between four and more that hold a word each. */
function lineEnds(text: string): Piece[] {
  const found: Piece[] = [];
  let row: Piece[] = [];
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const isAlone = end - start <= LINE_MAX && WORD_ALONE.test(text.slice(start, end));
    if (isAlone) row.push({ start: end, end: end + 1, text: ' ' });
    if (!isAlone || next < 0) {
      if (row.length >= ROW_MIN) found.push(...row.slice(0, -1));
      row = [];
    }
    start = end + 1;
  }
  return found;
}
