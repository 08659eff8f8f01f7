import type { Provider } from '@nestjs/common';
import { Audit } from '@lorekeep/audit';
import { AcceptDocument, documentsOfSources, RestartDocument } from '@lorekeep/document-path';
import { Database } from '@lorekeep/kit/database';
import { SourcedDocuments } from '@lorekeep/retrieval';
import { createSources, GrantedFolders, Sources, TestSource, type SourcesDomain } from '@lorekeep/sources';
import { GATEWAY_CONFIG } from '../gateway.config.js';
import type { AppConfig } from './app-config.js';

const SOURCES = Symbol('sources');

/** The gateway keeps and tests sources; syncs are the worker's. */
export const sourceProviders: Provider[] = [
  {
    provide: SOURCES,
    useFactory: (
      database: Database,
      audit: Audit,
      config: AppConfig,
      accept: AcceptDocument,
      restart: RestartDocument,
    ): Promise<SourcesDomain> =>
      createSources(
        {
          database,
          documents: documentsOfSources(accept, restart, new SourcedDocuments(database)),
          audit: (ctx, record) => audit.append(ctx, record),
        },
        config,
        config.DATA_DIR,
      ),
    inject: [Database, Audit, GATEWAY_CONFIG, AcceptDocument, RestartDocument],
  },
  { provide: Sources, useFactory: ({ sources }: SourcesDomain) => sources, inject: [SOURCES] },
  { provide: GrantedFolders, useFactory: ({ folders }: SourcesDomain) => folders, inject: [SOURCES] },
  { provide: TestSource, useFactory: ({ test }: SourcesDomain) => test, inject: [SOURCES] },
];
