import { createHmac } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';

/** Salts that are kept: there are few tenants and sets of groups, and two are wanted for every question. */
const KEPT_MAX = 1_000;
const kept = new Map<string, string>();

/**
 * Keeps the prefix caches of callers with different rights apart: base64url(HMAC-SHA256(secret, tenant ‖ scope)),
 * 43 characters. The scope is the set of groups, not the person: callers with the same rights share their cache.
 */
export function cacheSalt(secret: string, ctx: CallContext): string {
  const scope = [...ctx.caller.groupIds].sort().join(',');
  // Tenant ids have a fixed length, so the two parts cannot be mistaken for each other.
  const of = `${ctx.tenantId}\n${scope}`;
  const key = `${of}\n${secret}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const salt = createHmac('sha256', secret).update(of).digest('base64url');
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(key, salt);
  return salt;
}
