import { Matcher } from '@lorekeep/kit/matching';
import { checkWord } from './check-word.js';
import { ScannerFault } from './scanner.errors.js';
import { WORD_ACTIONS, WORD_COUNT_LIMIT, type WordEntry } from './word-entry.js';

/** The words of a tenant, compiled: immutable, shared by all its streams. */
export class WordTable {
  constructor(
    readonly words: readonly WordEntry[],
    readonly matcher: Matcher,
  ) {}

  /** The word that a hit speaks of. */
  wordOf(hit: { wordId: string }): WordEntry | undefined {
    return this.words.find((word) => word.id === hit.wordId);
  }
}

/**
 * Compiles words into a table. An empty list gives a table that lets everything through at once.
 * @throws ScannerFault SCANNER_WORDS_INVALID when one entry could not be honoured: half a list is no list
 */
export function compileWordTable(words: readonly WordEntry[]): WordTable {
  if (words.length > WORD_COUNT_LIMIT) {
    throw new ScannerFault('SCANNER_WORDS_INVALID', new RangeError(`more than ${WORD_COUNT_LIMIT} words`));
  }
  for (const word of words) {
    const problem = WORD_ACTIONS.includes(word.action) ? checkWord(word.text) : 'unknown action';
    if (problem) throw new ScannerFault('SCANNER_WORDS_INVALID', new Error(`word ${word.id}: ${problem}`));
  }
  const entries = words.map((word) => ({
    id: word.id,
    // Blanks around an entry are an accident of typing, never meant.
    text: word.text.trim(),
    wholeWord: word.wholeWord,
    // A logged word is shown either way, so nothing waits for it.
    holds: word.action !== 'log',
  }));
  return new WordTable(Object.freeze([...words]), new Matcher(entries));
}
