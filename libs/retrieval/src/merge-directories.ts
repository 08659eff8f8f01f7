import type { Tx } from '@lorekeep/kit/database';
import { ALIVE } from './hold-index.js';
import type { DeadRanges } from './join-lists.js';
import { decodeDirectory, encodeDirectory, type DirectoryDocument } from './segment-codec.js';

export interface MergedDirectory {
  readonly directory: Buffer;
  readonly passages: number;
  readonly terms: number;
  /** By segment, in the order given. */
  readonly dead: readonly DeadRanges[];
  readonly dropped: readonly DirectoryDocument[];
}

/** Documents asked about in one statement. */
const DOCUMENTS_PER_STATEMENT = 20_000;

/** Reads the directories of segments and keeps of them what is alive. */
export async function mergeDirectories(tx: Tx, segmentIds: readonly string[]): Promise<MergedDirectory> {
  const rows = await tx.query<{ directory: Buffer }>(
    'select directory from segment join unnest($1::uuid[]) with ordinality as s (id, place) using (id) order by place',
    [segmentIds],
  );
  if (rows.length !== segmentIds.length) throw new Error('a segment vanished while the index was held');
  const directories = rows.map(({ directory }) => decodeDirectory(directory));
  const documents = directories.flat();
  // In one go: many segments hold one document each.
  const gone = await deadAmong(tx, documents);
  const alive = documents.filter((_, place) => !gone.has(place));
  const dropped = documents.filter((_, place) => gone.has(place));
  let place = 0;
  const dead = directories.map((directory) => {
    const ranges = directory.filter(() => gone.has(place++));
    return {
      starts: Uint32Array.from(ranges, ({ first }) => first),
      ends: Uint32Array.from(ranges, ({ first, lengths }) => first + lengths.length),
    };
  });
  alive.sort((a, b) => a.first - b.first);
  return {
    directory: encodeDirectory(alive),
    passages: alive.reduce((sum, { lengths }) => sum + lengths.length, 0),
    terms: alive.reduce((sum, { lengths }) => sum + lengths.reduce((a, b) => a + b, 0), 0),
    dead,
    dropped,
  };
}

/** Places of the documents that can no longer be found under these numbers. */
export async function deadAmong(tx: Tx, documents: readonly DirectoryDocument[]): Promise<Set<number>> {
  const dead = new Set<number>();
  for (let begin = 0; begin < documents.length; begin += DOCUMENTS_PER_STATEMENT) {
    const part = documents.slice(begin, begin + DOCUMENTS_PER_STATEMENT);
    const rows = await tx.query<{ place: number }>(
      `select v.place::int as place
         from unnest($1::uuid[], $2::bigint[]) with ordinality as v (id, first, place)
         left join document d on d.id = v.id and d.first_passage = v.first and ${ALIVE}
        where d.id is null`,
      [part.map(({ documentId }) => documentId), part.map(({ first }) => first)],
    );
    for (const { place } of rows) dead.add(begin + place - 1);
  }
  return dead;
}

/**
 * What has left the index must not seem to be in it: a document whose row still points to dropped numbers, and that
 * becomes alive again, is then indexed anew.
 */
export async function forgetDropped(tx: Tx, dropped: readonly DirectoryDocument[]): Promise<void> {
  for (let begin = 0; begin < dropped.length; begin += DOCUMENTS_PER_STATEMENT) {
    const part = dropped.slice(begin, begin + DOCUMENTS_PER_STATEMENT);
    await tx.query(
      `update document d set first_passage = null from unnest($1::uuid[], $2::bigint[]) as v (id, first)
        where d.id = v.id and d.first_passage = v.first`,
      [part.map(({ documentId }) => documentId), part.map(({ first }) => first)],
    );
  }
}
