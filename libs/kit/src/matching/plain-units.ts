export const MAPPED = 1;
export const UNSEEN = 2;
/** A mark that a browser or a reader of JSON takes for none of the text. */
export const MARK = 3;
/** What an escape begins with. */
export const ESCAPE = 4;
/** What a tag begins with. */
export const TAG = 5;
const FIRST = 0xa0;
const BLANKS = '\u00a0\u1680\u2800\u2002\u2003\u2004\u2005\u2007\u2008\u2009\u200a\u202f\u205f\u3000';
const HYPHENS = '\u2010\u2011\u2012\u2013\u2212\uff0d';
const WIDE = 0xfee0;
const WIDE_SIGNS = '＋．＠＿';
const WIDE_ALPHANUMERIC = /^[０-９Ａ-Ｚａ-ｚ]$/;
/** Default_Ignorable_Code_Point of Unicode, and what some fonts show as nothing. */
const NOT_SEEN = /^\p{Default_Ignorable_Code_Point}$/u;

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
  if (PLAIN_UNITS.has(unit)) KINDS[unit] = MAPPED;
  else if (NOT_SEEN.test(character)) KINDS[unit] = UNSEEN;
}
