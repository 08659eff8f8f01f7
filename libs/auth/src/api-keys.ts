import type { Clock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext, type Caller } from '@lorekeep/kit/context';
import { isUuid } from '@lorekeep/kit/sql';
import { z } from 'zod';
import { newApiKey, parseApiKey } from './api-key-format.js';
import type { AuthConfig } from './auth.config.js';
import { authError } from './auth.errors.js';
import { KeyCache } from './key-cache.js';
import { permissionsOfKey } from './permissions.js';
import { ApiKeyRepository, type ApiKeyView, type FoundKey } from './store/api-key.repository.js';
import type { AuthStore } from './store/auth-store.js';
import { callerFrom } from './store/caller.repository.js';
import { name, scopes, validate } from './validate-input.js';

export const ACTIVE_KEYS_MAX = 50;
const LIST_MAX = 500;
const DAY_MS = 24 * 3_600_000;
/** Life of a key whose creator names none. */
export const KEY_DEFAULT_DAYS = 90;

const newKey = z.strictObject({
  name,
  scopes,
  expiresAt: z.coerce.date().nullish(),
  userId: z.guid().optional(),
});

export interface NewApiKeyRequest {
  name: string;
  scopes: readonly string[];
  /** Without: 90 days from now. */
  expiresAt?: Date | string | null | undefined;
  /** Another user than the caller: only for who administers users. */
  userId?: string | undefined;
}

export interface VerifiedKey {
  caller: Caller;
  tenantId: string;
}

/** Keys for programs: scoped, expiring, stored as hashes. */
export class ApiKeys {
  private readonly keys: ApiKeyRepository;
  private readonly cache: KeyCache<FoundKey>;
  /** Whom a key that was found stands for, for as long as what was found is kept. */
  private readonly verified = new WeakMap<FoundKey, VerifiedKey>();

  constructor(
    private readonly store: AuthStore,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {
    this.keys = new ApiKeyRepository(store);
    this.cache = new KeyCache(clock);
  }

  /**
   * Null for a key that is malformed, forged, expired, revoked or of a disabled user; a change is seen
   * within KEY_CACHE_MS. Throws AuthFault when keys cannot be looked up.
   */
  async verify(key: unknown): Promise<VerifiedKey | null> {
    const parsed = parseApiKey(key);
    if (!parsed) return null;
    const { tenantId, hash } = parsed;
    const found = await this.cache.get(`${tenantId}:${hash.toString('base64')}`, () =>
      this.keys.find(systemContext(tenantId), hash, new Date(this.clock.now())),
    );
    if (!found || (found.expiresAt && found.expiresAt.getTime() <= this.clock.now())) return null;
    let verified = this.verified.get(found);
    if (!verified) {
      const permissions = permissionsOfKey(found.roles, found.scopes);
      verified = { tenantId, caller: callerFrom(found, { kind: 'key', permissions, keyId: found.keyId }) };
      this.verified.set(found, verified);
    }
    return verified;
  }

  /** The returned `key` is shown once and cannot be had again; `created` is what lists and records hold. */
  async create(ctx: CallContext, request: NewApiKeyRequest): Promise<{ key: string; created: ApiKeyView }> {
    // A key that makes keys would outlive its own end.
    if (ctx.caller.kind === 'key') throw authError('AUTH_NOT_A_PERSON');
    const input = validate(newKey, request);
    const userId = input.userId ?? ctx.caller.userId;
    if (userId === null) throw authError('AUTH_INVALID', [{ path: 'userId', message: 'is required' }]);
    const forOther = userId !== ctx.caller.userId;
    if (forOther && !ctx.caller.permissions.has('admin.users')) throw authError('AUTH_SCOPE_DENIED');
    if (!input.scopes.every((scope) => ctx.caller.permissions.has(scope)))
      throw authError('AUTH_SCOPE_DENIED');
    const expiresAt = this.expiry(input.expiresAt ?? null);
    const now = new Date(this.clock.now());
    const { key, hash, displayPrefix } = newApiKey(ctx.tenantId);
    const created = await this.store.transaction(ctx, async (tx) => {
      const active = await this.keys.lockOwner(tx, userId, now);
      if (active === null) throw authError('AUTH_USER_UNKNOWN');
      if (active >= ACTIVE_KEYS_MAX) throw authError('AUTH_KEY_LIMIT');
      const { name, scopes } = input;
      return this.keys.insert(tx, { userId, name, hash, displayPrefix, scopes, expiresAt, now });
    });
    return { key, created };
  }

  /** Keys that are not revoked, newest first: the caller's own, or with `all` everybody's for who administers users. */
  async list(ctx: CallContext, options: { all?: boolean } = {}): Promise<ApiKeyView[]> {
    const all = options.all === true && ctx.caller.permissions.has('admin.users');
    if (!all && ctx.caller.userId === null) return [];
    return this.keys.list(ctx, all ? null : ctx.caller.userId, LIST_MAX);
  }

  /** Revokes an own key, or anybody's for who administers users. Null when there is none such. */
  async revoke(ctx: CallContext, id: string): Promise<ApiKeyView | null> {
    const mine = !ctx.caller.permissions.has('admin.users');
    if (!isUuid(id) || (mine && ctx.caller.userId === null)) return null;
    const revoked = await this.keys.revoke(
      ctx,
      id,
      mine ? ctx.caller.userId : null,
      new Date(this.clock.now()),
    );
    if (revoked) this.cache.forget((found) => found.keyId === revoked.id);
    return revoked;
  }

  /** Groups have changed: every key is looked up anew at its next use in this process. */
  forgetAll(): void {
    this.cache.forget(() => true);
  }

  /** The keys of this user are looked up anew at their next use in this process. */
  forgetUser(userId: string): void {
    this.cache.forget((found) => found.userId === userId);
  }

  private expiry(wanted: Date | null): Date {
    const now = this.clock.now();
    const days = Math.min(KEY_DEFAULT_DAYS, this.config.API_KEY_MAX_DAYS);
    const at = wanted?.getTime() ?? now + days * DAY_MS;
    if (at > now && at <= now + this.config.API_KEY_MAX_DAYS * DAY_MS) return new Date(at);
    const message = `must lie in the future, at most ${this.config.API_KEY_MAX_DAYS} days ahead`;
    throw authError('AUTH_INVALID', [{ path: 'expiresAt', message }]);
  }
}
