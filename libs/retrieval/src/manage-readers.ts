import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { explainAccess, type AccessExplanation } from './explain-access.js';
import { flattenCollection, flattenDocument } from './flatten-access.js';
import { PRINCIPAL_NAME, unknownPrincipals, type NamedReader } from './name-principals.js';
import { unknownReader } from './retrieval.errors.js';
import type { Effect } from './store/reader.entity.js';

export interface Reader {
  /** `everyone`, `user:<id>` or `group:<id>`. */
  readonly principal: string;
  readonly effect: Effect;
}

export interface ReaderList {
  readonly readers: NamedReader[];
  /** What a document takes from its collection; empty for a collection. */
  readonly inherited: NamedReader[];
}

/** Who may read what. For those who hold `documents.write`; the door has checked it. Null: no such thing here. */
export class Readers {
  constructor(private readonly database: Database) {}

  ofCollection(ctx: CallContext, collectionId: string): Promise<ReaderList | null> {
    return this.database.transaction(ctx, (tx) => listOfCollection(tx, collectionId), { access: 'all' });
  }

  ofDocument(ctx: CallContext, documentId: string): Promise<ReaderList | null> {
    return this.database.transaction(ctx, (tx) => listOfDocument(tx, documentId), { access: 'all' });
  }

  /** Replaces the list; in force for every search that begins after the commit. */
  setOfCollection(
    ctx: CallContext,
    collectionId: string,
    readers: readonly Reader[],
  ): Promise<ReaderList | null> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        const found = await tx.query('select id from collection where id = $1 for update', [collectionId]);
        if (found.length === 0) return null;
        await replace(tx, 'collection_id', collectionId, readers);
        await flattenCollection(tx, collectionId);
        return listOfCollection(tx, collectionId);
      },
      { access: 'all' },
    );
  }

  /** Overrides what the document inherits; an empty list inherits again. */
  setOfDocument(
    ctx: CallContext,
    documentId: string,
    readers: readonly Reader[],
  ): Promise<ReaderList | null> {
    return this.database.transaction(
      ctx,
      async (tx) => {
        const found = await tx.query(
          'select id from document where id = $1 and deleted_at is null for update',
          [documentId],
        );
        if (found.length === 0) return null;
        await replace(tx, 'document_id', documentId, readers);
        await flattenDocument(tx, documentId);
        return listOfDocument(tx, documentId);
      },
      { access: 'all' },
    );
  }

  /** Why a person can or cannot read a document. */
  explain(ctx: CallContext, userId: string, documentId: string): Promise<AccessExplanation | null> {
    return this.database.transaction(ctx, (tx) => explainAccess(tx, userId, documentId), { access: 'all' });
  }
}

async function replace(
  tx: Tx,
  column: 'collection_id' | 'document_id',
  id: string,
  readers: readonly Reader[],
): Promise<void> {
  const effects = new Map<string, Effect>();
  // The same principal twice: deny wins here too.
  for (const { principal, effect } of readers) {
    if (effects.get(principal) !== 'deny') effects.set(principal, effect);
  }
  const unknown = await unknownPrincipals(tx, [...effects.keys()]);
  if (unknown.length > 0) throw unknownReader(unknown);
  await tx.query(`delete from reader where ${column} = $1`, [id]);
  await tx.query(
    `insert into reader (tenant_id, ${column}, principal, effect)
     select app_tenant(), $1, r.principal, r.effect from unnest($2::text[], $3::text[]) as r (principal, effect)`,
    [id, [...effects.keys()], [...effects.values()]],
  );
}

async function listOfCollection(tx: Tx, collectionId: string): Promise<ReaderList | null> {
  const found = await tx.query('select id from collection where id = $1', [collectionId]);
  return found.length === 0
    ? null
    : { readers: await named(tx, 'collection_id', collectionId), inherited: [] };
}

async function listOfDocument(tx: Tx, documentId: string): Promise<ReaderList | null> {
  const [found] = await tx.query<{ collection_id: string }>(
    'select collection_id from document where id = $1 and deleted_at is null',
    [documentId],
  );
  if (!found) return null;
  return {
    readers: await named(tx, 'document_id', documentId),
    inherited: await named(tx, 'collection_id', found.collection_id),
  };
}

function named(tx: Tx, column: 'collection_id' | 'document_id', id: string): Promise<NamedReader[]> {
  return tx.query<NamedReader & Record<string, unknown>>(
    `select r.principal, r.effect, ${PRINCIPAL_NAME} as name from reader r where r.${column} = $1 order by r.effect desc, 3`,
    [id],
  );
}
