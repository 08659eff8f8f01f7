import { personalKind, secretKind, type DetectorKind } from './detector-kinds.js';
import { findAddresses } from './find-addresses.js';
import { findAssignedSecrets } from './find-assigned-secrets.js';
import { findConnectionStrings } from './find-connection-strings.js';
import { findCredentials } from './find-credentials.js';
import { findEmails } from './find-emails.js';
import { findIbans } from './find-ibans.js';
import { findNumbers } from './find-numbers.js';
import { findPassphrases } from './find-passphrases.js';
import { findPassports } from './find-passports.js';
import type { PersonalKind } from './find-personal-data.js';
import { findPhones } from './find-phones.js';
import { findPrivateKeys } from './find-private-keys.js';
import type { SecretKind } from './find-secrets.js';
import { findTokens } from './find-tokens.js';
import type { Finding } from './finding.js';
import {
  ADDRESS,
  ASSIGNED,
  CONNECTION,
  CREDENTIAL,
  EMAIL,
  EVERY_REASON,
  IBAN,
  NUMBER,
  PASSPHRASE,
  PASSPORT,
  PHONE,
  PRIVATE_KEY,
  TOKEN,
} from './detection-reasons.js';

export { CREDENTIAL, PRIVATE_KEY };

interface Detector {
  readonly reason: number;
  readonly kinds: readonly DetectorKind[];
  /** `since`: what ends before need not be found. */
  find(text: string, since: number): Finding<DetectorKind>[];
}

const PERSONAL: readonly [number, (text: string) => Finding<PersonalKind>[], PersonalKind[]][] = [
  [EMAIL, findEmails, ['email']],
  [NUMBER, findNumbers, ['bank-card', 'cn-mobile', 'cn-resident-id']],
  [IBAN, findIbans, ['iban']],
  [ADDRESS, findAddresses, ['ip-address']],
  [PASSPORT, findPassports, ['passport']],
  [PHONE, findPhones, ['phone']],
];
const SECRETS: readonly [number, (text: string, since: number) => Finding<SecretKind>[], SecretKind[]][] = [
  [PRIVATE_KEY, findPrivateKeys, ['private-key']],
  [TOKEN, findTokens, ['jwt']],
  [CONNECTION, findConnectionStrings, ['connection-string']],
  [CREDENTIAL, findCredentials, ['authorization', 'password']],
  [PASSPHRASE, findPassphrases, ['password']],
  [ASSIGNED, findAssignedSecrets, ['password', 'key']],
];

const DETECTORS: readonly Detector[] = [
  ...PERSONAL.map(([reason, find, kinds]) => ({
    reason,
    kinds: kinds.map(personalKind),
    find: (text: string) => find(text).map((found) => ({ ...found, kind: personalKind(found.kind) })),
  })),
  ...SECRETS.map(([reason, find, kinds]) => ({
    reason,
    kinds: kinds.map(secretKind),
    find: (text: string, since: number) =>
      find(text, since).map((found) => ({ ...found, kind: secretKind(found.kind) })),
  })),
];

const known = new WeakMap<ReadonlySet<DetectorKind>, number>();

/** The reasons that some of these kinds have; a set is not changed once it was asked about. */
export function reasonsOf(kinds: ReadonlySet<DetectorKind>): number {
  let mask = known.get(kinds);
  if (mask === undefined) {
    mask = 0;
    for (const { reason, kinds: own } of DETECTORS) if (own.some((kind) => kinds.has(kind))) mask |= reason;
    known.set(kinds, mask);
  }
  return mask;
}

/**
 * Findings of these kinds in a whole text, by the detectors that there is reason to ask; they may overlap. What ends
 * before `since` may be left out.
 */
export function findDetected(
  text: string,
  kinds: ReadonlySet<DetectorKind>,
  reasons = EVERY_REASON,
  since = 0,
): Finding<DetectorKind>[] {
  const mask = reasons & reasonsOf(kinds);
  const all: Finding<DetectorKind>[] = [];
  for (const { reason, find } of DETECTORS) {
    if ((mask & reason) === 0) continue;
    for (const found of find(text, since)) if (kinds.has(found.kind)) all.push(found);
  }
  return all.length > 1 ? all.sort((a, b) => a.start - b.start || b.end - a.end) : all;
}
