export { StreamScanner, CHANNEL_LIMIT, type ScanHit, type ScanStep } from './stream-scanner.js';
export { REDACTION_MARK } from './redacted-spans.js';
export { scanText, type ScannedText } from './scan-text.js';
export { compileWordTable, WordTable } from './compile-word-table.js';
export { checkWord, type WordProblem } from './check-word.js';
export {
  CATEGORY_LENGTH_LIMIT,
  FOLDED_LENGTH_LIMIT,
  WORD_ACTIONS,
  WORD_COUNT_LIMIT,
  WORD_LENGTH_LIMIT,
  type WordAction,
  type WordEntry,
} from './word-entry.js';
export { ScannerFault, type ScannerCode } from './scanner.errors.js';
export {
  actionUnder,
  POLICY_ACTIONS,
  SCAN_ACTIONS,
  SEVERITIES,
  type CategoryPolicy,
  type CompiledUnit,
  type DefaultCategory,
  type DefaultTier,
  type PolicyAction,
  type ScanAction,
  type ScannerPolicy,
  type ScanTable,
  type Severity,
  type UnitRule,
} from './scan-table.js';
export { DEFAULT_FOLDS, DETECTOR_CATEGORIES, OWN_CATEGORY } from './category-defaults.js';
export { scannerConfigSchema } from './scanner.config.js';
export {
  CACHED_WORDS_LIMIT,
  RECHECK_MS,
  TABLE_LIMIT,
  WordTables,
  type WordRepository,
} from './word-tables.js';
export { Words, PAGE_LIMIT, type AddOptions, type AddProblem, type AddResult } from './words.js';
export { DatabaseWords, type NewWord, type StoredWord, type WordChange } from './store/word.repository.js';
export { entities } from './store/entities.js';
