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
