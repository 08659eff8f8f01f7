import { systemContext } from '@lorekeep/kit/context';
import { join } from 'node:path';
import { connectDomains, type Domains } from '../database/connect-domains.js';
import { documentVerbs } from '../ingest/document-verbs.js';
import { ensureCollection } from '../ingest/ensure-collection.js';
import { ingestFiles, type FileOutcome } from '../ingest/ingest-files.js';
import { readHandbook, type Handbook } from './read-handbook.js';
import { readSampleState, writeSampleState } from './sample-state.js';
import { SAMPLE_TENANT } from './sample-accounts.js';
import type { SeedOptions } from './seed.js';

/** How often the count is shown. */
const SHOW_EVERY = 10;

/**
 * Ingests the sample handbook once, where the sample accounts were created; the worker must be running. An interrupted
 * ingestion goes on: what is there already is recognised by its content.
 */
export async function ingestHandbook(options: SeedOptions & { readonly signal: AbortSignal }): Promise<void> {
  const { settings, environment, database } = options;
  const state = readSampleState(settings.dataDir);
  if (state.accounts === 'none' || state.handbook === 'done') return;
  const handbook = readHandbook(settings.checkout);
  if (!handbook) return;
  await connectDomains(database, settings, environment, (domains) => ingest(options, domains, handbook));
  writeSampleState(settings.dataDir, { ...readSampleState(settings.dataDir), handbook: 'done' });
}

async function ingest(
  { environment, progress, signal }: SeedOptions & { readonly signal: AbortSignal },
  domains: Domains,
  handbook: Handbook,
): Promise<void> {
  const tenantId = await domains.auth.tenants.idOf(SAMPLE_TENANT.slug);
  if (!tenantId) return;
  const ctx = systemContext(tenantId, { signal });
  const verbs = documentVerbs(domains, environment);
  const collections = new Map<string, string>();
  for (const { slug, name, readers } of handbook.collections) {
    collections.set(slug, await ensureCollection(ctx, domains, verbs, { slug, name: name.en, readers }));
  }
  const total = handbook.documents.length;
  const show = (outcome: FileOutcome, done: number) => {
    if (outcome.reason) progress.step(`  ${outcome.name}: ${outcome.reason}`);
    if (done % SHOW_EVERY === 0 || done === total) progress.step(`  ${done} of ${total} documents`);
  };
  progress.step(`Reading the sample handbook: ${total} documents`);
  const files = handbook.documents.map(({ path, collection }) => ({
    path: join(handbook.folder, path),
    name: path,
    collectionId: collections.get(collection) ?? '',
  }));
  await ingestFiles(ctx, verbs, { files, onOutcome: show });
}
