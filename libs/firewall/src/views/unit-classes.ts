/** What a unit of a visible text is. */
export const OTHER = 0;
export const LATIN = 1;
export const DIGIT = 2;
export const BLANK = 3;
export const LINE_END = 4;
export const HAN = 5;
/** Letters of other scripts. */
export const LETTER_OTHER = 6;
/** Any other ASCII sign. */
export const SIGN = 7;
/** Halves of characters above U+FFFF, private use, and blocks that no language is written in. */
export const RARE = 8;

/** Marks of quotations: straight ones, and those of Latin and of Chinese texts. */
export function isQuote(unit: number): boolean {
  return unit === 0x22 || unit === 0x27 || unit === 0x60 || (unit >= 0x2018 && unit <= 0x201d);
}

export const CLASS = new Uint8Array(0x10000);
const fill = (first: number, last: number, value: number): void => {
  CLASS.fill(value, first, last + 1);
};
fill(0x21, 0x7e, SIGN);
fill(0x30, 0x39, DIGIT);
fill(0x41, 0x5a, LATIN);
fill(0x61, 0x7a, LATIN);
CLASS[0x20] = BLANK;
CLASS[0x0a] = LINE_END;
// Latin with marks, Greek, Cyrillic, Armenian, Hebrew, Arabic, the scripts of India and South-East Asia …
fill(0xc0, 0x24f, LETTER_OTHER);
fill(0x370, 0x1fff, LETTER_OTHER);
fill(0x2c00, 0x2dff, LETTER_OTHER);
fill(0x3040, 0x30ff, LETTER_OTHER);
fill(0xac00, 0xd7a3, LETTER_OTHER);
fill(0x3400, 0x4dbf, HAN);
fill(0x4e00, 0x9fff, HAN);
fill(0xf900, 0xfaff, HAN);
fill(0xd800, 0xf8ff, RARE);
// Runes, ogham, braille, signs drawn as letters.
fill(0x1680, 0x16ff, RARE);
fill(0x250, 0x2af, RARE);
fill(0x2400, 0x243f, RARE);
fill(0x2800, 0x28ff, RARE);
