import type { ScanAction } from '@lorekeep/contracts';

/** One forbidden word of a tenant. */
export interface WordEntry {
  readonly id: string;
  readonly text: string;
  readonly category: string;
  readonly action: ScanAction;
  /** Undefined: whole words for Latin and other spaced scripts, anywhere for Chinese and the like. */
  readonly wholeWord?: boolean | undefined;
  /** An exception: what lies within a match of it is not found. */
  readonly allow?: boolean | undefined;
}

/** UTF-16 units of an entry as written. A stream keeps that much of its recent past; nobody types longer ones. */
export const WORD_LENGTH_LIMIT = 500;
/** UTF-16 units of an entry after folding: a few characters stand for up to 18 others. */
export const FOLDED_LENGTH_LIMIT = 1024;
/** Entries of one tenant: compiled in well under a second on the thread that also serves requests. */
export const WORD_COUNT_LIMIT = 100_000;
/** UTF-16 units of a category's name: it is a label on a report. */
export const CATEGORY_LENGTH_LIMIT = 60;
