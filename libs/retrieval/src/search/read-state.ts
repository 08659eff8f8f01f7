import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';

/** A document whose row changed. */
export interface DocumentChange {
  readonly documentId: string;
  /** Number of its first passage; -1: not to be searched. */
  readonly first: number;
  readonly accessId: string;
  readonly collectionId: string;
}

/** The tenant's index as one snapshot of the database has it, and what the caller may read in it. */
export interface IndexState {
  readonly snapshot: Snapshot;
  /** Changes with every start of the server: what was known before may not be its past. */
  readonly server: string;
  readonly segments: ReadonlyMap<string, { readonly bytes: number }>;
  readonly readable: ReadonlySet<string>;
  readonly changes: readonly DocumentChange[];
}

export interface Snapshot {
  /** As pg_current_snapshot() writes it. */
  readonly text: string;
  /** Transactions below this number were over. */
  readonly xmin: string;
  /** Transactions that were over, however they ended: of two snapshots of a server the later one has more. */
  readonly age: number;
}

/** Fields of one document, in text; `-` where it is not to be searched. */
const CHANGES = `(select string_agg(d.id || ' ' || case when d.state = 'ready' and d.deleted_at is null
      and d.replaced_at is null and d.first_passage is not null
    then d.first_passage || ' ' || d.access_id || ' ' || d.collection_id else '-' end, ',') from document d
  where d.tenant_id = (select app_tenant())`;

const STATE = `select pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as server,
  (select string_agg(s.id || ' ' || s.bytes, ',') from segment s where s.tenant_id = (select app_tenant())) as segments,
  (select string_agg(a::text, ',') from app_readable_access() a) as readable,`;

/** All that can be searched. */
const FIRST_STATE = `${STATE} ${CHANGES}
    and d.state = 'ready' and d.deleted_at is null and d.replaced_at is null and d.first_passage is not null) as changes`;

/**
 * What changed since the snapshot $2, whose xmin is $1: a row that was changed by a transaction which was not over by
 * then, however late it committed.
 */
export const STATE_STATEMENT = `${STATE} ${CHANGES} and d.changed_in >= $1::bigint
    and not pg_visible_in_snapshot(d.changed_in::text::xid8, $2::pg_snapshot)) as changes`;

interface StateRow {
  readonly snapshot: string;
  readonly server: string;
  readonly segments: string | null;
  readonly readable: string | null;
  readonly changes: string | null;
}

/** One round trip; `since` null: everything. */
export async function readState(
  database: Database,
  ctx: CallContext,
  since: Snapshot | null,
  timeout: number,
): Promise<IndexState> {
  const rows = since
    ? await database.once<StateRow & Record<string, unknown>>(
        ctx,
        STATE_STATEMENT,
        [since.xmin, since.text],
        {
          access: 'all',
          timeout,
          prepared: 'search-state',
        },
      )
    : await database.once<StateRow & Record<string, unknown>>(ctx, FIRST_STATE, [], {
        access: 'all',
        timeout,
      });
  const [row] = rows;
  if (!row) throw new Error('the state of the index has no row');
  return {
    snapshot: readSnapshot(row.snapshot),
    server: row.server,
    segments: new Map(parts(row.segments).map(segmentOf)),
    readable: new Set(parts(row.readable)),
    changes: parts(row.changes).map(changeOf),
  };
}

const parts = (list: string | null): string[] => (list === null ? [] : list.split(','));

function segmentOf(text: string): [string, { bytes: number }] {
  const [id = '', bytes] = text.split(' ');
  return [id, { bytes: Number(bytes) }];
}

function changeOf(text: string): DocumentChange {
  const [documentId = '', first = '-', accessId = '', collectionId = ''] = text.split(' ');
  return { documentId, first: first === '-' ? -1 : Number(first), accessId, collectionId };
}

/** `xmin:xmax:running,running…` */
export function readSnapshot(text: string): Snapshot {
  const [xmin = '', xmax = '', running = ''] = text.split(':');
  return { text, xmin, age: Number(xmax) - parts(running === '' ? null : running).length };
}
