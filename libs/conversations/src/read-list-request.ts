import { conversationError } from './conversations.errors.js';
import type { ListPosition } from './store/conversation.repository.js';

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;
export const SEARCH_MAX = 200;

export interface ListRequest {
  /** From the page before; opaque. */
  cursor?: string | undefined;
  /** 1 to 200, 50 without. */
  limit?: number | undefined;
  /** Looked for in titles and messages, literally, without case. */
  search?: string | undefined;
}

const CURSOR = /^([01])\.(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
const LATEST = 8_640_000_000_000_000;

/** Throws CONVERSATION_INVALID, naming the field. */
export function readListRequest(request: ListRequest): {
  from: ListPosition | null;
  limit: number;
  pattern: string | null;
} {
  const { cursor, limit = LIST_LIMIT_DEFAULT, search = '' } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > LIST_LIMIT_MAX) {
    throw conversationError('CONVERSATION_INVALID', 'limit', `1 to ${LIST_LIMIT_MAX}`);
  }
  if (search.length > SEARCH_MAX || /[\p{Cc}\p{Cs}]/u.test(search)) {
    throw conversationError('CONVERSATION_INVALID', 'search');
  }
  const text = search.trim();
  return {
    limit,
    from: cursor === undefined ? null : readCursor(cursor),
    pattern: text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
  };
}

export function cursorOf(position: ListPosition): string {
  const text = `${position.pinned ? 1 : 0}.${position.updatedAt.getTime()}.${position.id}`;
  return Buffer.from(text).toString('base64url');
}

function readCursor(cursor: string): ListPosition {
  const match =
    cursor.length <= 200 ? CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) : null;
  const [, pinned, time, id] = match ?? [];
  if (!id || Number(time) > LATEST) throw conversationError('CONVERSATION_INVALID', 'cursor');
  return { pinned: pinned === '1', updatedAt: new Date(Number(time)), id };
}
