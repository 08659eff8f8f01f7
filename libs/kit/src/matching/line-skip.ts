/**
 * The end of a line between two units of an entry, read unit by unit: behind a hyphen, behind `<br>`, and with what begins
 * the next line of a block quote (`> `) or of a comment in programs (`// `). States of a skip, see markup-skip.
 */

/** Behind the end of a line: signs that the next one begins with, and blanks before each. */
export const LINE = 31;
/** Behind one of these signs, and blanks behind it: the text may go on. */
export const QUOTED = 32;
const QUOTED_BLANKS = 33;
/** One slash; and a comment, of two or more. */
const SLASHED = 34;
const COMMENTED = 35;
/** A backslash that may be that of `\n` in a string of JSON; an end of two units, and of two escapes, of which one has come. */
export const LINE_ESCAPE = 36;
export const LINE_RETURN = 37;
const LINE_RETURN_ESCAPED = 38;
const LINE_RETURN_ESCAPE = 39;
/** A hyphen at the end of a line, with blanks and marks of emphasis behind it; and that this end may be written `\n`. */
export const HYPHEN_END = 40;
const HYPHEN_ESCAPE = 41;
/** That end has come; or one unit or one escape of two, of which the other may come. */
const LINED = 42;
const RETURNED = 43;
const RETURNED_ESCAPED = 44;
const RETURN_ESCAPE = 45;
/** `<br>`, behind which its line may end in the text too; and blanks, and a backslash before that. */
export const BROKEN = 46;
const BROKEN_BLANKS = 47;
const BROKEN_ESCAPE = 48;

/** The fewest characters that end each of these, from LINE on. */
export const LINE_LEAST = [1, 0, 0, 1, 0, 2, 1, 1, 2, 1, 1, 0, 0, 0, 1, 0, 1, 1];

const [TAB, FEED, RETURN, BLANK] = [0x09, 0x0a, 0x0d, 0x20];
const [SLASH, GREATER, BACKSLASH, SMALL_N, SMALL_R] = [0x2f, 0x3e, 0x5c, 0x6e, 0x72];
/** Ends of lines that are one unit: vertical tab, form feed, next line, the separators of lines and paragraphs. */
const SINGLE_ENDS = '\n\v\f\u0085\u2028\u2029';
const MARKS = '*_~`';
const ENDED = new Set([QUOTED, QUOTED_BLANKS, COMMENTED, LINED, RETURNED, RETURNED_ESCAPED, BROKEN]);

const isIndent = (unit: number): boolean => unit === BLANK || unit === TAB;
export const isMark = (unit: number): boolean => MARKS.includes(String.fromCharCode(unit));
export const isLineEnd = (unit: number): boolean =>
  unit === RETURN || SINGLE_ENDS.includes(String.fromCharCode(unit));

/** Whether the text may go on behind a skip in this state. */
export const endsLine = (state: number): boolean => ENDED.has(state);

/** Blanks behind a sign that the line begins with. */
export const isIndented = (state: number): boolean => state === QUOTED_BLANKS;

/** The state after one more unit; 0 = it is none of this. */
export function lineState(state: number, unit: number): number {
  switch (state) {
    case QUOTED:
    case QUOTED_BLANKS:
      return isIndent(unit) ? QUOTED_BLANKS : unit === GREATER ? QUOTED : 0;
    case SLASHED:
      return unit === SLASH ? COMMENTED : 0;
    case COMMENTED:
      if (unit === SLASH) return COMMENTED;
      return isIndent(unit) ? QUOTED_BLANKS : unit === GREATER ? QUOTED : 0;
    case LINE_ESCAPE:
      return unit === SMALL_N ? LINE : unit === SMALL_R ? LINE_RETURN_ESCAPED : 0;
    case LINE_RETURN:
      return unit === FEED ? LINE : begun(unit);
    case LINE_RETURN_ESCAPED:
      return unit === BACKSLASH ? LINE_RETURN_ESCAPE : begun(unit);
    case LINE_RETURN_ESCAPE:
      return unit === SMALL_N ? LINE : 0;
    case LINE:
    case LINED:
      return begun(unit);
    default:
      return endState(state, unit);
  }
}

function endState(state: number, unit: number): number {
  switch (state) {
    case HYPHEN_END:
      if (isIndent(unit) || isMark(unit)) return HYPHEN_END;
      return unit === BACKSLASH ? HYPHEN_ESCAPE : ended(unit);
    case HYPHEN_ESCAPE:
      return ended(unit) || escaped(unit);
    case RETURNED:
      return unit === FEED ? LINED : begun(unit);
    case RETURNED_ESCAPED:
      return unit === BACKSLASH ? RETURN_ESCAPE : begun(unit);
    case RETURN_ESCAPE:
      return unit === SMALL_N ? LINED : 0;
    case BROKEN_ESCAPE:
      return escaped(unit);
    default:
      if (isIndent(unit)) return BROKEN_BLANKS;
      return unit === BACKSLASH ? BROKEN_ESCAPE : ended(unit);
  }
}

function ended(unit: number): number {
  if (unit === RETURN) return RETURNED;
  return isLineEnd(unit) ? LINED : 0;
}

function escaped(unit: number): number {
  return unit === SMALL_N ? LINED : unit === SMALL_R ? RETURNED_ESCAPED : 0;
}

function begun(unit: number): number {
  if (unit === GREATER) return QUOTED;
  return unit === SLASH ? SLASHED : isIndent(unit) ? LINE : 0;
}
