import { createHmac } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';

/**
 * Keeps the prefix caches of callers with different rights apart: base64url(HMAC-SHA256(secret, tenant ‖ scope)),
 * 43 characters. The scope is the set of groups, not the person: callers with the same rights share their cache.
 */
export function cacheSalt(secret: string, ctx: CallContext): string {
  const scope = [...ctx.caller.groupIds].sort().join(',');
  // Tenant ids have a fixed length, so the two parts cannot be mistaken for each other.
  return createHmac('sha256', secret).update(`${ctx.tenantId}\n${scope}`).digest('base64url');
}
