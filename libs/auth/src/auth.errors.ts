import { Fault, RequestError } from '@lorekeep/kit/errors';

/** Faults: the caller did nothing wrong, and nobody is let in. */
const FAULTS = {
  AUTH_UNAVAILABLE: 'Accounts cannot be checked at the moment. Try again shortly.',
  AUTH_BUSY: 'Too many people are signing in at this moment. Try again in a few seconds.',
} as const;

/** Requests that cannot be carried out as they are: status and text. */
const REQUESTS = {
  AUTH_INVALID: [400, 'Some fields are not valid.'],
  AUTH_PASSWORD_WRONG: [403, 'The current password is not right.'],
  AUTH_SCOPE_DENIED: [403, 'A key cannot be given rights that its creator does not have.'],
  AUTH_NOT_A_PERSON: [403, 'Only a person who has signed in can do this.'],
  AUTH_OWN_ROLES: [403, 'Nobody changes their own roles. Another administrator can.'],
  AUTH_EMAIL_TAKEN: [409, 'This e-mail address already belongs to a user.'],
  AUTH_NAME_TAKEN: [409, 'A group with this name exists already.'],
  AUTH_TENANT_TAKEN: [409, 'A tenant with this short name exists already.'],
  AUTH_LAST_ADMIN: [409, 'This is the last active administrator. Appoint another one first.'],
  AUTH_KEY_LIMIT: [409, 'This user has as many active keys as are allowed. Revoke one first.'],
  AUTH_GROUP_UNKNOWN: [422, 'One of the groups does not exist.'],
  AUTH_USER_UNKNOWN: [422, 'One of the users does not exist or is disabled.'],
  AUTH_PASSWORD_WEAK: [422, 'This password is too easy to guess.'],
  AUTH_THROTTLED: [429, 'Too many wrong passwords. Wait a little before the next attempt.'],
} as const;

export type AuthFaultCode = keyof typeof FAULTS;
export type AuthRequestCode = keyof typeof REQUESTS;

/** The accounts could not be asked: status 503, cause for the log. */
export class AuthFault extends Fault<AuthFaultCode> {
  constructor(code: AuthFaultCode, cause?: unknown) {
    super(code, FAULTS[code], { cause, status: 503, step: 'auth' });
    this.name = 'AuthFault';
  }
}

/** A request error of this domain; `details` name the fields, never their values. */
export function authError(
  code: AuthRequestCode,
  details: { path: string; message: string }[] = [],
): RequestError {
  const [status, text] = REQUESTS[code];
  return new RequestError(status, code, text, details);
}
