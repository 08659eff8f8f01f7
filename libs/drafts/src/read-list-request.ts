import { draftError } from './drafts.errors.js';
import type { DraftState, ListPosition } from './store/draft.repository.js';

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;
export const SEARCH_MAX = 200;

export interface ListRequest {
  /** From the page before; opaque. */
  cursor?: string | undefined;
  /** 1 to 200, 50 without. */
  limit?: number | undefined;
  /** Looked for in the customer's message and the reply, literally, without case. */
  search?: string | undefined;
  state?: DraftState | undefined;
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
/** The latest time that a Date can hold. */
const LATEST = 8_640_000_000_000_000;

/** Throws DRAFT_INVALID, naming the field. */
export function readListRequest(request: ListRequest): {
  from: ListPosition | null;
  limit: number;
  pattern: string | null;
} {
  const { cursor, limit = LIST_LIMIT_DEFAULT, search = '' } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > LIST_LIMIT_MAX) {
    throw draftError('DRAFT_INVALID', 'limit', `1 to ${LIST_LIMIT_MAX}`);
  }
  if (search.length > SEARCH_MAX || /[\p{Cc}\p{Cs}]/u.test(search))
    throw draftError('DRAFT_INVALID', 'search');
  const text = search.trim();
  return {
    limit,
    from: cursor === undefined ? null : readCursor(cursor),
    pattern: text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
  };
}

export function cursorOf(position: ListPosition): string {
  return Buffer.from(`${position.updatedAt.getTime()}.${position.id}`).toString('base64url');
}

function readCursor(cursor: string): ListPosition {
  const match =
    cursor.length <= 200 ? CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) : null;
  const [, time, id] = match ?? [];
  if (!id || Number(time) > LATEST) throw draftError('DRAFT_INVALID', 'cursor');
  return { updatedAt: new Date(Number(time)), id };
}
