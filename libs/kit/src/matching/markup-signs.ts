/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import { isLineEnd, isMark } from './line-skip.js';

/** Behind these a word may go on in the next line: of keyboards and typesetters, of full width, and one that is seen there alone. */
export const HYPHENS = '-\u00ad\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d';
/** Signs with which markup between two letters begins, see markup-skip. */
export const MARKUP_SIGNS = `<[]!\n\r\\${HYPHENS}`;
const [TAB, FEED, RETURN, BLANK, BANG, HYPHEN] = [0x09, 0x0a, 0x0d, 0x20, 0x21, 0x2d];
const [SLASH, LESS, GREATER, QUESTION, LEFT, BACKSLASH, LOW_LINE] = [
  0x2f, 0x3c, 0x3e, 0x3f, 0x5b, 0x5c, 0x5f,
];

/** Whether markup begins with this sign, of those that have the trait. */
export const isMarkup = (unit: number): boolean => MARKUP_SIGNS.includes(String.fromCharCode(unit));

/** Whether the markup that may begin with this sign is the end of a line, with what a block quote has behind it. */
export const isLineSign = (unit: number): boolean => unit === FEED || unit === RETURN || unit === BACKSLASH;

/** Whether it is a hyphen, behind which a word may go on in the next line. */
export const isHyphen = (unit: number): boolean => HYPHENS.includes(String.fromCharCode(unit));

/** Whether this folded unit may stand for the blank between two words of an entry: `dark-matter`, `dark_matter`. */
export const isJoint = (unit: number): boolean => unit === HYPHEN || unit === LOW_LINE;

/** Whether markup may begin at `i`, where a sign with that trait is; `end`: units are known so far. */
export function mayBegin(units: Uint16Array, i: number, end: number): boolean {
  const unit = units[i]!;
  let next = i + 1;
  if (unit === RETURN && next < end && units[next] === FEED) next++;
  if (isLineSign(unit) || isHyphen(unit)) while (next < end && isIndent(units[next]!)) next++;
  return next >= end || maySucceed(unit, units[next]!);
}

const isIndent = (unit: number): boolean => unit === BLANK || unit === TAB;
const isLetter = (unit: number): boolean => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);

function maySucceed(unit: number, next: number): boolean {
  if (unit === LESS)
    return isLetter(next) || next === SLASH || next === BANG || next === QUESTION || next === BACKSLASH;
  if (isHyphen(unit)) return isLineEnd(next) || isMark(next) || next === BACKSLASH || next === LESS;
  return isLineSign(unit) ? next === GREATER || next === SLASH : unit !== BANG || next === LEFT;
}
