import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newSessionToken } from './session-token.js';
import { PREVIOUS_GOOD_MS, ROTATE_AFTER_MS, SESSIONS_MAX } from './sessions.js';
import {
  actAs,
  addUser,
  contextOf,
  HERE,
  openAuth,
  PASSWORD,
  signIn,
  type OpenAuth,
} from './testing/open-auth.js';

describe('Sessions', () => {
  let open: OpenAuth;
  beforeAll(async () => {
    open = await openAuth({ SIGN_IN_FREE_ATTEMPTS: 100 });
  });
  afterAll(() => open.close());

  const verify = (token: string) => open.auth.sessions.verify(token, HERE);
  const minutes = (n: number) => open.clock.advance(n * 60_000);

  /** Keeps a session in use, so that only its absolute end matters. */
  async function useUntil(token: string, hours: number): Promise<string> {
    for (let n = 0; n < hours; n++) {
      minutes(60);
      token = (await verify(token))?.rotatedToken ?? token;
    }
    return token;
  }

  it('gives the caller as the database has it now', async () => {
    const user = await addUser(open);
    const group = await open.auth.groups.create(open.system, { name: 'readers' });
    const { sessionToken, sessionId } = await signIn(open, user);
    await open.auth.users.setGroups(open.system, user.id, [group.id]);
    await open.auth.users.update(open.system, user.id, { roles: ['auditor'], locale: 'zh' });
    const verified = await verify(sessionToken);
    expect(verified).toMatchObject({
      tenantId: open.tenantId,
      sessionId,
      caller: { kind: 'user', userId: user.id, groupIds: [group.id], locale: 'zh', sessionId, keyId: null },
    });
    expect([...(verified?.caller.permissions ?? [])].sort()).toEqual([
      'account',
      'audit.read',
      'scanner.hits',
    ]);
    expect(verified?.rotatedToken).toBeUndefined();
  });

  it('stores no token', async () => {
    const { sessionToken } = await signIn(open, await addUser(open));
    const rows = await open.database.once(open.system, 'select * from session');
    expect(JSON.stringify(rows)).not.toContain(sessionToken.slice(37));
  });

  it.each([
    ['forged', (token: string) => `${token.slice(0, 37)}${'A'.repeat(43)}`],
    ['of another tenant', (token: string) => open.strangerTenantId + token.slice(36)],
    [
      'of no tenant',
      (token: string) => newSessionToken('00000000-0000-4000-8000-000000000000').token + token.slice(99),
    ],
    ['cut', (token: string) => token.slice(0, -1)],
  ])('does not know a token that is %s', async (_, change) => {
    const { sessionToken } = await signIn(open, await addUser(open));
    expect(await verify(change(sessionToken))).toBeNull();
    expect(await verify(sessionToken)).not.toBeNull();
  });

  it('rotates at its age, and the previous token stays good for requests under way', async () => {
    const { sessionToken } = await signIn(open, await addUser(open));
    open.clock.advance(ROTATE_AFTER_MS - 1);
    expect(await verify(sessionToken)).not.toHaveProperty('rotatedToken');
    open.clock.advance(1);
    const next = (await verify(sessionToken))?.rotatedToken;
    expect(next).toBeDefined();
    open.clock.advance(PREVIOUS_GOOD_MS);
    expect(await verify(sessionToken)).not.toHaveProperty('rotatedToken');
    expect(await verify(next ?? '')).not.toHaveProperty('rotatedToken');
  });

  it('ends the session when a replaced token comes back later, and tells', async () => {
    const user = await addUser(open);
    const { sessionToken, sessionId } = await signIn(open, user);
    minutes(15);
    const next = (await verify(sessionToken))?.rotatedToken ?? '';
    open.clock.advance(PREVIOUS_GOOD_MS + 1);
    open.reuses.length = 0;
    expect(
      await open.auth.sessions.verify(sessionToken, { ip: '203.0.113.9', userAgent: 'thief' }),
    ).toBeNull();
    expect(await verify(next)).toBeNull();
    expect(await verify(sessionToken)).toBeNull();
    expect(open.reuses).toEqual([
      { tenantId: open.tenantId, sessionId, userId: user.id, ip: '203.0.113.9', userAgent: 'thief' },
    ]);
  });

  it('does not take requests at the same time for reuse, over two processes', async () => {
    const { sessionToken } = await signIn(open, await addUser(open));
    let token = sessionToken;
    for (let round = 0; round < 5; round++) {
      minutes(15);
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 ? open.auth : open.other).sessions.verify(token, HERE)),
      );
      expect(all.every((verified) => verified !== null)).toBe(true);
      const rotated = all.flatMap((verified) => verified?.rotatedToken ?? []);
      expect(rotated).toHaveLength(1);
      token = rotated[0] ?? '';
    }
    expect(await verify(token)).not.toBeNull();
  });

  it('ends at its time, used or not, and when unused', async () => {
    const idle = (await signIn(open, await addUser(open))).sessionToken;
    minutes(120);
    expect(await verify(idle)).toBeNull();
    const used = await useUntil((await signIn(open, await addUser(open))).sessionToken, 11);
    expect(await verify(used)).not.toBeNull();
    minutes(59);
    const last = (await verify(used))?.rotatedToken ?? used;
    minutes(1);
    expect(await verify(last)).toBeNull();
  });

  it('counts use to the minute', async () => {
    const token = (await signIn(open, await addUser(open))).sessionToken;
    minutes(10);
    await verify(token);
    minutes(110);
    expect(await verify(token)).not.toBeNull();
  });

  it('ends at once when revoked, by its owner or an administrator only', async () => {
    const user = await addUser(open);
    const other = await addUser(open);
    const first = await signIn(open, user);
    const ctx = await actAs(open, user);
    expect(await open.auth.sessions.revoke(await actAs(open, other), first.sessionId)).toBeNull();
    expect(await open.auth.sessions.revoke(open.stranger, first.sessionId)).toBeNull();
    expect(await open.auth.sessions.revoke(ctx, 'no-uuid')).toBeNull();
    expect(await verify(first.sessionToken)).not.toBeNull();
    expect(await open.auth.sessions.revoke(ctx, first.sessionId)).toMatchObject({
      revokedReason: 'signed out',
    });
    expect(await verify(first.sessionToken)).toBeNull();
    expect(await open.auth.sessions.revoke(ctx, first.sessionId)).toBeNull();
    const second = await signIn(open, user);
    await open.auth.sessions.revoke(open.system, second.sessionId, 'by an administrator');
    expect(await verify(second.sessionToken)).toBeNull();
  });

  it('ends all of a user but one', async () => {
    const user = await addUser(open);
    const all = [await signIn(open, user), await signIn(open, user), await signIn(open, user)];
    const kept = all[1];
    const ctx = contextOf(open.tenantId, kept?.caller ?? open.system.caller);
    const stranger = await actAs(open, await addUser(open));
    expect(await open.auth.sessions.revokeAllOf(stranger, user.id)).toBe(0);
    expect(await open.auth.sessions.revokeAllOf(ctx, user.id, kept?.sessionId)).toBe(2);
    const items = await open.auth.sessions.list(ctx);
    expect(items).toMatchObject([{ id: kept?.sessionId, current: true, ip: HERE.ip }]);
    expect(await open.auth.sessions.list(stranger, user.id)).toEqual([]);
  });

  it('ends with the user', async () => {
    const user = await addUser(open);
    const { sessionToken } = await signIn(open, user);
    await open.auth.users.disable(open.system, user.id);
    expect(await verify(sessionToken)).toBeNull();
    await open.auth.users.enable(open.system, user.id);
    expect(await verify(sessionToken)).toBeNull();
    expect(
      await open.auth.signIn.run({ tenantSlug: 'acme', email: user.email, password: PASSWORD, ...HERE }),
    ).toMatchObject({ kind: 'signed-in' });
  });

  it('allows nothing but the own account until an initial password is changed', async () => {
    const { user, initialPassword } = await open.auth.users.create(open.system, {
      email: 'new@example.com',
      displayName: 'New',
      roles: ['admin'],
    });
    const result = await open.auth.signIn.run({
      tenantSlug: 'acme',
      email: user.email,
      password: initialPassword ?? '',
      ...HERE,
    });
    expect(result.kind === 'signed-in' && [...result.caller.permissions]).toEqual(['account']);
    expect(result).toMatchObject({ caller: { mustChangePassword: true } });
  });

  it('has a bounded number for one user: the least recently used end', async () => {
    const user = await addUser(open);
    const first = await signIn(open, user);
    for (let n = 0; n < SESSIONS_MAX; n++) {
      open.clock.advance(1);
      await signIn(open, user);
    }
    expect(await verify(first.sessionToken)).toBeNull();
    expect(await open.auth.sessions.list(await actAs(open, user))).toHaveLength(SESSIONS_MAX);
  });

  it('keeps client texts short and storable', async () => {
    const user = await addUser(open);
    const result = await open.auth.signIn.run({
      tenantSlug: 'acme',
      email: user.email,
      password: PASSWORD,
      ip: '192.0.2.1\u0000',
      userAgent: `\u0000${'x'.repeat(10_000)}`,
    });
    expect(result.kind).toBe('signed-in');
    const [item] = await open.auth.sessions.list(await actAs(open, user));
    expect(item?.userAgent).toHaveLength(400);
  });

  it('removes sessions that ended long ago', async () => {
    const { sessionId } = await signIn(open, await addUser(open));
    minutes(60 * 24 * 32);
    expect((await open.auth.removeExpired.run(open.system)).sessions).toBeGreaterThan(0);
    const rows = await open.database.once(open.system, 'select id from session where id = $1', [sessionId]);
    expect(rows).toEqual([]);
  });
});
