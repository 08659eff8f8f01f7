/**
 * What a folded unit is to its neighbours. Bits, so that a boundary rule is one mask:
 * a match may not begin after, or end before, a unit whose class meets the rule's mask.
 */
export const OTHER = 0;
/** Letter or digit of a script that puts blanks between words: Latin, Greek, Cyrillic, digits … */
export const SPACED = 1;
/** Letter of a script that does not, or that glues particles to words: Han, kana, Hangul, Thai … */
export const UNSPACED = 2;
/** Continues the syllable before it: Hangul vowels and finals, kana voicing marks. */
export const CONTINUES = 4;
/** Letter of a spaced script that is not Latin: Greek, Cyrillic … */
export const FOREIGN = 8;
/** Of a class, the bits that boundary rules ask for. */
export const BOUNDARY = SPACED | UNSPACED;
/** A start, and the class before it in the bits below: cursors keep both as one number. */
export const START_SHIFT = 4;
export const BEFORE_BITS = (1 << START_SHIFT) - 1;
/** Positions that are packed so; half a gigabyte of text. */
export const START_LIMIT = 2 ** (32 - START_SHIFT);

const UNSPACED_SCRIPT =
  /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{sc=Yiii}]$/u;
const FOREIGN_LETTER = /^(?!\p{Script=Latin})\p{L}$/u;
const WORD_PART = /^[\p{L}\p{N}\p{M}]$/u;

/** Of units, once asked for, plus one: each fold asks for all of them. */
const known = new Uint8Array(0x10000);

/** The class of one folded code point. */
export function classOf(codePoint: number): number {
  const kept = known[codePoint];
  if (kept === undefined) return classBy(codePoint);
  if (kept > 0) return kept - 1;
  const unitClass = classBy(codePoint);
  known[codePoint] = unitClass + 1;
  return unitClass;
}

function classBy(codePoint: number): number {
  if (codePoint < 0x80) return isAsciiWord(codePoint) ? SPACED : OTHER;
  if (codePoint >= 0x4e00 && codePoint <= 0x9fff) return UNSPACED;
  if (codePoint >= 0xac00 && codePoint <= 0xd7a3) return UNSPACED;
  if (codePoint >= 0xe000 && codePoint <= 0xf8ff) return OTHER;
  if (codePoint === 0x3099 || codePoint === 0x309a) return UNSPACED | CONTINUES;
  if (codePoint >= 0x1160 && codePoint <= 0x11ff) return UNSPACED | CONTINUES;
  const character = String.fromCodePoint(codePoint);
  if (!WORD_PART.test(character)) return OTHER;
  if (UNSPACED_SCRIPT.test(character)) return UNSPACED;
  return FOREIGN_LETTER.test(character) ? SPACED | FOREIGN : SPACED;
}

// The underscore is no word part: `_secret_` is emphasis in Markdown and must not hide a word.
function isAsciiWord(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);
}

/** True for a unit after which a syllable may go on (see CONTINUES): kana and Hangul jamo. */
export function mayContinue(unit: number): boolean {
  return (unit >= 0x3041 && unit <= 0x30ff) || (unit >= 0x1100 && unit <= 0x11ff);
}
