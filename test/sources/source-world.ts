import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewSource, SourceRow } from '@lorekeep/contracts';
import { newSource } from '@lorekeep/contracts';
import { AcceptDocument, documentsOfSources, RestartDocument } from '@lorekeep/document-path';
import { loadConfig } from '@lorekeep/kit/config';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { DocumentStore, SourcedDocuments } from '@lorekeep/retrieval';
import { Fixture } from '@lorekeep/retrieval/testing';
import {
  createSources,
  sourceConfigSchema,
  type SourceDocuments,
  type SourcesDomain,
} from '@lorekeep/sources';

export interface Recorded {
  readonly kind: string;
  readonly outcome?: string;
  readonly detail: Record<string, unknown>;
}

/** A tenant with one collection, the domain on a real database, and documents that take the real way in. */
export class SourceWorld {
  readonly records: Recorded[] = [];
  domain!: SourcesDomain;
  writer!: CallContext;
  collectionId = '';

  private constructor(
    readonly clone: ClonedDatabase,
    readonly fixture: Fixture,
    /** Scratch; DATA_DIR is `data` in it. */
    readonly folder: string,
  ) {}

  static async open(): Promise<SourceWorld> {
    const clone = await cloneDatabase();
    return new SourceWorld(
      clone,
      await Fixture.open(clone, 12),
      await mkdtemp(join(tmpdir(), 'lorekeep-sources-')),
    );
  }

  /** A tenant of its own. `wrap` may stand between the domain and the documents. */
  async begin(
    settings: Record<string, string> = {},
    wrap: (documents: SourceDocuments) => SourceDocuments = (documents) => documents,
    slug = `t-${crypto.randomUUID()}`,
  ): Promise<void> {
    await this.domain?.close();
    this.writer = await this.fixture.tenant(slug);
    this.collectionId = await this.fixture.collection(this.writer, 'handbook');
    this.records.length = 0;
    const record = (_: CallContext, entry: Recorded): Promise<void> => {
      this.records.push(entry);
      return Promise.resolve();
    };
    const store = new DocumentStore(this.fixture.database);
    const documents = documentsOfSources(
      new AcceptDocument(store, record, { DOCUMENT_MAX_BYTES: 1_000_000 }),
      new RestartDocument(store, record),
      new SourcedDocuments(this.fixture.database),
    );
    const config = loadConfig(sourceConfigSchema, {
      SOURCE_FOLDERS: `${slug}=${this.folder}`,
      SOURCE_PRIVATE_ADDRESSES: 'true',
      SOURCE_PLAIN_HTTP: 'true',
      SOURCE_TIMEOUT_SECONDS: '1',
      ...settings,
    });
    this.domain = await createSources(
      { database: this.fixture.database, documents: wrap(documents), audit: record },
      config,
      join(this.folder, 'data'),
    );
  }

  async close(): Promise<void> {
    await this.domain?.close();
    await this.fixture.close();
    await this.clone.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  add(settings: Record<string, unknown>, more: Partial<NewSource> = {}): Promise<SourceRow> {
    const body = newSource.parse({
      name: `s-${crypto.randomUUID()}`,
      collectionId: this.collectionId,
      settings,
      ...more,
    });
    return this.domain.sources.create(this.writer, body);
  }

  /** Orders a sync and makes it here; returns the source as it is then. */
  async sync(id: string, options: { allowDeletions?: boolean; ingest?: boolean } = {}): Promise<SourceRow> {
    await this.domain.sources.sync(this.writer, id, { allowDeletions: options.allowDeletions ?? false });
    await this.work(id);
    if (options.ingest !== false) await this.ingest();
    return this.source(id);
  }

  /** Makes the sync that is ordered. */
  async work(id: string): Promise<unknown> {
    return this.domain.sync.run(this.writer, await this.runId(id));
  }

  async runId(id: string): Promise<string> {
    return (await this.source(id)).lastRun?.id ?? '';
  }

  async source(id: string): Promise<SourceRow> {
    const row = await this.domain.sources.get(this.writer, id);
    if (!row) throw new Error('no source');
    return row;
  }

  /** Every document that waits becomes ready with its file as its one passage. */
  async ingest(): Promise<void> {
    const store = new DocumentStore(this.fixture.database);
    const waiting = await this.sql<{ id: string; content: Buffer; title: string }>(
      `select d.id, d.title, c.content from document d join document_content c on c.document_id = d.id
        where d.state = 'received' and d.deleted_at is null order by d.created_at`,
    );
    for (const { id, content, title } of waiting)
      await store.finish(this.writer, id, {
        title,
        language: 'en',
        pages: null,
        passages: [{ heading: '', page: null, content: content.toString('utf8'), language: 'en' }],
      });
  }

  /** Path and text of what is searched, by path. */
  async tree(): Promise<Record<string, string>> {
    const rows = await this.sql<{ path: string; text: string }>(
      `with recursive way (id, path) as (
         select id, name || '/' from folder where parent_id is null
         union all select f.id, w.path || f.name || '/' from folder f join way w on w.id = f.parent_id)
       select coalesce(w.path, '') || d.file_name as path, p.content as text
         from document d join passage p on p.document_id = d.id left join way w on w.id = d.folder_id
        where d.state = 'ready' and d.deleted_at is null and d.replaced_at is null order by 1, 2`,
    );
    return Object.fromEntries(rows.map(({ path, text }) => [path, text]));
  }

  /** Document of each path. */
  async ids(): Promise<Record<string, string>> {
    const rows = await this.sql<{ name: string; id: string }>(
      `select file_name as name, id from document where deleted_at is null and replaced_at is null order by 1`,
    );
    return Object.fromEntries(rows.map(({ name, id }) => [name, id]));
  }

  async files(id: string): Promise<Record<string, string>> {
    const found = await this.domain.sources.files(this.writer, id, { limit: 200, offset: 0 });
    return Object.fromEntries((found?.rows ?? []).map((row) => [row.path, row.reasonCode ?? row.state]));
  }

  sql<Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.fixture.database.once<Row>(this.writer, text, values, { access: 'all' });
  }
}

/** What the last sync counted, without zeros. */
export function counts(source: SourceRow): Record<string, number> {
  const { added, changed, moved, deleted, unchanged, skipped, failed, missing } = source.lastRun ?? {};
  return Object.fromEntries(
    Object.entries({ added, changed, moved, deleted, unchanged, skipped, failed, missing }).filter(
      ([, count]) => count !== 0 && count !== undefined,
    ),
  ) as Record<string, number>;
}
