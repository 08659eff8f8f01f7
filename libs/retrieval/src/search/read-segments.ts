import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { isUuid } from '@lorekeep/kit/sql';
import {
  DamagedSegment,
  decodeDirectoryColumns,
  findInBlock,
  termKey,
  type DirectoryColumns,
} from '../segment-codec.js';
import type { HeldBlock, SegmentView } from './segment-view.js';

/** A segment up to this size is fetched as a whole: most are the documents of the last minute, asked for at once. */
export const WHOLE_BYTES = 65_536;

export interface FetchedSegment {
  readonly directory: DirectoryColumns;
  readonly blocks: readonly HeldBlock[] | null;
}

/** A term in a segment. */
export interface Wanted {
  readonly segment: SegmentView;
  readonly term: string;
}

export interface FetchedList extends Wanted {
  readonly found: { readonly count: number; readonly bytes: Uint8Array } | null;
}

export const uuidList = (ids: Iterable<string>): string =>
  `'{${[...ids].map((id) => (isUuid(id) ? id : fail('an id of a segment is none'))).join(',')}}'::uuid[]`;

function fail(what: string): never {
  throw new Error(what);
}

/** Directories, and the blocks of small segments. Null: a segment is gone. */
export async function fetchSegments(
  database: Database,
  ctx: CallContext,
  wanted: ReadonlyMap<string, { readonly bytes: number }>,
  timeout: number,
): Promise<Map<string, FetchedSegment> | null> {
  const small = [...wanted].filter(([, { bytes }]) => bytes <= WHOLE_BYTES).map(([id]) => id);
  const rows = await database.copy(
    ctx,
    `select id::text, directory, null::bytea, null::bytea from segment where id = any (${uuidList(wanted.keys())})
      union all
     select segment_id::text, null, first_term, data from posting_block where segment_id = any (${uuidList(small)})`,
    { access: 'all', timeout },
  );
  const directories = new Map<string, DirectoryColumns>();
  const blocks = new Map<string, HeldBlock[]>(small.map((id) => [id, []]));
  for (const [name, directory, firstTerm, data] of rows) {
    const id = String(name);
    if (directory) directories.set(id, decodeDirectoryColumns(directory));
    if (firstTerm && data) blocks.get(id)?.push({ firstTerm: termOf(firstTerm), data });
  }
  if (directories.size < wanted.size) return null;
  const fetched = new Map<string, FetchedSegment>();
  for (const [id, directory] of directories) {
    const held = blocks.get(id) ?? null;
    if (held) checkWhole(held, wanted.get(id)?.bytes ?? 0);
    fetched.set(id, { directory, blocks: held });
  }
  return fetched;
}

/** In order, and not one byte less than the segment says. */
function checkWhole(blocks: HeldBlock[], bytes: number): void {
  blocks.sort((a, b) => (a.firstTerm < b.firstTerm ? -1 : 1));
  if (blocks.reduce((sum, { data }) => sum + data.length, 0) !== bytes)
    throw new DamagedSegment('blocks are missing or cut');
}

const termOf = (key: Buffer): string => Buffer.from(key).swap16().toString('utf16le');

/** Posting lists by segment and term. Null: a segment is gone. */
export async function fetchLists(
  database: Database,
  ctx: CallContext,
  wanted: readonly Wanted[],
  timeout: number,
): Promise<FetchedList[] | null> {
  const rows = await database.copy(ctx, listsStatement(wanted), { access: 'all', timeout });
  if (rows.length < wanted.length) return null;
  return rows.map(([place, data]) => {
    const { segment, term } = wanted[place?.readInt32BE() ?? -1] as Wanted;
    return { segment, term, found: data ? findInBlock(data, term) : null };
  });
}

/** The block in which each term would stand; no row where the segment is gone. */
export function listsStatement(wanted: readonly { segment: { id: string }; term: string }[]): string {
  const values = wanted.map(({ segment, term }, i) => {
    if (!isUuid(segment.id)) fail('an id of a segment is none');
    return `(${i},'${segment.id}'::uuid,'\\x${termKey(term).toString('hex')}'::bytea)`;
  });
  return `select w.place, b.data from (values ${values.join(',')}) as w (place, segment_id, term)
    join segment s on s.id = w.segment_id
    left join lateral (select data from posting_block p where p.segment_id = w.segment_id and p.first_term <= w.term
                        order by p.first_term desc limit 1) b on true`;
}
