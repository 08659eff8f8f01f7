import { findAssignedSecretsAt } from './find-assigned-secrets.js';
import { findConnectionStrings } from './find-connection-strings.js';
import { findCredentialsAt } from './find-credentials.js';
import { findPassphrases } from './find-passphrases.js';
import { findPrivateKeys } from './find-private-keys.js';
import { findTokensAt, type TokenKind } from './find-tokens.js';
import { ASSIGNED, CREDENTIAL, PASSPHRASE } from './detection-reasons.js';
import { united, type Finding } from './finding.js';
import { ADDRESS, PRIVATE, secretSigns } from './secret-signs.js';
import { CURL } from './trigger-words.js';

export type SecretKind =
  TokenKind | 'private-key' | 'connection-string' | 'authorization' | 'password' | 'key';
export type Secret = Finding<SecretKind>;

/**
 * Secrets in a text, in order and apart from each other. Every part is a scanner written by hand or a
 * regular expression with bounded repetition: the time is linear whatever the text.
 */
export function findSecrets(text: string): Secret[] {
  const known = secretSigns(text);
  const { signs, triggers, assigned } = known;
  return united<SecretKind>([
    ...((signs & PRIVATE) === 0 ? [] : findPrivateKeys(text)),
    ...((signs & ADDRESS) === 0 ? [] : findConnectionStrings(text)),
    ...findTokensAt(text, known),
    ...((triggers & (CREDENTIAL | CURL)) === 0 ? [] : findCredentialsAt(text, known)),
    ...((triggers & PASSPHRASE) === 0 ? [] : findPassphrases(text)),
    ...((triggers & ASSIGNED) === 0 ? [] : findAssignedSecretsAt(text, assigned)),
  ]);
}
