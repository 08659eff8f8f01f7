import { findAssignedSecrets } from './find-assigned-secrets.js';
import { findConnectionStrings } from './find-connection-strings.js';
import { findCredentials } from './find-credentials.js';
import { findPassphrases } from './find-passphrases.js';
import { findPrivateKeys } from './find-private-keys.js';
import { findTokens, type TokenKind } from './find-tokens.js';
import { ASSIGNED, CREDENTIAL, PASSPHRASE } from './find-detected.js';
import { united, type Finding } from './finding.js';
import { CURL, triggersIn } from './trigger-words.js';

export type SecretKind =
  TokenKind | 'private-key' | 'connection-string' | 'authorization' | 'password' | 'key';
export type Secret = Finding<SecretKind>;

/**
 * Secrets in a text, in order and apart from each other. Every part is a scanner written by hand or a
 * regular expression with bounded repetition: the time is linear whatever the text.
 */
export function findSecrets(text: string): Secret[] {
  const triggers = triggersIn(text);
  return united<SecretKind>([
    ...findPrivateKeys(text),
    ...findConnectionStrings(text),
    ...findTokens(text),
    ...((triggers & (CREDENTIAL | CURL)) === 0 ? [] : findCredentials(text)),
    ...((triggers & PASSPHRASE) === 0 ? [] : findPassphrases(text)),
    ...((triggers & ASSIGNED) === 0 ? [] : findAssignedSecrets(text)),
  ]);
}
