import type { PersonalKind } from './find-personal-data.js';
import type { SecretKind } from './find-secrets.js';

/** What detectors find, by the name of its category. */
export const DETECTOR_KINDS = [
  'personal-data.email',
  'personal-data.cn-mobile',
  'personal-data.cn-resident-id',
  'personal-data.bank-card',
  'personal-data.iban',
  'personal-data.ip-address',
  'personal-data.passport',
  'personal-data.phone',
  'secret.token',
  'secret.private-key',
  'secret.connection-string',
  'secret.authorization',
  'secret.password',
  'secret.key',
] as const;
export type DetectorKind = (typeof DETECTOR_KINDS)[number];

export function personalKind(kind: PersonalKind): DetectorKind {
  return `personal-data.${kind}`;
}

/** Tokens of every provider are one kind. */
export function secretKind(kind: SecretKind): DetectorKind {
  switch (kind) {
    case 'private-key':
    case 'connection-string':
    case 'authorization':
    case 'password':
    case 'key':
      return `secret.${kind}`;
    default:
      return 'secret.token';
  }
}

/** Told of a finding once it is certain; offsets from the beginning of the stream. True: read no further. */
export type OnDetection = (kind: DetectorKind, start: number, end: number) => boolean;
