import { cursorOf, type ListPosition, type ReadListRequest } from './list-request.js';

/**
 * A page of what `keep` leaves of what is read, with the cursor of the next; reads on until the page is full or nothing
 * is left.
 */
export async function fillPage<T extends ListPosition>(
  { from, limit }: Pick<ReadListRequest, 'from' | 'limit'>,
  read: (from: ListPosition | null, limit: number) => Promise<T[]>,
  keep: (rows: T[]) => Promise<T[]>,
): Promise<{ items: T[]; cursor: string | null }> {
  const found: T[] = [];
  let position = from;
  for (;;) {
    const rows = await read(position, limit + 1);
    found.push(...(await keep(rows)));
    position = rows.at(-1) ?? null;
    if (found.length > limit || rows.length <= limit) break;
  }
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: found.length > limit && last ? cursorOf(last) : null };
}
