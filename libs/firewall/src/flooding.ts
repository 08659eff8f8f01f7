import { CERTAIN, FLAGGED } from './rules/rule.js';

/** Shorter texts cost no more than an ordinary question with a quotation, */
const SIZE_MIN = 4_000;
/** unless they are next to nothing but a character or a word, in no lines or columns as lists and forms have them, */
const WORD_SIZE_MIN = 1_000;
const DISTINCT_OF_WORD = 24;
const LINES = /[\n\t|,;，、；]/g;
/** A separator of a list stands at least so often: once in so many units. */
const CELL_MAX = 40;
/** or of signs that a tokenizer takes apart: one of them is a phrase of up to 18 letters in compatibility forms. */
const PHRASES = /[\u3300-\u33ff\ufdf0-\ufdff]/g;
const PHRASES_MIN = 200;
/** Windows of this many units are compared. */
const GRAM = 8;
/** Different windows among those looked at: a repeated line has as many as it is long; tables and logs have hundreds. */
const DISTINCT_FLAGGED = 64;
const DISTINCT_CERTAIN = 32;
/** Windows looked at, spread over the text. */
const SAMPLES = 512;
/** Marks set upon one character: no script needs more than a few. */
const MARKS_MIN = 12;
const MARKS = /\p{M}{12}/u;
const TABLE = 4_096;
const seen = new Uint8Array(TABLE);

export interface Flood {
  readonly rule: string;
  readonly points: number;
}

/**
 * Repetition that costs tokens and says nothing: few different windows among SAMPLES of them, spread over the text.
 */
export function findFlooding(text: string): Flood | null {
  if (mayHoldMarks(text) && MARKS.test(text)) return { rule: 'flooding.stacked-marks', points: FLAGGED };
  if (text.length < PHRASES_MIN) return null;
  if (isOfPhrases(text)) return { rule: 'flooding.phrases', points: CERTAIN };
  if (text.length < WORD_SIZE_MIN) return null;
  if (text.length >= SIZE_MIN) return asRepetition(differentWindows(text));
  const isWord = differentWindows(text) <= DISTINCT_OF_WORD && !isList(text);
  return isWord ? asRepetition(0) : null;
}

function asRepetition(distinct: number): Flood | null {
  if (distinct > DISTINCT_FLAGGED) return null;
  return { rule: 'flooding.repetition', points: distinct <= DISTINCT_CERTAIN ? CERTAIN : FLAGGED };
}

/** Cells of a form or a column often say all the same. */
function isList(text: string): boolean {
  return (text.match(LINES)?.length ?? 0) > text.length / CELL_MAX;
}

/** Most texts hold no such sign among those looked at. */
function isOfPhrases(text: string): boolean {
  for (let i = 0; i < text.length; i += PHRASES_MIN / 4) {
    const unit = text.charCodeAt(i);
    if ((unit >= 0x3300 && unit <= 0x33ff) || (unit >= 0xfdf0 && unit <= 0xfdff))
      return (text.match(PHRASES)?.length ?? 0) >= PHRASES_MIN;
  }
  return false;
}

/** How many of SAMPLES windows, spread over the text, are different. */
function differentWindows(text: string): number {
  seen.fill(0);
  let distinct = 0;
  // A step without a common factor with usual periods, so that a period is seen at all its phases.
  const places = text.length - GRAM + 1;
  let place = 0;
  for (let i = 0; i < SAMPLES; i++) {
    place = (place + 7_919) % places;
    let hash = 0;
    for (let k = 0; k < GRAM; k++) hash = (Math.imul(hash, 31) + text.charCodeAt(place + k)) | 0;
    const slot = (hash ^ (hash >>> 15)) & (TABLE - 1);
    if (seen[slot] === 1) continue;
    seen[slot] = 1;
    distinct++;
  }
  return distinct;
}

/** A row of marks is at least as many units long: one of them stands at one of these places. */
function mayHoldMarks(text: string): boolean {
  for (let i = MARKS_MIN - 1; i < text.length; i += MARKS_MIN) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x300 && mayBeMark(unit)) return true;
  }
  return false;
}

/** Halves of pairs, and the blocks that hold marks; not Han, Hangul and their punctuation. */
function mayBeMark(unit: number): boolean {
  if (unit < 0x302a)
    return unit < 0x2000 || (unit >= 0x20d0 && unit < 0x2100) || (unit >= 0x2c00 && unit < 0x2e00);
  if (unit < 0xa600) return unit < 0x3030 || unit === 0x3099 || unit === 0x309a;
  return unit < 0xac00 || (unit >= 0xd7fc && unit < 0xe000) || (unit >= 0xfb00 && unit < 0xfe30);
}
