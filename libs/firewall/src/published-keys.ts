import { createHash } from 'node:crypto';
import type { Secret } from '@lorekeep/kit/matching';

/** So much of a SHA-256 in base64url; kept instead of keys, so that whoever scans this repository finds none. */
const DIGEST = 16;

/** Examples in the form of real keys that vendors publish for everybody, and which open nothing that is anybody's own. */
const PUBLISHED = new Set([
  // Google, in firebase/firebase-android-sdk, as gitleaks lists them.
  ...[
    'IDeryv-yt3eF2nFs',
    'PzcMndgiXGO1x33h',
    '5KVUK7f9e2fpQ8ca',
    'oZ-JqzVV6sEMQHQf',
    'C0dr35rPISPVR7Wu',
    '61QNK27ioKR8V3m8',
    'N_jwm98SwvLq5OrX',
    'hzEmHLcthiZ6MqUy',
    'Sfd325legmDafKn_',
    'J6mkKTHf9-svhDTi',
    '3A_PBGxhZAy9HouZ',
    'TJgkLcrciykAXGtK',
    '6puxCCz5VmP1-soj',
    'Ooth0PY2sAeEDA1A',
    'psgUvFVa5ix72LWO',
  ],
  // Stripe's documentation: the test key of its examples.
  'LK_AlwFJqE87nmLq',
  // jwt.io: the token that its debugger begins with.
  'f3U2fniBJVE04Tde',
]);

/** Longer ones are no examples, and are not worth a digest. */
const LENGTH_MAX = 200;

/** Whether a secret that was found is an example that its vendor has published. */
export function isPublished(text: string, { start, end }: Secret): boolean {
  if (end - start > LENGTH_MAX) return false;
  const digest = createHash('sha256').update(text.slice(start, end)).digest('base64url');
  return PUBLISHED.has(digest.slice(0, DIGEST));
}
