import { createHash, randomBytes } from 'node:crypto';

/** `<tenant uuid>.<43 characters>`: the tenant is needed before anything can be looked up. */
const TOKEN = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;
const TOKEN_LENGTH = 36 + 1 + 43;

export interface SessionToken {
  readonly tenantId: string;
  /** SHA-256 of the secret: 256 random bits need no slow hash. */
  readonly hash: Buffer;
}

/** A new token; only its hash is stored. */
export function newSessionToken(tenantId: string): { token: string; hash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { token: `${tenantId}.${secret}`, hash: hashOf(secret) };
}

/** Null for anything that cannot be a token, of whatever type or size. */
export function parseSessionToken(token: unknown): SessionToken | null {
  if (typeof token !== 'string' || token.length !== TOKEN_LENGTH) return null;
  const match = TOKEN.exec(token);
  if (!match?.[1] || !match[2]) return null;
  return { tenantId: match[1], hash: hashOf(match[2]) };
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
