import type { DocumentRow, PassageRow } from '@lorekeep/contracts';
import { queryOptions, useQueries, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { call, type ResponseOf } from '../kit/call.js';
import { useSettled } from '../kit/use-settled.js';

/** The gateway records each reading, so what was read is not fetched again for a while. */
const FRESH_MS = 5 * 60_000;
/** Passages that are fetched at once: some 60 kB. */
export const STRETCH = 50;
/** Fetched before they come into sight. */
const AHEAD = 8;
/** Whoever drags the scroll bar through a long document has not read what flew past. */
const PAUSE_MS = 120;

type Read = ResponseOf<'GET /api/documents/:id/passages'>;

export const passagesKey = (documentId: string) => ['passages', documentId];
const stretchKey = (documentId: string, stretch: number) => [...passagesKey(documentId), stretch];

const stretchOf = (documentId: string, stretch: number) =>
  queryOptions({
    queryKey: stretchKey(documentId, stretch),
    queryFn: ({ signal }) =>
      call('GET /api/documents/:id/passages', {
        params: { id: documentId },
        query: { from: stretch * STRETCH, limit: STRETCH },
        signal,
      }),
    staleTime: FRESH_MS,
  });

/** A document opened: its row, and where the passage is that it was opened at; null where it has none such. */
export interface Opening {
  document: DocumentRow;
  at: number | null;
}

/** Opens a document at a passage, or at its beginning. */
export function useOpening(documentId: string, passageId: string | undefined) {
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: [...passagesKey(documentId), 'opening', passageId ?? ''],
    queryFn: async ({ signal }): Promise<Opening> => {
      const known = passageId === undefined ? null : findRead(queryClient, documentId, passageId);
      if (known) return known;
      const where = passageId === undefined ? {} : { passage: passageId };
      const query = { ...where, limit: STRETCH };
      const read = await call('GET /api/documents/:id/passages', {
        params: { id: documentId },
        query,
        signal,
      });
      queryClient.setQueryData(stretchKey(documentId, read.from / STRETCH), read);
      return { document: read.document, at: read.at };
    },
    staleTime: FRESH_MS,
  });
}

/** Another passage of a document that has been read here needs no asking. */
function findRead(queryClient: QueryClient, documentId: string, passageId: string): Opening | null {
  for (const [key, read] of queryClient.getQueriesData<Read>({ queryKey: passagesKey(documentId) })) {
    if (typeof key[2] !== 'number' || !read) continue;
    if (Date.now() - (queryClient.getQueryState(key)?.dataUpdatedAt ?? 0) > FRESH_MS) continue;
    const row = read.rows.find(({ id }) => id === passageId);
    if (row) return { document: read.document, at: row.ordinal };
  }
  return null;
}

/** The passages around those in sight; undefined: not here yet. */
export function useStretches(documentId: string, first: number, last: number, total: number) {
  const from = Math.floor(Math.max(0, first - AHEAD) / STRETCH);
  const to = Math.floor(Math.min(total - 1, last + AHEAD) / STRETCH);
  const settled = useSettled(`${from} ${to}`, PAUSE_MS);
  const [least = 0, most = 0] = settled.split(' ').map(Number);
  const stretches = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const results = useQueries({
    queries: stretches.map((stretch) => ({
      ...stretchOf(documentId, stretch),
      enabled: stretch >= least && stretch <= most,
    })),
  });
  const failed = results.find(({ isError }) => isError);
  return {
    rowAt: (ordinal: number): PassageRow | undefined =>
      results[Math.floor(ordinal / STRETCH) - from]?.data?.rows[ordinal % STRETCH],
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

/** Whether it may still be read, and what has become of it: asked each time that it is opened. */
export const useStillReadable = (documentId: string) =>
  useQuery({
    queryKey: ['document', documentId],
    queryFn: ({ signal }) => call('GET /api/documents/:id', { params: { id: documentId }, signal }),
    refetchOnMount: 'always',
  });
