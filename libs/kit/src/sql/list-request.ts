import { likePattern } from './like-pattern.js';

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;
export const SEARCH_MAX = 200;

/** What somebody asks of a list of their own things, newest first. */
export interface ListRequest {
  /** From the page before; opaque. */
  cursor?: string | undefined;
  /** 1 to 200, 50 without. */
  limit?: number | undefined;
  /** Looked for literally, without case. */
  search?: string | undefined;
}

/** Where a page of the list begins. */
export interface ListPosition {
  /** Of lists that begin with what is pinned. */
  pinned?: boolean;
  updatedAt: Date;
  id: string;
}

export interface ReadListRequest {
  from: ListPosition | null;
  limit: number;
  /** What is looked for; empty: nothing. */
  text: string;
  pattern: string | null;
}

const CURSOR = /^([01])\.(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
/** The latest time that a Date can hold. */
const LATEST = 8_640_000_000_000_000;

/** Throws what `invalid` makes of the field that is not valid. */
export function readListRequest(
  request: ListRequest,
  invalid: (path: string, message?: string) => Error,
): ReadListRequest {
  const { cursor, limit = LIST_LIMIT_DEFAULT, search = '' } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > LIST_LIMIT_MAX)
    throw invalid('limit', `1 to ${LIST_LIMIT_MAX}`);
  if (search.length > SEARCH_MAX || /[\p{Cc}\p{Cs}]/u.test(search)) throw invalid('search');
  const text = search.trim();
  const from = cursor === undefined ? null : readCursor(cursor);
  if (from === undefined) throw invalid('cursor');
  return { limit, from, text, pattern: text === '' ? null : likePattern(text) };
}

export function cursorOf({ pinned = false, updatedAt, id }: ListPosition): string {
  return Buffer.from(`${pinned ? 1 : 0}.${updatedAt.getTime()}.${id}`).toString('base64url');
}

function readCursor(cursor: string): ListPosition | undefined {
  const match =
    cursor.length <= 200 ? CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) : null;
  const [, pinned, time, id] = match ?? [];
  if (!id || Number(time) > LATEST) return undefined;
  return { pinned: pinned === '1', updatedAt: new Date(Number(time)), id };
}
