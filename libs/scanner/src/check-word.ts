import { foldText } from '@lorekeep/kit/matching';
import { FOLDED_LENGTH_LIMIT, WORD_LENGTH_LIMIT } from './word-entry.js';

export type WordProblem = 'blank' | 'too-long' | 'not-text';

/** Why a text cannot be an entry, if so. `blank` includes texts of invisible characters alone. */
export function checkWord(text: string): WordProblem | undefined {
  if (text.length > WORD_LENGTH_LIMIT) return 'too-long';
  if (!text.isWellFormed() || text.includes('\0')) return 'not-text';
  const folded = foldText(text).text;
  if (folded.trim() === '') return 'blank';
  if (folded.length > FOLDED_LENGTH_LIMIT) return 'too-long';
  return undefined;
}
