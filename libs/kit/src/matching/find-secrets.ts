import { findAssignedSecrets } from './find-assigned-secrets.js';
import { withoutOverlaps, type Finding } from './finding.js';
import { findConnectionStrings } from './find-connection-strings.js';
import { findPrivateKeys } from './find-private-keys.js';
import { findTokens } from './find-tokens.js';

export type SecretKind =
  | 'aws-access-key'
  | 'github-token'
  | 'slack-token'
  | 'jwt'
  | 'private-key'
  | 'connection-string'
  | 'password'
  | 'key';
export type Secret = Finding<SecretKind>;

/**
 * Secrets in a text, in order and apart from each other. Every part is a scanner written by hand or a
 * regular expression with bounded repetition: the time is linear whatever the text.
 */
export function findSecrets(text: string): Secret[] {
  return withoutOverlaps([
    ...findPrivateKeys(text),
    ...findConnectionStrings(text),
    ...findTokens(text),
    ...findAssignedSecrets(text),
  ]);
}
