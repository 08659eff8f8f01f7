export { Matcher, type CompiledMatcher, type Match, type MatcherEntry } from './matcher.js';
export { type FinderTables, layOutFinder } from './finder-tables.js';
export { LiteralFinder } from './literal-finder.js';
export { MatchList } from './match-list.js';
export {
  BUILD_TIMEOUT_MS,
  type BuildOptions,
  MatcherThread,
  MatcherThreadError,
  type ThreadEntry,
} from './matcher-thread.js';
export { type MatchCursor } from './match-cursor.js';
export { takeUnits, unitsOf } from './piece-units.js';
export { type OnMatch } from './match-edges.js';
export { Fold, exactFold, type FoldRule } from './fold.js';
export { type EntryRule, MatchPolicy, wantedRule, type WantedRules, wantedRules } from './match-policy.js';
export {
  ALL_CONTEXT_FOLDS,
  BASE_FOLDS,
  type BaseFoldName,
  CONTEXT_FOLDS,
  type ContextFoldName,
  FOLD_NAMES,
  type FoldName,
  foldMask,
  foldsIn,
  HOMOGLYPH,
  INTERLEAVE,
  isFoldName,
  LEET,
  MARKUP,
  PINYIN,
  REPEAT,
} from './fold-names.js';
export { baseFold, foldCodePoint, standardFold } from './standard-fold.js';
export { foldEntries } from './fold-entries.js';
export { foldText, originalSpan, type FoldedText } from './fold-text.js';
export { united, type Finding } from './finding.js';
export { findSecrets, type Secret, type SecretKind } from './find-secrets.js';
export { findPersonalData, type PersonalDatum, type PersonalKind } from './find-personal-data.js';
export { DETECTOR_KINDS, type DetectorKind, type OnDetection } from './detector-kinds.js';
export { DetectorCursor } from './detector-cursor.js';
export { DetectorText } from './detector-text.js';
export { FoldingDetectorCursor } from './folding-detector-cursor.js';
export { findDetected } from './find-detected.js';
export { pinyinFold } from './pinyin-fold.js';
export { PinyinMatcher, SOUND_FOLDS } from './pinyin-matcher.js';
export { PinyinReader } from './pinyin-reader.js';
export { PINYIN_RULE, type PinyinRule } from './pinyin-check.js';
