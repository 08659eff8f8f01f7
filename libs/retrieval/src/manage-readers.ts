import type { CallContext } from '@lorekeep/kit/context';
import type { Database, Tx } from '@lorekeep/kit/database';
import { explainAccess, type AccessExplanation, type ExplainedScope } from './explain-access.js';
import { flattenCollection, flattenDocuments, flattenFolder, lockCollections } from './flatten-access.js';
import { lockDocument, lockFolder } from './lock-place.js';
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
  /** What a folder or document takes from what it is in: allowed where it allows nobody itself, denied always. */
  readonly inherited: NamedReader[];
}

/** Where a person or group is denied. */
export interface Denial {
  readonly scope: 'collection' | 'folder' | 'document';
  readonly id: string;
  readonly name: string;
}

/** As many places as a sentence may name. */
export const DENIALS_NAMED = 20;

const ALL = { access: 'all' } as const;
const COLUMN = { collection: 'collection_id', folder: 'folder_id', document: 'document_id' } as const;

/** Who may read what. For those who hold `documents.write`; the door has checked it. Null: no such thing here. */
export class Readers {
  constructor(private readonly database: Database) {}

  ofCollection(ctx: CallContext, collectionId: string): Promise<ReaderList | null> {
    return this.database.transaction(ctx, (tx) => listOf(tx, 'collection', collectionId), ALL);
  }

  ofFolder(ctx: CallContext, folderId: string): Promise<ReaderList | null> {
    return this.database.transaction(ctx, (tx) => listOf(tx, 'folder', folderId), ALL);
  }

  ofDocument(ctx: CallContext, documentId: string): Promise<ReaderList | null> {
    return this.database.transaction(ctx, (tx) => listOf(tx, 'document', documentId), ALL);
  }

  /** Replaces the list; in force for every statement that begins after the commit. No document is touched. */
  setOfCollection(ctx: CallContext, id: string, readers: readonly Reader[]): Promise<ReaderList | null> {
    return this.set(ctx, async (tx) => {
      if ((await lockCollections(tx, [id], 'change')).length === 0) return null;
      await replace(tx, 'collection', id, readers);
      await flattenCollection(tx, id);
      return listOf(tx, 'collection', id);
    });
  }

  /** Overrides what the folder inherits, for all that is beneath; an empty list inherits again. */
  setOfFolder(ctx: CallContext, id: string, readers: readonly Reader[]): Promise<ReaderList | null> {
    return this.set(ctx, async (tx) => {
      const folder = await lockFolder(tx, id);
      if (!folder) return null;
      await replace(tx, 'folder', id, readers);
      await flattenFolder(tx, folder.collectionId, id);
      return listOf(tx, 'folder', id);
    });
  }

  /** Overrides what the document inherits, for all its versions; an empty list inherits again. */
  setOfDocument(ctx: CallContext, id: string, readers: readonly Reader[]): Promise<ReaderList | null> {
    return this.set(ctx, async (tx) => {
      const document = await lockDocument(tx, id);
      if (!document) return null;
      await replace(tx, 'document', document.lineageId, readers);
      await flattenDocuments(tx, [document.lineageId]);
      return listOf(tx, 'document', id);
    });
  }

  /** Why a person can or cannot read a document, or what is in a folder or collection. */
  explain(ctx: CallContext, userId: string, scope: ExplainedScope): Promise<AccessExplanation | null> {
    return this.database.transaction(ctx, (tx) => explainAccess(tx, userId, scope), ALL);
  }

  /** Where a person or group is denied, at most DENIALS_NAMED places: who is taken out of it would be let in there. */
  denials(ctx: CallContext, principal: string): Promise<Denial[]> {
    return this.database.once<Denial & Record<string, unknown>>(
      ctx,
      `select case when r.collection_id is not null then 'collection' when r.folder_id is not null then 'folder'
                   else 'document' end as scope,
              coalesce(r.collection_id, r.folder_id, d.id) as id, coalesce(c.name, f.name, d.title) as name
         from reader r left join collection c on c.id = r.collection_id left join folder f on f.id = r.folder_id
         left join document d on d.lineage_id = r.document_id and d.deleted_at is null and d.replaced_at is null
        where r.tenant_id = app_tenant() and r.principal = $1 and r.effect = 'deny'
          and (r.document_id is null or d.id is not null)
        order by 1, 3, 2 limit ${DENIALS_NAMED}`,
      [principal],
      ALL,
    );
  }

  private set(ctx: CallContext, work: (tx: Tx) => Promise<ReaderList | null>): Promise<ReaderList | null> {
    return this.database.transaction(ctx, work, ALL);
  }
}

type Scope = keyof typeof COLUMN;

async function replace(tx: Tx, scope: Scope, id: string, readers: readonly Reader[]): Promise<void> {
  const effects = new Map<string, Effect>();
  // The same principal twice: deny wins here too.
  for (const { principal, effect } of readers) {
    if (effects.get(principal) !== 'deny') effects.set(principal, effect);
  }
  const column = COLUMN[scope];
  const kept = await tx.query<{ principal: string }>(
    `delete from reader where ${column} = $1 returning principal`,
    [id],
  );
  // A group that is gone may stay where it was named: without it a list that lets nobody in would inherit.
  const known = new Set(kept.map(({ principal }) => principal));
  const unknown = await unknownPrincipals(
    tx,
    [...effects.keys()].filter((principal) => !known.has(principal)),
  );
  if (unknown.length > 0) throw unknownReader(unknown);
  await tx.query(
    `insert into reader (tenant_id, ${column}, principal, effect)
     select app_tenant(), $1, r.principal, r.effect from unnest($2::text[], $3::text[]) as r (principal, effect)`,
    [id, [...effects.keys()], [...effects.values()]],
  );
}

const LIVE: Record<Scope, string> = {
  collection:
    'select id as key, null::uuid as collection_id, null::uuid as folder_id from collection where id = $1',
  folder: 'select id as key, collection_id, parent_id as folder_id from folder where id = $1',
  document: `select lineage_id as key, collection_id, folder_id from document where id = $1 and deleted_at is null`,
};

async function listOf(tx: Tx, scope: Scope, id: string): Promise<ReaderList | null> {
  const [found] = await tx.query<{ key: string; collection_id: string | null; folder_id: string | null }>(
    LIVE[scope],
    [id],
  );
  if (!found) return null;
  const readers = await tx.query<NamedReader & Record<string, unknown>>(
    `select r.principal, r.effect, ${PRINCIPAL_NAME} as name from reader r
      where r.${COLUMN[scope]} = $1 order by r.effect desc, 3`,
    [found.key],
  );
  if (!found.collection_id) return { readers, inherited: [] };
  // Flattened already: the list of what it is in.
  const inherited = await tx.query<NamedReader & Record<string, unknown>>(
    `select r.principal, r.effect, ${PRINCIPAL_NAME} as name from access_entry r
      where r.access_id = coalesce((select access_id from folder where id = $1), $2) order by r.effect desc, 3`,
    [found.folder_id, found.collection_id],
  );
  return { readers, inherited };
}
