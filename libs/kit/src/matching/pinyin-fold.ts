import { Fold, MANY, SKIP } from './fold.js';
import { syllableOf } from './pinyin-table.js';
import { ASTRAL, baseFold, standardFold } from './standard-fold.js';

/** May stand between the syllables of a word: blanks, apostrophes, hyphens, middle dots. */
const SEPARATOR = /^[\s\u0085'\u2019\u02bc\u2010\u2011\u00b7-]$/u;
/** Behind it stands but one, a blank without width. */
const LAST_SEPARATOR = 0x3000;
const WIDTHLESS = 0xfeff;
/** A line is an end: nobody spells a word across it. */
const LINE_BREAKS = new Set([0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029]);
/** How ü is typed. The standard fold would make it u. */
const UMLAUT = /^[üǖǘǚǜÜǕǗǙǛ]$/u;

let fold: Fold | undefined;

/**
 * What a text sounds like: Han characters as the letters of their usual reading, all else by the standard fold.
 * Separators are left out; a line break stays one.
 */
export function pinyinFold(): Fold {
  return (fold ??= new Fold(letters, ASTRAL));
}

/** Its name among those of folds. */
export const PINYIN_FOLD = 'pinyin';

/** The fold of a matcher by names: that of sounds, or those of the named base folds. */
export function matcherFold(names: readonly string[]): Fold {
  return names.includes(PINYIN_FOLD) ? pinyinFold() : baseFold(names);
}

export function isSeparator(codePoint: number): boolean {
  if (codePoint > LAST_SEPARATOR && codePoint !== WIDTHLESS) return false;
  return SEPARATOR.test(String.fromCodePoint(codePoint)) && !isLineBreak(codePoint);
}

export function isLineBreak(codePoint: number): boolean {
  return LINE_BREAKS.has(codePoint);
}

/** Folded units before they become letters: what a reader sees, simplified. */
export function plainUnits(codePoint: number): string {
  if (codePoint < 0x200 && UMLAUT.test(String.fromCodePoint(codePoint))) return 'v';
  const standard = standardFold();
  const kind = codePoint > 0xffff ? MANY : standard.kinds[codePoint];
  if (kind === SKIP) return '';
  if (kind === MANY) return standard.textOf(codePoint);
  return String.fromCharCode(standard.singles[codePoint] ?? codePoint);
}

function letters(codePoint: number): string {
  if (isLineBreak(codePoint)) return '\n';
  if (isSeparator(codePoint)) return '';
  let folded = '';
  for (const character of plainUnits(codePoint)) {
    const unit = character.codePointAt(0) ?? codePoint;
    folded += isSeparator(unit) ? '' : syllableOf(unit) || character;
  }
  return folded;
}
