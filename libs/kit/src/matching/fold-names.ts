/** Folds that read every code point on its own; they are merged into a matcher's alphabet. */
export const BASE_FOLDS = ['case', 'width', 'compatibility', 'traditional'] as const;
export type BaseFoldName = (typeof BASE_FOLDS)[number];

/** Folds that look at what stands around; switchable for every entry of one matcher. In the order of their bits. */
export const CONTEXT_FOLDS = ['homoglyph', 'interleave', 'repeat', 'leet', 'markup'] as const;
export type ContextFoldName = (typeof CONTEXT_FOLDS)[number];

/** Every fold by its public name; `pinyin` is a matcher of its own. */
export const FOLD_NAMES = [...BASE_FOLDS, ...CONTEXT_FOLDS, 'pinyin'] as const;
export type FoldName = (typeof FOLD_NAMES)[number];

/** Bits of a contextual fold mask. */
export const HOMOGLYPH = 1;
export const INTERLEAVE = 2;
export const REPEAT = 4;
export const LEET = 8;
export const MARKUP = 16;
export const ALL_CONTEXT_FOLDS = 31;

/** Reported by a PinyinReader; no contextual fold, no part of a fold mask. */
export const PINYIN = 32;

/** The mask of those of the names that are contextual folds. */
export function foldMask(names: Iterable<string>): number {
  let mask = 0;
  for (const name of names) {
    const bit = CONTEXT_FOLDS.findIndex((fold) => fold === name);
    if (bit >= 0) mask |= 1 << bit;
  }
  return mask;
}

/** The names of the folds that a match needed. */
export function foldsIn(mask: number): (ContextFoldName | 'pinyin')[] {
  const names = CONTEXT_FOLDS.filter((_, bit) => (mask & (1 << bit)) !== 0);
  return (mask & PINYIN) === 0 ? names : [...names, 'pinyin'];
}

export function isFoldName(name: string): name is FoldName {
  return FOLD_NAMES.some((fold) => fold === name);
}
