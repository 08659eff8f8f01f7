import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { FoundPassage } from '../search-passages.js';

/** Where a passage is in its document, and the number of the document's first passage when it was scored. */
export interface PassagePlace {
  readonly documentId: string;
  readonly first: number;
  readonly ordinal: number;
}

/**
 * Under row security, which asks for the permission again. A document that was indexed anew, replaced or deleted since
 * it was scored has other passages or none, and gives no row.
 */
export const PASSAGES_STATEMENT = `
select w.place::int as place, p.id, d.id as "documentId", d.title, d.file_name as "fileName", c.name as collection,
       p.heading, p.page, p.ordinal, p.content, p.language, d.released
  from unnest($1::uuid[], $2::int[], $3::bigint[]) with ordinality as w (document_id, ordinal, first_passage, place)
  join document d on d.id = w.document_id and d.first_passage = w.first_passage
  join passage p on p.document_id = w.document_id and p.ordinal = w.ordinal
  join collection c on c.id = d.collection_id
 where d.tenant_id = (select app_tenant()) and d.state = 'ready' and d.deleted_at is null and d.replaced_at is null`;

export type ReadPassage = Omit<FoundPassage, 'score'> & { readonly place: number };

/** The passages that are still there and may be read, by their place in `places`. */
export async function readPassages(
  database: Database,
  ctx: CallContext,
  places: readonly PassagePlace[],
  timeout: number,
): Promise<Map<number, Omit<FoundPassage, 'score'>>> {
  if (places.length === 0) return new Map();
  const rows = await database.once<ReadPassage & Record<string, unknown>>(
    ctx,
    PASSAGES_STATEMENT,
    [
      places.map(({ documentId }) => documentId),
      places.map(({ ordinal }) => ordinal),
      places.map(({ first }) => first),
    ],
    { timeout, prepared: 'search-passages' },
  );
  return new Map(rows.map(({ place, ...passage }) => [place - 1, passage]));
}
