import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

type Row = Record<string, string | null>;
type List = ReadonlyMap<string, 'allow' | 'deny'>;

/**
 * The rule of access as DESIGN.md says it, worked out document by document from what administrators have said, and
 * what the flattened lists say instead; for specs. One line per difference.
 */
export async function compareAccess(database: Database, writer: CallContext): Promise<string[]> {
  const rows = (sql: string): Promise<Row[]> => database.once<Row>(writer, sql, [], { access: 'all' });
  const folders = new Map(
    (await rows('select id, collection_id, parent_id, access_id from folder')).map((f) => [f.id, f]),
  );
  const readers = await rows('select collection_id, folder_id, document_id, principal, effect from reader');
  const entries = await rows('select access_id, principal, effect from access_entry');
  const documents = await rows(
    'select id, lineage_id, collection_id, folder_id, access_id from document where deleted_at is null',
  );
  const collections = await rows('select id from collection');

  const own = (column: string, id: string | null): Row[] => readers.filter((reader) => reader[column] === id);
  const chainOf = (
    collectionId: string | null,
    folderId: string | null,
    lineageId: string | null,
  ): Row[][] => {
    const chain: Row[][] = lineageId === null ? [] : [own('document_id', lineageId)];
    for (let at = folders.get(folderId); at; at = folders.get(at.parent_id ?? ''))
      chain.push(own('folder_id', at.id ?? ''));
    return [...chain, own('collection_id', collectionId)];
  };
  const differences: string[] = [];
  const compare = (name: string, accessId: string | null, chain: Row[][], owner: string | null): void => {
    const stored = new Map(
      entries.filter((e) => e.access_id === accessId).map((e) => [e.principal, e.effect]),
    );
    const said = textOf(ruleOf(chain));
    if (textOf(stored as List) !== said)
      differences.push(`${name}: ${textOf(stored as List)} instead of ${said}`);
    // A list of its own exactly where it names readers.
    const named = (chain[0] ?? []).length > 0;
    if (owner !== null && (accessId === owner) !== named)
      differences.push(`${name}: points to ${accessId ?? ''}`);
  };
  for (const { id } of collections)
    compare(`collection ${id}`, id ?? '', chainOf(id ?? null, null, null), null);
  for (const f of folders.values())
    compare(
      `folder ${f.id}`,
      f.access_id ?? '',
      chainOf(f.collection_id ?? null, f.id ?? null, null),
      f.id ?? '',
    );
  for (const d of documents) {
    const chain = chainOf(d.collection_id ?? null, d.folder_id ?? null, d.lineage_id ?? null);
    compare(`document ${d.id}`, d.access_id ?? '', chain, d.lineage_id ?? '');
  }
  const known = new Set([...collections, ...folders.values()].map(({ id }) => id));
  for (const { lineage_id } of documents) known.add(lineage_id);
  for (const { access_id } of entries)
    if (!known.has(access_id)) differences.push(`a list of nothing: ${access_id}`);
  return differences;
}

function ruleOf(chain: readonly Row[][]): List {
  const list = new Map<string, 'allow' | 'deny'>();
  const nearest = chain.find((scope) => scope.some(({ effect }) => effect === 'allow')) ?? [];
  for (const { principal, effect } of nearest) if (effect === 'allow') list.set(principal ?? '', 'allow');
  for (const { principal, effect } of chain.flat()) if (effect === 'deny') list.set(principal ?? '', 'deny');
  return list;
}

const textOf = (list: List): string =>
  [...list]
    .map(([principal, effect]) => `${effect} ${principal}`)
    .sort()
    .join(', ');
