import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import type { Pgvector } from '../find-storage.js';
import type { Place } from '../fuse-rankings.js';
import { dot, numbersOf, signatureOf } from '../models/unit-vector.js';
import { exactStatement, indexStatement, signatureStatement, vectorsStatement } from './rank-statements.js';

/** A passage, and the number of its document's first one. */
export interface RankedPlace extends Place {
  readonly first: number;
}

/** What is searched, and for what. */
export interface RankRequest {
  readonly setId: string;
  readonly vector: Float32Array;
  readonly collectionIds: readonly string[] | null;
  readonly k: number;
  readonly timeoutMs: number;
}

/** Recall@10 of .99 from a filter of 30 % on; more of either changes next to nothing (bench/record/vectors-pgvector-*.json). */
export const TUNING = { efSearch: 200, scanTuples: 40_000, scanMemory: 4 };
/** Signatures are rough: so many candidates are compared in full. */
const CANDIDATES = 400;

/** The plan is the index with the filter beside it: any other sorts what the filter lets through. */
const settingsOf = ({
  efSearch,
  scanTuples,
  scanMemory,
}: typeof TUNING): string => `select set_config('hnsw.iterative_scan', 'relaxed_order', true),
  set_config('hnsw.ef_search', '${efSearch}', true), set_config('hnsw.max_scan_tuples', '${scanTuples}', true),
  set_config('hnsw.scan_mem_multiplier', '${scanMemory}', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_sort', 'off', true), set_config('enable_hashjoin', 'off', true),
  set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true)`;

const values = ({ vector, collectionIds, k }: RankRequest): unknown[] => [
  `[${numbersOf(vector)}]`,
  collectionIds,
  k,
];

/**
 * So many permitted vectors are compared one by one, in some 80 ms: exact, and no slower than the index, which looks at
 * the more passages, and finds the fewer of the right ones, the smaller the share is that may be read.
 */
export const EXACT_PASSAGES = 20_000;

/** Through pgvector's index, which goes on until it has `k` that may be read or has seen enough. */
export function rankByIndex(
  database: Database,
  ctx: CallContext,
  pgvector: Pgvector,
  request: RankRequest,
  tuning = TUNING,
): Promise<RankedPlace[]> {
  const statement = indexStatement(request.setId, request.vector.length, pgvector);
  return database.transaction(
    ctx,
    async (tx) => {
      const settings = tx.query(settingsOf(tuning));
      const rows = tx.query<RankedPlace & Record<string, unknown>>(statement, values(request));
      await Promise.all([settings, rows]);
      return rows;
    },
    { access: 'all', timeout: request.timeoutMs },
  );
}

export function rankExactly(
  database: Database,
  ctx: CallContext,
  pgvector: Pgvector,
  request: RankRequest,
): Promise<RankedPlace[]> {
  return database.once<RankedPlace & Record<string, unknown>>(
    ctx,
    exactStatement(request.setId, request.vector.length, pgvector),
    values(request),
    { access: 'all', timeout: request.timeoutMs },
  );
}

interface Candidate extends Record<string, unknown> {
  readonly id: string;
  readonly first: number;
}

/** Without pgvector: the nearest signatures, put in order by their vectors in this process. */
export async function rankBySignature(
  database: Database,
  ctx: CallContext,
  request: RankRequest,
): Promise<RankedPlace[]> {
  const { setId, vector, collectionIds, k, timeoutMs } = request;
  const options = { access: 'all', timeout: timeoutMs } as const;
  const candidates = await database.once<Candidate>(
    ctx,
    signatureStatement(setId),
    [signatureOf(vector), collectionIds, Math.max(CANDIDATES, k)],
    options,
  );
  if (candidates.length === 0) return [];
  const firstOf = new Map(candidates.map(({ id, first }) => [id, first]));
  const rows = await database.copy(ctx, vectorsStatement(setId, [...firstOf.keys()]), options);
  const scored = rows.flatMap(([id, documentId, ordinal, embedding]) => {
    const numbers = embedding && readReals(embedding);
    if (!id || !documentId || !ordinal || numbers?.length !== vector.length) return [];
    const place = { documentId: uuidOf(documentId), ordinal: ordinal.readInt32BE(0) };
    return [{ ...place, first: firstOf.get(uuidOf(id)) ?? -1, score: dot(vector, numbers) }];
  });
  scored.sort((a, b) => b.score - a.score || (a.documentId < b.documentId ? -1 : 1) || a.ordinal - b.ordinal);
  return scored.slice(0, k).map(({ documentId, ordinal, first }) => ({ documentId, ordinal, first }));
}

const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** An array as the server sends it: dimensions, nulls, type, length, lower bound, then each with its size. */
const ARRAY_HEADER = 20;

function readReals(bytes: Buffer): Float32Array {
  const count = Math.max(0, (bytes.length - ARRAY_HEADER) / 8);
  const numbers = new Float32Array(Math.trunc(count));
  for (let i = 0; i < numbers.length; i++) numbers[i] = bytes.readFloatBE(ARRAY_HEADER + i * 8 + 4);
  return numbers;
}
