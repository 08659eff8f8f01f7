export {
  AcceptDocument,
  INGEST_ATTEMPTS,
  INGEST_TASK,
  type AcceptedDocument,
  type IncomingDocument,
} from './1-accept/accept-document.step.js';
export { RestartDocument } from './1-accept/restart-document.js';
export { FORMATS, type Format } from './1-accept/sniff-format.js';
export { ParserPool } from './2-parse/parser-pool.js';
export {
  IngestDocument,
  type IngestOutcome,
  type IngestPorts,
  type IngestProgress,
} from './ingest-document.js';
export { documentsOfSources } from './keep-sources.js';
export { DOCUMENT_PATH } from './steps.js';
export { documentPathConfigSchema, type DocumentLimits } from './document-path.config.js';
export { DOCUMENT_REASONS, documentRefusal, type DocumentCode } from './document-path.errors.js';
export type { DocumentAudit, DocumentRecord, DocumentScreen, ScreenVerdict } from './ports.js';
