import { loadConfig } from '@lorekeep/kit/config';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import type { SourcesDomain } from '@lorekeep/sources';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import type { Domains } from '../database/connect-domains.js';
import { withDomains } from '../database/with-domains.js';

export interface OpenSources {
  readonly ctx: CallContext;
  readonly sources: SourcesDomain['sources'];
  readonly domains: Domains;
}

/** Runs `work` with the sources of one organisation, as the gateway has them. */
export function withSources<T>(
  context: CommandContext,
  tenant: string,
  work: (open: OpenSources) => Promise<T>,
): Promise<T> {
  return withDomains(context, async (domains) => {
    const tenantId = await domains.auth.tenants.idOf(tenant);
    if (!tenantId)
      throw new CliError(`There is no organisation ${tenant}: create it with lorekeep create-tenant.`);
    const { AcceptDocument, documentPathConfigSchema, documentsOfSources, RestartDocument } =
      await import('@lorekeep/document-path');
    const { DocumentStore, SourcedDocuments } = await import('@lorekeep/retrieval');
    const { createSources, sourceConfigSchema } = await import('@lorekeep/sources');
    const { application, audit } = domains;
    const store = new DocumentStore(application);
    const record: ConstructorParameters<typeof AcceptDocument>[1] = (ctx, entry) => audit.append(ctx, entry);
    const limits = loadConfig(documentPathConfigSchema, context.environment);
    const documents = documentsOfSources(
      new AcceptDocument(store, record, limits),
      new RestartDocument(store, record),
      new SourcedDocuments(application),
    );
    const domain = await createSources(
      { database: application, documents, audit: (ctx, entry) => audit.append(ctx, entry) },
      loadConfig(sourceConfigSchema, context.environment),
      context.settings().dataDir,
    );
    try {
      const ctx = systemContext(tenantId, { signal: context.signal });
      return await work({ ctx, sources: domain.sources, domains });
    } finally {
      await domain.close();
    }
  });
}
