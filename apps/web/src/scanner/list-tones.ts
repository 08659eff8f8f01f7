import type { WordListRow } from '@lorekeep/contracts';
import type { BadgeTone } from '../kit/badge.js';

/** Colours of the states of a list. */
export const LIST_TONES: Record<WordListRow['state'], BadgeTone> = {
  checking: 'accent',
  preview: 'warn',
  active: 'good',
  undone: 'plain',
  failed: 'bad',
  discarded: 'plain',
};
