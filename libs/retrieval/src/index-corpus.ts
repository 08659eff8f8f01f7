import { createHash } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { MergeSegments } from './merge-segments.js';
import { RebuildIndex } from './rebuild-index.js';

/** A document of one passage, however long. */
export interface CorpusDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** What one transaction stores. */
const BATCH_DOCUMENTS = 2_000;
const BATCH_CHARACTERS = 8_000_000;

/** Waits for another process that is at the same index. */
const WAIT_MS = 250;

/**
 * Puts a corpus for evaluation into a collection that everybody of the tenant may read, indexed as documents are
 * indexed again after an upgrade. A passage's `fileName` is the id of its document. `progress`: documents so far.
 */
export async function indexCorpus(
  database: Database,
  ctx: CallContext,
  documents: AsyncIterable<CorpusDocument>,
  progress: (done: number) => void,
): Promise<void> {
  const collectionId = crypto.randomUUID();
  await database.transaction(
    ctx,
    async (tx) => {
      await tx.query(
        `insert into collection (id, tenant_id, slug, name) values ($1, app_tenant(), 'corpus', 'Corpus')`,
        [collectionId],
      );
      await tx.query(
        `insert into access_entry (access_id, principal, tenant_id, effect) values ($1, 'everyone', app_tenant(), 'allow')`,
        [collectionId],
      );
    },
    { access: 'all' },
  );
  let batch: CorpusDocument[] = [];
  let characters = 0;
  let done = 0;
  const flush = async (): Promise<void> => {
    await insert(database, ctx, collectionId, batch);
    await indexBatch(database, ctx);
    progress((done += batch.length));
    batch = [];
    characters = 0;
  };
  for await (const document of documents) {
    ctx.signal.throwIfAborted();
    batch.push(document);
    characters += document.title.length + document.text.length;
    if (batch.length >= BATCH_DOCUMENTS || characters >= BATCH_CHARACTERS) await flush();
  }
  if (batch.length > 0) await flush();
}

async function insert(
  database: Database,
  ctx: CallContext,
  collectionId: string,
  documents: readonly CorpusDocument[],
): Promise<void> {
  const ids = documents.map(() => crypto.randomUUID());
  await database.transaction(
    ctx,
    async (tx) => {
      await tx.query(
        `insert into document (id, tenant_id, collection_id, access_id, lineage_id, title, file_name, media_type, bytes,
                               sha256, state, passages)
         select d.id, app_tenant(), $1, $1, d.id, d.title, d.name, 'text/plain', 0, d.hash, 'ready', 1
           from unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[]) as d (id, title, name, hash)`,
        [
          collectionId,
          ids,
          documents.map(({ title }) => storable(title)),
          documents.map(({ id }) => id),
          ids.map((id) => createHash('sha256').update(id).digest()),
        ],
      );
      await tx.query(
        `insert into passage (tenant_id, document_id, ordinal, content, terms)
         select app_tenant(), p.id, 0, p.content, 0 from unnest($1::uuid[], $2::text[]) as p (id, content)`,
        [ids, documents.map(({ text }) => storable(text))],
      );
    },
    { access: 'all', durable: false },
  );
}

/** Postgres keeps no NUL in a text. */
const storable = (text: string): string => text.replaceAll('\0', ' ');

async function indexBatch(database: Database, ctx: CallContext): Promise<void> {
  const rebuild = new RebuildIndex(database);
  const merge = new MergeSegments(database);
  for (;;) {
    ctx.signal.throwIfAborted();
    const batch = await rebuild.batch(ctx);
    if (batch?.documents === 0) break;
    if (!batch) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  while (await merge.run(ctx)) ctx.signal.throwIfAborted();
}
