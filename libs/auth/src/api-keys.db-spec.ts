import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newApiKey } from './api-key-format.js';
import { ACTIVE_KEYS_MAX } from './api-keys.js';
import { KEY_CACHE_MS } from './key-cache.js';
import { actAs, addUser, contextOf, openAuth, signIn, type OpenAuth } from './testing/open-auth.js';

const DAY = 24 * 3_600_000;

describe('ApiKeys', () => {
  let open: OpenAuth;
  beforeAll(async () => {
    open = await openAuth();
  });
  afterAll(() => open.close());

  const verify = (key: string) => open.auth.apiKeys.verify(key);
  async function addKey(scopes: string[] = ['ask'], expiresAt?: Date) {
    const user = await addUser(open);
    const ctx = await actAs(open, user);
    return { user, ctx, ...(await open.auth.apiKeys.create(ctx, { name: 'program', scopes, expiresAt })) };
  }

  it('lets a program in with the owner’s rights within its scopes', async () => {
    const { user, key, created } = await addKey(['ask', 'keys']);
    const verified = await verify(key);
    expect(verified).toMatchObject({
      tenantId: open.tenantId,
      caller: { kind: 'key', userId: user.id, keyId: created.id, sessionId: null, mustChangePassword: false },
    });
    expect([...(verified?.caller.permissions ?? [])].sort()).toEqual(['ask', 'keys']);
    await open.auth.users.update(open.system, user.id, { roles: ['auditor'] });
    open.clock.advance(KEY_CACHE_MS);
    expect((await verify(key))?.caller.permissions.size).toBe(0);
  });

  it('and sessions stand until they are ended or their person is disabled, in their own tenant', async () => {
    const [kept, revoked, leaver] = [await addKey(), await addKey(), await addKey()];
    const { caller } = await signIn(open, leaver.user);
    const ids = [kept.created.id, revoked.created.id, leaver.created.id, String(caller.sessionId)];
    const standing = async (tenantId = open.tenantId) => [
      ...(await open.other.callers.standing(tenantId, ids)),
    ];
    expect((await standing()).sort()).toEqual([...ids].sort());
    expect(await standing(open.strangerTenantId)).toEqual([]);
    await open.auth.apiKeys.revoke(revoked.ctx, revoked.created.id);
    await open.auth.users.disable(open.system, leaver.user.id);
    expect(await standing()).toEqual([kept.created.id]);
  });

  it('is shown once and stored as a hash', async () => {
    const { key, created, ctx } = await addKey();
    expect(key.startsWith(`lk-${open.tenantId.replaceAll('-', '')}-`)).toBe(true);
    const rows = await open.database.once(open.system, 'select * from api_key where id = $1', [created.id]);
    expect(JSON.stringify([rows, created, await open.auth.apiKeys.list(ctx)])).not.toContain(
      key.slice(36, -4),
    );
  });

  it('does not know forged keys, nor keys of another tenant', async () => {
    const { key } = await addKey();
    expect(await verify(newApiKey(open.tenantId).key)).toBeNull();
    expect(await verify(newApiKey('00000000-0000-4000-8000-000000000000').key)).toBeNull();
    expect(await verify(`lk-${open.strangerTenantId.replaceAll('-', '')}${key.slice(35)}`)).toBeNull();
    expect(await verify(key)).not.toBeNull();
  });

  it('expires exactly, cached or not', async () => {
    const { key } = await addKey(['ask'], new Date(open.clock.now() + DAY));
    open.clock.advance(DAY - 1);
    expect(await verify(key)).not.toBeNull();
    open.clock.advance(1);
    expect(await verify(key)).toBeNull();
  });

  it('ends at once where it is revoked, and within the age of the cache elsewhere', async () => {
    const { key, created, ctx } = await addKey();
    expect(await verify(key)).not.toBeNull();
    expect(await open.other.apiKeys.verify(key)).not.toBeNull();
    expect(await open.auth.apiKeys.revoke(await actAs(open, await addUser(open)), created.id)).toBeNull();
    expect(await open.auth.apiKeys.revoke(open.stranger, created.id)).toBeNull();
    expect(await open.auth.apiKeys.revoke(ctx, 'no-uuid')).toBeNull();
    expect(await open.auth.apiKeys.revoke(ctx, created.id)).toMatchObject({ id: created.id });
    expect(await verify(key)).toBeNull();
    open.clock.advance(KEY_CACHE_MS);
    expect(await open.other.apiKeys.verify(key)).toBeNull();
    expect(await open.auth.apiKeys.list(ctx)).toEqual([]);
  });

  it('ends with its owner, for good', async () => {
    const { key, user } = await addKey();
    expect(await verify(key)).not.toBeNull();
    expect(await open.other.apiKeys.verify(key)).not.toBeNull();
    await open.auth.users.disable(open.system, user.id);
    expect(await verify(key)).toBeNull();
    open.clock.advance(KEY_CACHE_MS);
    expect(await open.other.apiKeys.verify(key)).toBeNull();
    await open.auth.users.enable(open.system, user.id);
    expect(await verify(key)).toBeNull();
  });

  it('does not ask the database again while the answer is fresh, and lets nobody in when it cannot ask', async () => {
    const away = await openAuth();
    try {
      const ctx = await actAs(away, await addUser(away));
      const { key } = await away.auth.apiKeys.create(ctx, { name: 'program', scopes: ['ask'] });
      await away.auth.apiKeys.verify(key);
      await away.database.close();
      expect(await away.auth.apiKeys.verify(key)).toMatchObject({ tenantId: away.tenantId });
      away.clock.advance(KEY_CACHE_MS);
      await expect(away.auth.apiKeys.verify(key)).rejects.toMatchObject({ code: 'AUTH_UNAVAILABLE' });
    } finally {
      await away.close();
    }
  });

  it('notes its last use to the minute', async () => {
    const { key, ctx } = await addKey();
    const used = async () => (await open.auth.apiKeys.list(ctx))[0]?.lastUsedAt?.getTime();
    await verify(key);
    const first = open.clock.now();
    expect(await used()).toBe(first);
    open.clock.advance(30_000);
    await verify(key);
    expect(await used()).toBe(first);
    open.clock.advance(31_000);
    await verify(key);
    expect(await used()).toBe(first + 61_000);
  });

  it('gives no rights that its creator does not have', async () => {
    const user = await addUser(open);
    const ctx = await actAs(open, user);
    const create = (request: object, by = ctx) =>
      open.auth.apiKeys.create(by, { name: 'x', scopes: ['ask'], ...request });
    await expect(create({ scopes: ['admin.users'] })).rejects.toMatchObject({ code: 'AUTH_SCOPE_DENIED' });
    const { key } = await create({ scopes: ['keys'] });
    const verified = await verify(key);
    const byKey = contextOf(open.tenantId, verified?.caller ?? ctx.caller);
    // A key makes no keys: they would outlive it.
    await expect(create({ scopes: ['keys'] }, byKey)).rejects.toMatchObject({ code: 'AUTH_NOT_A_PERSON' });
    const other = await addUser(open);
    await expect(create({ userId: other.id })).rejects.toMatchObject({ code: 'AUTH_SCOPE_DENIED' });
    const admin = await actAs(open, await addUser(open, ['admin']));
    await expect(create({ userId: other.id, scopes: ['audit.read'] }, admin)).rejects.toMatchObject({
      code: 'AUTH_SCOPE_DENIED',
    });
    expect((await create({ userId: other.id }, admin)).created.userId).toBe(other.id);
    await expect(create({ userId: other.id }, open.stranger)).rejects.toMatchObject({
      code: 'AUTH_USER_UNKNOWN',
    });
    expect(await open.auth.apiKeys.list(ctx, { all: true })).toHaveLength(1);
    expect((await open.auth.apiKeys.list(admin, { all: true })).length).toBeGreaterThan(1);
  });

  it.each([
    { name: '' },
    { name: 'a\u0000b' },
    { name: 'x'.repeat(121) },
    { scopes: [] },
    { scopes: ['everything'] },
    { expiresAt: 'tomorrow' },
    { expiresAt: new Date(0) },
    { expiresAt: new Date(Date.UTC(2999, 0)) },
    { userId: 'no-uuid' },
    { unknown: 1 },
  ])('refuses %j', async (change) => {
    const ctx = await actAs(open, await addUser(open));
    const request = { name: 'x', scopes: ['ask'], ...change };
    await expect(open.auth.apiKeys.create(ctx, request)).rejects.toMatchObject({
      code: 'AUTH_INVALID',
      status: 400,
    });
  });

  it('has a bounded number for one user, made at the same time too', async () => {
    const ctx = await actAs(open, await addUser(open));
    const all = await Promise.allSettled(
      Array.from({ length: ACTIVE_KEYS_MAX + 5 }, () =>
        open.auth.apiKeys.create(ctx, { name: 'x', scopes: ['ask'] }),
      ),
    );
    expect(all.filter((result) => result.status === 'fulfilled')).toHaveLength(ACTIVE_KEYS_MAX);
    expect(await open.auth.apiKeys.list(ctx)).toHaveLength(ACTIVE_KEYS_MAX);
  });
});
