/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */

/** Signs with which markup between two letters begins, see markup-skip. */
export const MARKUP_SIGNS = '<[]!\n\r\\-\u2010';
/** Signs that stand for the blank between two words of an entry: `dark-matter`, `dark_matter`. */
const JOINTS = '-_';
const BEGINNINGS = unitsIn(MARKUP_SIGNS);
const LINE_SIGNS = unitsIn('\n\r\\');
const HYPHENS = unitsIn('-\u2010');
const BEHIND_HYPHEN = unitsIn('\n\r\\');
const BEHIND_LESS = /^[a-z/!?\\]$/i;
const [LESS, GREATER, BANG, LEFT] = [0x3c, 0x3e, 0x21, 0x5b];

function unitsIn(signs: string): ReadonlySet<number> {
  return new Set(Array.from(signs, (one) => one.charCodeAt(0)));
}

export const isMarkup = (unit: number): boolean => BEGINNINGS.has(unit);

/** Whether the markup that may begin with this sign is the end of a line, with what a block quote has behind it. */
export const isLineSign = (unit: number): boolean => LINE_SIGNS.has(unit);

/** Whether it is a hyphen, behind which a word may go on in the next line. */
export const isHyphen = (unit: number): boolean => HYPHENS.has(unit);

/** Of folded units. */
export const isJoint = (unit: number): boolean => JOINTS.includes(String.fromCharCode(unit));

/** Whether markup may begin at `i`; `end`: units are known so far. */
export function mayBegin(units: Uint16Array, i: number, end: number): boolean {
  const unit = units[i]!;
  if (!isMarkup(unit)) return false;
  let next = i + 1;
  if (isLineSign(unit) || isHyphen(unit)) while (next < end && isIndent(units[next]!)) next++;
  return next >= end || maySucceed(unit, units[next]!);
}

const isIndent = (unit: number): boolean => unit === 0x20 || unit === 0x09;

function maySucceed(unit: number, next: number): boolean {
  if (unit === LESS) return BEHIND_LESS.test(String.fromCharCode(next));
  if (isHyphen(unit)) return BEHIND_HYPHEN.has(next);
  return isLineSign(unit) ? next === GREATER : unit !== BANG || next === LEFT;
}
