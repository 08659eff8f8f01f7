import { Fold } from './fold.js';

/** Where, above U+FFFF, the rule changes anything: letters of plane 1, compatibility ideographs, tags. */
const ASTRAL = [
  [0x10000, 0x1ffff],
  [0x2f800, 0x2fa1f],
  [0xe0000, 0xe0fff],
] as const;

/** Marks that belong to no script (accents of every kind); kana voicing marks change the letter and stay. */
const ACCENT = /^(?![\u3099\u309a])(?=\p{Script=Inherited})\p{M}$/u;
/** Never seen by a reader: zero-width characters, joiners, fillers, variation selectors, controls. */
const INVISIBLE = /^(?:[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?![\s\u0085])\p{Cc})$/u;
const BLANK = /^[\s\u0085]$/u;
/** Characters that fold to themselves, without asking Unicode 50,000 times: Han, private use. */
const UNCHANGED = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xe000, 0xf8ff],
] as const;
const PASSES = 4;

/**
 * Compatibility decomposition (full and half width, ligatures, circled and mathematical letters …),
 * case, accents and invisible characters, all blanks alike. Decomposed, not composed, because a
 * decomposition needs no context: `é`, `e` + accent and `E` are one; so are `ｶﾞ` and `ガ`.
 */
export function foldCodePoint(codePoint: number): string {
  if (isUnchanged(codePoint)) return String.fromCodePoint(codePoint);
  let text = String.fromCodePoint(codePoint);
  for (let pass = 0; pass < PASSES; pass++) {
    const next = foldOnce(text);
    if (next === text) break;
    text = next;
  }
  return text;
}

function foldOnce(text: string): string {
  let folded = '';
  for (const character of text.normalize('NFKD')) {
    if (ACCENT.test(character) || INVISIBLE.test(character)) continue;
    // Upper first: it takes `ß` to `SS` and the final sigma to the ordinary one.
    folded += BLANK.test(character) ? ' ' : character.toUpperCase().toLowerCase();
  }
  return folded;
}

function isUnchanged(codePoint: number): boolean {
  return UNCHANGED.some(([first, last]) => codePoint >= first && codePoint <= last);
}

let standard: Fold | undefined;

/** The fold of the product, tabulated once per process. */
export function standardFold(): Fold {
  return (standard ??= new Fold(foldCodePoint, ASTRAL));
}
