import { findAssignedSecrets } from './find-assigned-secrets.js';
import { findConnectionStrings } from './find-connection-strings.js';
import { findCredentials } from './find-credentials.js';
import { findPassphrases } from './find-passphrases.js';
import { findPrivateKeys } from './find-private-keys.js';
import { findTokens, type TokenKind } from './find-tokens.js';
import { united, type Finding } from './finding.js';

export type SecretKind =
  TokenKind | 'private-key' | 'connection-string' | 'authorization' | 'password' | 'key';
export type Secret = Finding<SecretKind>;

/**
 * Secrets in a text, in order and apart from each other. Every part is a scanner written by hand or a
 * regular expression with bounded repetition: the time is linear whatever the text.
 */
export function findSecrets(text: string): Secret[] {
  return united<SecretKind>([
    ...findPrivateKeys(text),
    ...findConnectionStrings(text),
    ...findTokens(text),
    ...findCredentials(text),
    ...findPassphrases(text),
    ...findAssignedSecrets(text),
  ]);
}
