export const MAPPED = 1;
export const UNSEEN = 2;
/** A mark that a browser or a reader of JSON takes for none of the text. */
export const MARK = 3;
/** What an escape begins with. */
export const ESCAPE = 4;
/** What a tag begins with. */
export const TAG = 5;
/** What may pass for another unit, or may mark what stands beside it: digits in circles, points between digits. */
export const FORM = 6;
const FIRST = 0xa0;
const BLANKS = '\u00a0\u1680\u2800\u2002\u2003\u2004\u2005\u2007\u2008\u2009\u200a\u202f\u205f\u3000';
const HYPHENS = '\u2010\u2011\u2012\u2013\u2212\uff0d';
const WIDE = 0xfee0;
const WIDE_SIGNS = '＋．＠＿';
const WIDE_ALPHANUMERIC = /^[０-９Ａ-Ｚａ-ｚ]$/;
/** Default_Ignorable_Code_Point of Unicode, what some fonts show as nothing; lines through and frames around the unit before. */
const NOT_SEEN = /^(?:\p{Default_Ignorable_Code_Point}|[\u0332-\u0338]|[\u20dd-\u20e4])$/u;
/** Digits of scripts, and each of these its ten from nought on. */
const DIGIT = /^\p{Nd}$/u;
const LAST_DIGITS = 0x3000;
/** Circled ones from 1 to 9, each row; noughts stand elsewhere. */
const CIRCLED_ONES = [0x2460, 0x24f5, 0x2776, 0x2780, 0x278a];
const CIRCLED_NOUGHTS = '⓪⓿';
/** They part the groups of a number. */
const POINTS = '·•・‧∙⋅';
/** The first half of bold, monospaced and other letters and digits of formulas. */
export const FORMULA_HALF = 0xd835;

/** What each unit is to a detector: 0 for what is read as it stands. */
export const KINDS = new Uint8Array(0x10000);
/** What the mapped ones pass for. */
export const PLAIN_UNITS = new Map<number, number>();
for (const mark of '*~`_') KINDS[mark.charCodeAt(0)] = MARK;
for (const sign of '\\&%') KINDS[sign.charCodeAt(0)] = ESCAPE;
KINDS['<'.charCodeAt(0)] = TAG;
for (let unit = FIRST; unit < 0x10000; unit++) {
  const character = String.fromCharCode(unit);
  if (BLANKS.includes(character)) PLAIN_UNITS.set(unit, 0x20);
  else if (HYPHENS.includes(character)) PLAIN_UNITS.set(unit, 0x2d);
  else if (WIDE_ALPHANUMERIC.test(character) || WIDE_SIGNS.includes(character))
    PLAIN_UNITS.set(unit, unit - WIDE);
  else if (unit < LAST_DIGITS && DIGIT.test(character)) PLAIN_UNITS.set(unit, valueOf(unit) + 0x30);
  if (PLAIN_UNITS.has(unit)) KINDS[unit] = MAPPED;
  else if (NOT_SEEN.test(character)) KINDS[unit] = UNSEEN;
}
/** What each unit of FORM may pass for. */
export const FORMS = new Map<number, number>();
for (const one of CIRCLED_ONES) for (let i = 0; i < 9; i++) FORMS.set(one + i, 0x31 + i);
for (const nought of CIRCLED_NOUGHTS) FORMS.set(nought.charCodeAt(0), 0x30);
for (const point of POINTS) FORMS.set(point.charCodeAt(0), 0x2d);
for (const unit of FORMS.keys()) KINDS[unit] = FORM;
KINDS[FORMULA_HALF] = ESCAPE;

/** Digits of a script stand in rows of ten, nought first. */
function valueOf(digit: number): number {
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCharCode(digit - value - 1))) value++;
  return value;
}
