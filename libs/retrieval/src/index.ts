export {
  Search,
  PASSAGES_MAX,
  SEARCH_DEFAULTS,
  type FoundPassage,
  type HybridOutcome,
  type SearchOptions,
  type SearchQuery,
  type SearchResult,
} from './search-passages.js';
export { SearchThread, type ThreadEntry } from './search-thread.js';
export type { ThreadOptions } from './search/thread-messages.js';
export { indexCorpus, type CorpusDocument } from './index-corpus.js';
export { measureRanking, percentile, type Judgments, type RankingFigures } from './measure-ranking.js';
export { retrievalConfigSchema } from './retrieval.config.js';
export { QUESTION_CHARACTERS_MAX, QUESTION_TERMS_MAX } from './question-terms.js';
export { Indexer, removeFromIndex, type NewPassage } from './index-passages.js';
export { ANALYZER_VERSION } from './passage-terms.js';
export { MergeSegments, type Merged } from './merge-segments.js';
export { RebuildIndex, type RebuildState } from './rebuild-index.js';
export { rebuildTenant } from './rebuild-tenant.js';
export { VerifyIndex, FINDINGS_MAX, type IndexVerification, type VerifyProgress } from './verify-index.js';
export { IndexKeeper, type KeeperEvents } from './keep-index.js';
export {
  DocumentStore,
  type FinishedDocument,
  type NewDocument,
  type Received,
  type StoredFile,
} from './keep-documents.js';
export { Versions } from './manage-versions.js';
export { SourcedDocuments, type OwnedDocument, type SourcedState } from './sourced-documents.js';
export { FOLDER_DEPTH_MAX, FOLDER_NAME_MAX, FOLDERS_MAX } from './folder-limits.js';
export {
  Documents,
  type DocumentFilter,
  type PassagesRead,
  type PassageStretch,
} from './manage-documents.js';
export { Collections } from './manage-collections.js';
export { Readers, DENIALS_NAMED, type Denial, type Reader, type ReaderList } from './manage-readers.js';
export type { AccessExplanation, ExplainedScope } from './explain-access.js';
export { Folders, DOCUMENTS_AT_ONCE_MAX, type FolderPlace } from './manage-folders.js';
export type { FolderTree } from './read-folders.js';
export type { NamedReader } from './name-principals.js';
export { enableVectors, type EnabledVectors } from './vectors/enable-vectors.js';
export { vectorConfigSchema, type VectorConfig } from './vectors/vectors.config.js';
export { readVectorSettings, type VectorSettings } from './vectors/read-settings.js';
export { ShowVectors, type SetStatus, type VectorStatus } from './vectors/vector-status.js';
export { VectorKeeper, type VectorEvents } from './vectors/keep-vectors.js';
export { RetrievalFault, RETRIEVAL_CODES, type RetrievalCode } from './retrieval.errors.js';
export type { DocumentState } from './store/document.entity.js';
