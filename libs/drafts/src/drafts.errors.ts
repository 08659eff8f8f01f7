import { RequestError } from '@lorekeep/kit/errors';

const REQUESTS = {
  DRAFT_INVALID: [400, 'Some fields are not valid.'],
  DRAFT_NO_OWNER: [403, 'Drafts belong to people.'],
  DRAFT_CHANGED: [409, 'The draft was changed meanwhile. Look at it again.'],
  DRAFT_STATE: [409, 'The draft is not in a state that allows this.'],
} as const;

export type DraftCode = keyof typeof REQUESTS;

/** A request that cannot be carried out as it is; `path` names the field, never its value. */
export function draftError(code: DraftCode, path?: string, message?: string): RequestError {
  const [status, text] = REQUESTS[code];
  return new RequestError(status, code, text, path ? [{ path, message: message ?? 'is not valid' }] : []);
}
