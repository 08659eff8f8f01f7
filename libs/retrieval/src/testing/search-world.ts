import { createHash } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { Indexer } from '../index-passages.js';

/** Words that follow Zipf's law, so that lists of all lengths meet. */
export class RandomText {
  constructor(
    private readonly random: () => number,
    private readonly words: number,
  ) {}

  word(): string {
    const rank = Math.floor(this.words ** this.random());
    return `w${rank.toString(36)}x`;
  }

  passage(words: number): string {
    return Array.from({ length: 1 + Math.floor(this.random() * words) }, () => this.word()).join(' ');
  }
}

/** Documents straight into the tables, with the access list that a spec wants: what a search sees, in few statements. */
export class SearchWorld {
  private readonly indexer: Indexer;

  constructor(
    readonly database: Database,
    readonly writer: CallContext,
  ) {
    this.indexer = new Indexer(database);
  }

  /** Replaces the access list: principal, and whether it is denied. */
  async access(accessId: string, entries: Readonly<Record<string, 'allow' | 'deny'>>): Promise<void> {
    await this.database.transaction(
      this.writer,
      async (tx) => {
        await tx.query('delete from access_entry where access_id = $1', [accessId]);
        for (const [principal, effect] of Object.entries(entries))
          await tx.query(
            'insert into access_entry (access_id, principal, tenant_id, effect) values ($1, $2, app_tenant(), $3)',
            [accessId, principal, effect],
          );
      },
      { access: 'all' },
    );
  }

  /** A ready document; `accessId` is its collection unless said otherwise. */
  async document(
    collectionId: string,
    title: string,
    contents: readonly string[],
    accessId = collectionId,
  ): Promise<string> {
    const id = crypto.randomUUID();
    await this.database.transaction(
      this.writer,
      async (tx) => {
        await tx.query(
          `insert into document (id, tenant_id, collection_id, access_id, lineage_id, title, file_name, media_type, bytes,
                                 sha256, state)
           values ($1, app_tenant(), $2, $3, $1, $4, 'file.md', 'text/markdown', 1, $5, 'ready')`,
          [id, collectionId, accessId, title, createHash('sha256').update(id).digest()],
        );
        await this.indexer.index(tx, this.writer, id, contents.map(plain));
      },
      { access: 'all', durable: false },
    );
    return id;
  }

  async reindex(documentId: string, contents: readonly string[]): Promise<void> {
    await this.database.transaction(
      this.writer,
      (tx) => this.indexer.index(tx, this.writer, documentId, contents.map(plain)),
      { access: 'all', durable: false },
    );
  }

  /** Any column of the document's row. */
  async set(documentId: string, assignment: string, ...values: unknown[]): Promise<void> {
    await this.database.once(
      this.writer,
      `update document set ${assignment} where id = $1`,
      [documentId, ...values],
      { access: 'all' },
    );
  }
}

const plain = (content: string) => ({ heading: '', page: null, content, language: 'en' });
