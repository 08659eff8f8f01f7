import { toSimplified } from '../text/fold-script.js';
import { BASE_FOLDS } from './fold-names.js';
import { exactFold, Fold } from './fold.js';

/** Where, above U+FFFF, the rule changes anything: letters of plane 1, compatibility ideographs, tags. */
export const ASTRAL = [
  [0x10000, 0x1ffff],
  [0x2f800, 0x2fa1f],
  [0xe0000, 0xe0fff],
] as const;

/** Marks that belong to no script (accents of every kind); kana voicing marks change the letter and stay. */
const ACCENT = /^(?![\u3099\u309a])(?=\p{Script=Inherited})\p{M}$/u;
/** Never seen by a reader: zero-width characters, joiners, fillers, variation selectors, controls. */
const INVISIBLE = /^(?:[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?![\s\u0085])\p{Cc})$/u;
/** The last two: Braille without a dot, a note without a head. */
const BLANK = /^[\s\u0085\u2800\u{1d159}]$/u;
/** Without a decomposition or case; some are traditional. */
const HAN = [0x3400, 0x9fff] as const;
const PASSES = 4;
/** Characters that are looked at together, as a power of two. */
const BLOCK_SHIFT = 5;
/** Letters in filled circles and squares, which Unicode does not decompose. */
const FILLED = [0x1f150, 0x1f170] as const;
/** How typesetters write what keyboards have one sign for (`don’t`, `T‑shirt`), and a stroke that lengthens Arabic words. */
const TYPESET: ReadonlyMap<string, string> = new Map([
  ...Array.from('\u2018\u2019\u201b\u02bc', (sign) => [sign, "'"] as const),
  ...Array.from('\u2010\u2011\u2012\u2013\u2212', (sign) => [sign, '-'] as const),
  ['\u0640', ''],
]);

/** Characters that are left out, read as another, or may be: all that a fold changes but by Unicode's own tables. */
const TOUCHED = new RegExp(
  `[\\p{Default_Ignorable_Code_Point}\\p{Cc}\\p{M}\\s\\ufff9-\\ufffb\\u0085\\u2800\\u{1d159}\\u{1f150}-\\u{1f189}${[...TYPESET.keys()].join('')}]`,
  'u',
);

const CASE = 1;
const WIDTH = 2;
const COMPATIBILITY = 4;
const TRADITIONAL = 8;
const ALL = 15;

/**
 * Compatibility decomposition (full and half width, ligatures, circled and mathematical letters …),
 * apostrophes and hyphens of typesetters, case, accents and invisible characters, traditional Chinese, all blanks alike. Decomposed, not composed, because a
 * decomposition needs no context: `é`, `e` + accent and `E` are one; so are `ｶﾞ` and `ガ`.
 */
export function foldCodePoint(codePoint: number, switches = ALL): string {
  let text = String.fromCodePoint(codePoint);
  if (isIdle(codePoint)) return text;
  if (codePoint >= HAN[0] && codePoint <= HAN[1])
    return (switches & TRADITIONAL) === 0 ? text : toSimplified(text);
  for (let pass = 0; pass < PASSES; pass++) {
    const next = foldOnce(text, switches);
    if (next === text) break;
    text = next;
  }
  return text;
}

function foldOnce(text: string, switches: number): string {
  let folded = '';
  for (const character of decomposed(text, switches)) {
    if (isIdle(character.codePointAt(0) ?? 0)) folded += character;
    else folded += foldCharacter(character, switches);
  }
  return (switches & TRADITIONAL) === 0 ? folded : toSimplified(folded);
}

function foldCharacter(character: string, switches: number): string {
  if ((switches & COMPATIBILITY) !== 0 && ACCENT.test(character)) return '';
  if (INVISIBLE.test(character)) return '';
  if (BLANK.test(character)) return ' ';
  // Upper first: it takes `ß` to `SS` and the final sigma to the ordinary one.
  return (switches & CASE) === 0 ? character : character.toUpperCase().toLowerCase();
}

/** Of each block, once asked for, whether all its characters stay as they are, whatever the switches. */
const blocks = new Uint8Array(0x110000 >> BLOCK_SHIFT);
const IDLE = 1;
const BUSY = 2;

/** Asked of a block at once: of most, among 130,000 characters, nothing changes. */
function isIdle(codePoint: number): boolean {
  const block = codePoint >> BLOCK_SHIFT;
  return (blocks[block] ||= isIdleBlock(block << BLOCK_SHIFT) ? IDLE : BUSY) === IDLE;
}

function isIdleBlock(first: number): boolean {
  const text = String.fromCodePoint(...Array.from({ length: 1 << BLOCK_SHIFT }, (_, at) => first + at));
  return (
    !TOUCHED.test(text) &&
    text.normalize('NFKD') === text &&
    text.toUpperCase().toLowerCase() === text &&
    toSimplified(text) === text
  );
}

function decomposed(text: string, switches: number): string {
  let result = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const isWide = codePoint >= 0xff00 && codePoint <= 0xffef;
    if (isIdle(codePoint) || (switches & (isWide ? WIDTH : COMPATIBILITY)) === 0) result += character;
    else result += TYPESET.get(character) ?? filledLetter(codePoint) ?? character.normalize('NFKD');
  }
  return result;
}

function filledLetter(codePoint: number): string | undefined {
  const first = FILLED.find((start) => codePoint >= start && codePoint < start + 26);
  return first === undefined ? undefined : String.fromCharCode(0x41 + codePoint - first);
}

const folds = new Map<number, Fold>();

/**
 * The fold of the named base folds, tabulated once per process; other names count for nothing. With one of them at
 * least, invisible characters are skipped and all blanks are alike; with none, every character stands for itself.
 */
export function baseFold(names: Iterable<string>): Fold {
  let switches = 0;
  for (const name of names) {
    const bit = BASE_FOLDS.findIndex((fold) => fold === name);
    if (bit >= 0) switches |= 1 << bit;
  }
  if (switches === 0) return exactFold();
  let fold = folds.get(switches);
  if (!fold) {
    fold = new Fold((codePoint) => foldCodePoint(codePoint, switches), ASTRAL);
    folds.set(switches, fold);
  }
  return fold;
}

/** The fold of the product: all base folds. */
export function standardFold(): Fold {
  return baseFold(BASE_FOLDS);
}
