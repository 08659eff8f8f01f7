import { accountRoutes } from './account.js';
import { adminRoutes } from './admin.js';
import { peopleRoutes } from './admin-people.js';
import { askRoutes } from './ask.js';
import { auditRoutes } from './audit.js';
import { documentRoutes } from './documents.js';
import { draftRoutes } from './drafts.js';
import { firewallRoutes } from './firewall.js';
import { firewallCaseRoutes } from './firewall-cases.js';
import { folderRoutes } from './folders.js';
import { modelServerRoutes } from './model-servers.js';
import { openaiRoutes } from './openai.js';
import { embeddingsRoutes } from './openai-embeddings.js';
import { responsesRoutes } from './openai-responses.js';
import { transcriptionRoutes } from './openai-transcriptions.js';
import { engineHostRoutes } from './engine-hosts.js';
import { operationsRoutes } from './operations.js';
import { scannerRoutes } from './scanner.js';
import { sourceRoutes } from './sources.js';

export * from './access.js';
export * from './account.js';
export * from './admin.js';
export * from './admin-people.js';
export * from './ask.js';
export * from './audit.js';
export * from './shapes.js';
export * from './documents.js';
export * from './drafts.js';
export * from './firewall.js';
export * from './firewall-cases.js';
export * from './engine-hosts.js';
export * from './folders.js';
export * from './model-servers.js';
export * from './openai.js';
export * from './openai-embeddings.js';
export * from './openai-responses.js';
export * from './openai-transcriptions.js';
export * from './operations.js';
export * from './route.js';
export * from './scanner.js';
export * from './source-settings.js';
export * from './sources.js';
export * from './vocabulary.js';

/** Every route of the gateway. What is not in here does not exist, and a spec says so. */
export const routes = {
  ...accountRoutes,
  ...askRoutes,
  ...documentRoutes,
  ...sourceRoutes,
  ...folderRoutes,
  ...draftRoutes,
  ...peopleRoutes,
  ...adminRoutes,
  ...modelServerRoutes,
  ...firewallRoutes,
  ...firewallCaseRoutes,
  ...scannerRoutes,
  ...auditRoutes,
  ...openaiRoutes,
  ...responsesRoutes,
  ...embeddingsRoutes,
  ...transcriptionRoutes,
  ...engineHostRoutes,
  ...operationsRoutes,
};
