import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

export const PAGE_SIZE = 100;

/** The gateway pages lists that grow by cursor, and lists that are counted by offset. */
export type Page<Row> = { rows: Row[]; next: string | null } | { rows: Row[]; total: number };
interface Place {
  cursor: string | null;
  offset: number;
}
export interface PageRequest {
  limit: number;
  offset: number;
  /** To be spread into the query of a list by cursor. */
  cursor: { cursor?: string };
  signal: AbortSignal;
}

function placeAfter<Row>(last: Page<Row>, pages: readonly Page<Row>[]): Place | undefined {
  const offset = pages.reduce((sum, page) => sum + page.rows.length, 0);
  if ('next' in last) return last.next === null ? undefined : { cursor: last.next, offset };
  return last.rows.length > 0 && offset < last.total ? { cursor: null, offset } : undefined;
}

interface Options<Row> {
  enabled?: boolean;
  refetchInterval?: (rows: readonly Row[]) => number | false;
}

/** A paged list of the gateway as one array that grows while it is scrolled. */
export function usePages<Row>(
  key: readonly unknown[],
  load: (request: PageRequest) => Promise<Page<Row>>,
  { enabled = true, refetchInterval }: Options<Row> = {},
) {
  const start: Place = { cursor: null, offset: 0 };
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam.cursor === null ? {} : { cursor: pageParam.cursor };
      return load({ limit: PAGE_SIZE, offset: pageParam.offset, cursor, signal });
    },
    initialPageParam: start,
    getNextPageParam: placeAfter<Row>,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: (state) =>
      refetchInterval?.(state.state.data?.pages.flatMap((page) => page.rows) ?? []) ?? false,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const { fetchNextPage, isFetchingNextPage, hasNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return { query, rows, more, hasMore: hasNextPage };
}
