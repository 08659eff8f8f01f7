/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */

/** Signs with which markup between two letters begins, see markup-skip. */
export const MARKUP_SIGNS = '<[]!\n\r\\-\u2010';
const [TAB, FEED, RETURN, BLANK, BANG, HYPHEN] = [0x09, 0x0a, 0x0d, 0x20, 0x21, 0x2d];
const [SLASH, LESS, GREATER, QUESTION, LEFT, BACKSLASH, LOW_LINE] = [
  0x2f, 0x3c, 0x3e, 0x3f, 0x5b, 0x5c, 0x5f,
];
const TYPESET_HYPHEN = 0x2010;

/** Whether markup begins with this sign, of those that have the trait. */
export const isMarkup = (unit: number): boolean => MARKUP_SIGNS.includes(String.fromCharCode(unit));

/** Whether the markup that may begin with this sign is the end of a line, with what a block quote has behind it. */
export const isLineSign = (unit: number): boolean => unit === FEED || unit === RETURN || unit === BACKSLASH;

/** Whether it is a hyphen, behind which a word may go on in the next line. */
export const isHyphen = (unit: number): boolean => unit === HYPHEN || unit === TYPESET_HYPHEN;

/** Whether this folded unit may stand for the blank between two words of an entry: `dark-matter`, `dark_matter`. */
export const isJoint = (unit: number): boolean => unit === HYPHEN || unit === LOW_LINE;

/** Whether markup may begin at `i`, where a sign with that trait is; `end`: units are known so far. */
export function mayBegin(units: Uint16Array, i: number, end: number): boolean {
  const unit = units[i]!;
  let next = i + 1;
  if (isLineSign(unit) || isHyphen(unit)) while (next < end && isIndent(units[next]!)) next++;
  return next >= end || maySucceed(unit, units[next]!);
}

const isIndent = (unit: number): boolean => unit === BLANK || unit === TAB;
const isLetter = (unit: number): boolean => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);

function maySucceed(unit: number, next: number): boolean {
  if (unit === LESS)
    return isLetter(next) || next === SLASH || next === BANG || next === QUESTION || next === BACKSLASH;
  if (isHyphen(unit)) return isLineSign(next);
  return isLineSign(unit) ? next === GREATER : unit !== BANG || next === LEFT;
}
