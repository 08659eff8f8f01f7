import { AcceptDocument, documentPathConfigSchema } from '@lorekeep/document-path';
import { loadConfig } from '@lorekeep/kit/config';
import { Collections, Documents, DocumentStore, Readers } from '@lorekeep/retrieval';
import type { Environment } from '../command-context.js';
import type { Domains } from '../database/connect-domains.js';

export interface DocumentVerbs {
  readonly accept: AcceptDocument;
  readonly collections: Collections;
  readonly documents: Documents;
  readonly readers: Readers;
}

/** Files go the way of every upload: accepted here, read by the worker. */
export function documentVerbs({ application, audit }: Domains, environment: Environment): DocumentVerbs {
  const limits = loadConfig(documentPathConfigSchema, environment);
  return {
    accept: new AcceptDocument(
      new DocumentStore(application),
      (ctx, record) => audit.append(ctx, record),
      limits,
    ),
    collections: new Collections(application),
    documents: new Documents(application),
    readers: new Readers(application),
  };
}
