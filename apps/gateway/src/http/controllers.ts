import { AccountController } from './account/account.controller.js';
import { KeysController } from './account/keys.controller.js';
import { SessionController } from './account/session.controller.js';
import { SessionsController } from './account/sessions.controller.js';
import { GroupsController } from './admin/groups.controller.js';
import { OverviewController } from './admin/overview.controller.js';
import { ModelServersController } from './admin/model-servers.controller.js';
import { VectorsController } from './admin/vectors.controller.js';
import { QuotasController } from './admin/quotas.controller.js';
import { SettingsController } from './admin/settings.controller.js';
import { UsersController } from './admin/users.controller.js';
import { WordsController } from './admin/words.controller.js';
import { AskController } from './ask/ask.controller.js';
import { ChoicesController } from './ask/choices.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { ChatController } from './chat/chat.controller.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { CollectionsController } from './documents/collections.controller.js';
import { DocumentReadersController } from './documents/document-readers.controller.js';
import { DocumentsController } from './documents/documents.controller.js';
import { FolderReadersController } from './documents/folder-readers.controller.js';
import { FoldersController } from './documents/folders.controller.js';
import { UploadsController } from './documents/uploads.controller.js';
import { EmbeddingsController } from './embeddings/embeddings.controller.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { DocumentCasesController } from './firewall/document-cases.controller.js';
import { FirewallCasesController } from './firewall/firewall-cases.controller.js';
import { FirewallSetupController } from './firewall/firewall-setup.controller.js';
import { FirewallWorkbenchController } from './firewall/firewall-workbench.controller.js';
import { EngineHostsController } from './operations/engine-hosts.controller.js';
import { OperationsController } from './operations/operations.controller.js';
import { ResponsesController } from './responses/responses.controller.js';
import { ScanHitsController } from './scanner/scan-hits.controller.js';
import { ScannerPolicyController } from './scanner/scanner-policy.controller.js';
import { TranscriptionsController } from './transcriptions/transcriptions.controller.js';
import { WordListsController } from './scanner/word-lists.controller.js';
import { SourceSyncsController } from './sources/source-syncs.controller.js';
import { SourcesController } from './sources/sources.controller.js';

/** Every door there is. */
export const controllers = [
  AskController,
  ChatController,
  ResponsesController,
  EmbeddingsController,
  TranscriptionsController,
  DraftsController,
  ChoicesController,
  ConversationsController,
  CollectionsController,
  DocumentsController,
  DocumentReadersController,
  FoldersController,
  FolderReadersController,
  UploadsController,
  SessionController,
  SessionsController,
  AccountController,
  KeysController,
  OverviewController,
  VectorsController,
  ModelServersController,
  UsersController,
  GroupsController,
  QuotasController,
  WordsController,
  SettingsController,
  AuditController,
  FirewallSetupController,
  FirewallWorkbenchController,
  FirewallCasesController,
  DocumentCasesController,
  ScannerPolicyController,
  WordListsController,
  ScanHitsController,
  SourcesController,
  SourceSyncsController,
  EngineHostsController,
  OperationsController,
];
