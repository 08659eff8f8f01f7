export { createSources, type SourcePorts, type SourcesDomain } from './create-sources.js';
export { Sources } from './manage-sources.js';
export { TestSource, type TestResult } from './test-source.js';
export { GrantedFolders } from './reach/granted-folders.js';
export { SyncSource, type SyncOutcome } from './sync/sync-source.js';
export { RunRepository, SYNC_ATTEMPTS, SYNC_TASK } from './store/run.repository.js';
export { SOURCE_REASONS, SourceProblem, type SourceCode } from './sources.errors.js';
export { sourceConfigSchema, type SourceConfig } from './sources.config.js';
export type {
  Accepted,
  DocumentStanding,
  IncomingFile,
  KeptDocument,
  SourceAudit,
  SourceDocuments,
} from './ports.js';
