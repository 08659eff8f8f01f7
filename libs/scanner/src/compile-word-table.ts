import { SCAN_ACTIONS } from '@lorekeep/contracts/vocabulary';
import { baseFold, isFoldName, Matcher, type FoldName } from '@lorekeep/kit/matching';
import { DEFAULT_FOLDS } from './category-defaults.js';
import { checkWord } from './check-word.js';
import { baseFoldsIn } from './lists/list-unit.js';
import type { CategoryPolicy, CompiledUnit, ScannerPolicy, ScanTable, UnitRule } from './scan-table.js';
import { ScannerFault } from './scanner.errors.js';
import { WORD_COUNT_LIMIT, type WordEntry } from './word-entry.js';

export interface WordTableOptions {
  /** What is seen through; default: what a category has that nobody chose anything for. */
  readonly folds?: readonly FoldName[];
  /** What is done about categories, detectors' kinds included; others have each word's own action, detectors are off. */
  readonly actions?: Readonly<Record<string, CategoryPolicy['action']>>;
}

/**
 * Compiles words into a table of their own, without a tenant: for trials, evaluations and benches. An empty list gives
 * a table that lets everything through at once.
 * @throws ScannerFault SCANNER_WORDS_INVALID when one entry could not be honoured: half a list is no list
 */
export function compileWordTable(words: readonly WordEntry[], options: WordTableOptions = {}): ScanTable {
  if (words.length > WORD_COUNT_LIMIT) throw invalid(new RangeError(`more than ${WORD_COUNT_LIMIT} words`));
  for (const word of words) {
    const problem = SCAN_ACTIONS.includes(word.action) ? checkWord(word.text) : 'unknown action';
    if (problem) throw invalid(new Error(`word ${word.id}: ${problem}`));
  }
  const folds = options.folds ?? DEFAULT_FOLDS.filter(isFoldName);
  const policy = policyOf(folds, options.actions ?? {});
  return Object.freeze({ version: 0, units: [unitOf([...words], folds)], policy });
}

function policyOf(
  folds: readonly FoldName[],
  actions: NonNullable<WordTableOptions['actions']>,
): ScannerPolicy {
  const known = new Map<string, CategoryPolicy>();
  const isDetector = (category: string) => /^(?:personal-data|secret)\./.test(category);
  return {
    key: JSON.stringify([folds, actions]),
    of(category) {
      let policy = known.get(category);
      if (!policy) {
        const action = actions[category] ?? (isDetector(category) ? 'off' : null);
        policy = { action, severity: 'medium', folds };
        known.set(category, policy);
      }
      return policy;
    },
  };
}

function unitOf(words: readonly WordEntry[], folds: readonly FoldName[]): CompiledUnit {
  const baseFolds = baseFoldsIn(folds);
  const entries = words.map(({ id, text, wholeWord, allow }) => ({
    ...{ id, wholeWord },
    // Blanks around an entry are an accident of typing, never meant.
    text: text.trim(),
    ...(allow === true && { allow }),
  }));
  const rules = words.map(({ id, category, allow, action }): UnitRule => ({
    ruleId: id,
    category,
    allow: allow === true,
    action,
  }));
  return {
    ...{ id: 'words', kind: 'words', baseFolds },
    matcher: new Matcher(entries, baseFold(baseFolds)),
    ruleOf(entry) {
      const rule = rules[entry];
      if (!rule) throw new RangeError('there is no such entry');
      return rule;
    },
    wordOf: (entry) => words[entry]?.text ?? '',
  };
}

const invalid = (cause: Error) => new ScannerFault('SCANNER_WORDS_INVALID', cause);
