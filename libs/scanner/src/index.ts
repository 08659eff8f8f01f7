export {
  StreamScanner,
  CHANNEL_LIMIT,
  type HitText,
  type OnHit,
  type ScanHit,
  type ScanStep,
} from './stream-scanner.js';
export { REDACTION_MARK } from './redacted-spans.js';
export { scanText, type ScannedText } from './scan-text.js';
export { placesAfterScan } from './places-after-scan.js';
export { LEFT_OUT, scanSource, type ScannedSource, type SourcePart } from './scan-source.js';
export { compileWordTable, type WordTableOptions } from './compile-word-table.js';
export { checkWord, type WordProblem } from './check-word.js';
export {
  CATEGORY_LENGTH_LIMIT,
  FOLDED_LENGTH_LIMIT,
  WORD_COUNT_LIMIT,
  WORD_LENGTH_LIMIT,
  type WordEntry,
} from './word-entry.js';
export { ScannerFault, type ScannerCode } from './scanner.errors.js';
export {
  actionUnder,
  type CategoryPolicy,
  type CompiledUnit,
  type DefaultCategory,
  type DefaultTier,
  type ScannerPolicy,
  type ScanTable,
  type UnitRule,
} from './scan-table.js';
export { DEFAULT_FOLDS, DETECTOR_CATEGORIES, OWN_CATEGORY } from './category-defaults.js';
export { isBroad } from './is-broad.js';
export { detectorCategoryRefused, isDetectorCategory } from './own-category.js';
export { scannerConfigSchema } from './scanner.config.js';
export { Words, PAGE_LIMIT, type AddOptions, type AddProblem, type AddResult } from './words.js';
export { DatabaseWords, type NewWord, type StoredWord, type WordChange } from './store/word.repository.js';
export { AssembleTable, PROMPT_LIST_WORDS } from './assemble-table.js';
export {
  compileUnit,
  THREAD_ENTRIES,
  type BuildMatcher,
  type UnitEntry,
  type UnitSource,
} from './compile-unit.js';
export { PrepareUnits, type PrepareThread } from './prepare-units.js';
export { PurgeHits } from './hits/purge-hits.js';
export { HITS_KEPT, RecordHits, type HitDetail } from './hits/record-hits.js';
export { NameRules, type HitRule } from './hits/name-rules.js';
export { ShowHits, type ShownHit } from './hits/show-hits.js';
export { CheckWordList, type CheckOutcome, type ListFailure } from './lists/check-word-list.js';
export {
  PREVIEW_ANSWERS_LIMIT,
  type KeptAnswer,
  type ListPreview,
  type RecentAnswers,
} from './lists/preview-list.js';
export { ResumeLists, UPLOAD_LOST_MS } from './lists/resume-lists.js';
export { decodeLines, encodingOf, type FileLine, type ListEncoding } from './lists/decode-lines.js';
export { LIST_NAME_LIMIT, LISTED_WORDS_LIMIT, LISTS_LIMIT, WordLists } from './lists/word-lists.js';
export { ScannerPolicies, type PolicyRow, type PolicyView } from './policy/scanner-policies.js';
export { LATE_LIST_MS, RECHECK_MS, ScanTables, TABLE_LIMIT } from './scan-tables.js';
export { HitRepository, type HitFilter, type StoredHit } from './store/hit.repository.js';
export { ListContentRepository } from './store/list-content.repository.js';
export { PolicyRepository } from './store/policy.repository.js';
export { RuleRepository } from './store/rule.repository.js';
export { TableRepository, type TableSource } from './store/table.repository.js';
export {
  LIST_ATTEMPTS,
  LIST_TASK,
  WordListRepository,
  type NewList,
  type StoredList,
} from './store/word-list.repository.js';
export { CACHED_ENTRIES_LIMIT, UNIT_LIMIT, UnitCache } from './unit-cache.js';
export { DEFAULT_TIER } from './default-tier/default-tier.js';
