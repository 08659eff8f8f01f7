import { RequestError } from '@lorekeep/kit/errors';

const REQUESTS = {
  CONVERSATION_INVALID: [400, 'Some fields are not valid.'],
  CONVERSATION_FULL: [409, 'This conversation is as long as one may be. Begin a new one.'],
  CONVERSATION_NO_OWNER: [403, 'Conversations belong to people.'],
} as const;

export type ConversationCode = keyof typeof REQUESTS;

/** A request that cannot be carried out as it is; `path` names the field, never its value. */
export function conversationError(code: ConversationCode, path?: string, message?: string): RequestError {
  const [status, text] = REQUESTS[code];
  return new RequestError(status, code, text, path ? [{ path, message: message ?? 'is not valid' }] : []);
}
