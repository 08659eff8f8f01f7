import type { Provider } from '@nestjs/common';
import { Audit } from '@lorekeep/audit';
import { Conversations } from '@lorekeep/conversations';
import { AcceptDocument, RestartDocument, type DocumentAudit } from '@lorekeep/document-path';
import { Drafts } from '@lorekeep/drafts';
import type { Clock } from '@lorekeep/kit/clock';
import { Database } from '@lorekeep/kit/database';
import { Collections, Documents, DocumentStore, Folders, Readers, Versions } from '@lorekeep/retrieval';
import { GATEWAY_CONFIG } from '../gateway.config.js';
import type { AppConfig } from './app-config.js';
import { CLOCK } from './tokens.js';

const onDatabase = <T>(token: new (database: Database) => T): Provider => ({
  provide: token,
  useFactory: (database: Database) => new token(database),
  inject: [Database],
});

const recordWith =
  (audit: Audit): DocumentAudit =>
  (ctx, record) =>
    audit.append(ctx, record);

export const documentProviders: Provider[] = [
  onDatabase(Collections),
  onDatabase(Documents),
  onDatabase(Readers),
  onDatabase(Folders),
  onDatabase(Versions),
  onDatabase(DocumentStore),
  {
    provide: AcceptDocument,
    useFactory: (store: DocumentStore, audit: Audit, config: AppConfig) =>
      new AcceptDocument(store, recordWith(audit), config),
    inject: [DocumentStore, Audit, GATEWAY_CONFIG],
  },
  {
    provide: RestartDocument,
    useFactory: (store: DocumentStore, audit: Audit) => new RestartDocument(store, recordWith(audit)),
    inject: [DocumentStore, Audit],
  },
  {
    provide: Conversations,
    useFactory: (database: Database, clock: Clock) => new Conversations(database, clock),
    inject: [Database, CLOCK],
  },
  {
    provide: Drafts,
    useFactory: (database: Database, clock: Clock) => new Drafts(database, clock),
    inject: [Database, CLOCK],
  },
];
