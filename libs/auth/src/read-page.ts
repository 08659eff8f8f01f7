import { authError } from './auth.errors.js';

export const PAGE_LIMIT_DEFAULT = 50;
export const PAGE_LIMIT_MAX = 200;
/** A cursor holds one e-mail address or one name. */
const CURSOR_MAX = 2_000;

export interface PageRequest {
  /** From the page before; opaque. */
  cursor?: string | undefined;
  /** 1 to 200, 50 without. */
  limit?: number | undefined;
}

export interface Page<T> {
  items: T[];
  /** Of the next page; null on the last. */
  cursor: string | null;
}

/** The sort key after which the page begins (null: at the start) and its size. */
export function readPage(request: PageRequest): { after: string | null; limit: number } {
  const limit = request.limit ?? PAGE_LIMIT_DEFAULT;
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_LIMIT_MAX) {
    throw authError('AUTH_INVALID', [{ path: 'limit', message: `1 to ${PAGE_LIMIT_MAX}` }]);
  }
  return { after: request.cursor === undefined ? null : readCursor(request.cursor), limit };
}

function readCursor(cursor: string): string {
  if (cursor.length <= CURSOR_MAX && /^[A-Za-z0-9_-]+$/.test(cursor)) {
    const key = Buffer.from(cursor, 'base64url').toString('utf8');
    if (!/[\p{Cc}\ufffd]/u.test(key)) return key;
  }
  throw authError('AUTH_INVALID', [{ path: 'cursor', message: 'is not a cursor of this list' }]);
}

/** Cuts the row too many that says whether there is a next page. */
export function pageOf<T>(rows: T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, cursor: more ? Buffer.from(keyOf(last), 'utf8').toString('base64url') : null };
}
