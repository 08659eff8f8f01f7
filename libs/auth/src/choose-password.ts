import { authError } from './auth.errors.js';
import { newInitialPassword } from './initial-password.js';
import { describeProblem, passwordProblem } from './password-policy.js';

/** Refuses a password that the policy does not allow. `path` is the field that it came in. */
export function requireGoodPassword(password: string, email: string, path = 'password'): void {
  const problem = passwordProblem(password, email);
  if (problem) throw authError('AUTH_PASSWORD_WEAK', [{ path, message: describeProblem(problem) }]);
}

/** The given password when it is good, or a new random one to be shown once. */
export function chooseInitialPassword(
  given: string | undefined,
  email: string,
): { password: string; shownOnce: string | null } {
  if (given !== undefined) {
    requireGoodPassword(given, email);
    return { password: given, shownOnce: null };
  }
  const password = newInitialPassword();
  return { password, shownOnce: password };
}
