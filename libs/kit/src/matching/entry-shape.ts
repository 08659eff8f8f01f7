import { HOMOGLYPH, INTERLEAVE, LEET, MARKUP, REPEAT } from './fold-names.js';
import { ONE, type Fold } from './fold.js';
import { BOUNDARY, classOf, SPACED, UNSPACED } from './unit-class.js';

/** Of a shape, beside the contextual folds that the entry can have: it has letters enough to be spelled out. */
export const SPELLABLE = 256;
/** And enough for that where signs pass for some of them: `a, 5, 5` are figures. */
export const SPELLABLE_SIGNS = 512;
/** Two letters with something between them are no word spelled out. */
const SPELLED_LETTERS = 3;
const SPELLED_SIGNS = 4;
const BLANK = 0x20;

/**
 * What contextual folds can do with an entry. A fold is left out where a text could leave off halfway with nothing
 * in the rest of the entry to satisfy the fold's rule: hold-back stays exact that way.
 */
export function shapeOf(pattern: string, fold: Fold): number {
  if (pattern.charCodeAt(0) === BLANK || pattern.charCodeAt(pattern.length - 1) === BLANK) return 0;
  let letters = 0;
  let classes = 0;
  let allLetters = true;
  for (let i = 0; i < pattern.length; i++) {
    const unit = pattern.charCodeAt(i);
    if (unit === BLANK) continue;
    const isOne = fold.kinds[unit] === ONE;
    const codePoint = isOne ? unit : (pattern.codePointAt(i) ?? unit);
    const unitClass = (isOne ? (fold.classes[unit] ?? 0) : classOf(codePoint)) & BOUNDARY;
    if (codePoint > 0xffff) i++;
    if (unitClass === 0 || isDigit(unit) || codePoint > 0xffff) allLetters = false;
    if (unitClass !== 0) letters++;
    classes |= unitClass;
  }
  let shape = HOMOGLYPH | INTERLEAVE | MARKUP;
  // The letter that is to be genuine must be one.
  if (allLetters) shape |= LEET;
  if (allLetters && (classes === SPACED || classes === UNSPACED)) shape |= REPEAT;
  if (letters >= SPELLED_SIGNS) shape |= SPELLABLE_SIGNS;
  return letters >= SPELLED_LETTERS ? shape | SPELLABLE : shape;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** What an entry's shape must have that is reached by these folds, spelled out. */
export function spellable(folds: number): number {
  return (folds & LEET) === 0 ? SPELLABLE : SPELLABLE_SIGNS;
}
