import { createHash, randomBytes } from 'node:crypto';

/** `lk-<tenant uuid without dashes>-<43 characters>`. */
const KEY = /^lk-([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-([A-Za-z0-9_-]{43})$/;
const KEY_LENGTH = 3 + 32 + 1 + 43;

export interface ParsedApiKey {
  readonly tenantId: string;
  /** SHA-256 of the whole key: 256 random bits need no slow hash. */
  readonly hash: Buffer;
}

export interface NewApiKey {
  /** The key itself, shown once. */
  readonly key: string;
  readonly hash: Buffer;
  /** How lists name it: 24 of its 256 secret bits. */
  readonly displayPrefix: string;
}

export function newApiKey(tenantId: string): NewApiKey {
  const secret = randomBytes(32).toString('base64url');
  const key = `lk-${tenantId.replaceAll('-', '')}-${secret}`;
  return { key, hash: hashOf(key), displayPrefix: `lk-…${secret.slice(-4)}` };
}

/** Null for anything that cannot be a key, of whatever type or size. */
export function parseApiKey(key: unknown): ParsedApiKey | null {
  if (typeof key !== 'string' || key.length !== KEY_LENGTH) return null;
  const match = KEY.exec(key);
  if (!match) return null;
  return { tenantId: match.slice(1, 6).join('-'), hash: hashOf(key) };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
