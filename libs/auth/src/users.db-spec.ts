import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
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

const NO_ID = '3f2b8c1e-9a4d-4f6b-8e21-0c5d7a9b1e34';

describe('Users', () => {
  let open: OpenAuth;
  beforeAll(async () => {
    open = await openAuth({ SIGN_IN_FREE_ATTEMPTS: 3 });
  });
  afterAll(() => open.close());

  it('creates with a random password that is shown once', async () => {
    const name = `Li.Wei-${randomUUID().slice(0, 8)}`;
    const { user, initialPassword } = await open.auth.users.create(open.system, {
      email: ` ${name}@Example.com `,
      displayName: '李伟',
      roles: ['employee', 'employee'],
      locale: 'zh',
    });
    expect(user).toMatchObject({
      email: `${name.toLowerCase()}@example.com`,
      roles: ['employee'],
      mustChangePassword: true,
      groups: [],
    });
    expect(initialPassword).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(JSON.stringify(await open.auth.users.get(open.system, user.id))).not.toContain('argon2');
    expect(await open.auth.users.findByEmail(open.system, `${name.toUpperCase()}@example.com`)).toEqual(user);
  });

  it('keeps a chosen language, and knows where none was chosen', async () => {
    const user = await addUser(open);
    const now = async () => {
      const caller = await open.auth.callers.callerOf(open.tenantId, user.id);
      const view = await open.auth.users.get(open.system, user.id);
      return [view?.locale, caller?.locale, caller?.localeChosen];
    };
    expect(await now()).toEqual([null, 'en', false]);
    await open.auth.users.update(open.system, user.id, { locale: 'zh' });
    await open.auth.users.update(open.system, user.id, { displayName: 'Another' });
    expect(await now()).toEqual(['zh', 'zh', true]);
    await open.auth.users.update(open.system, user.id, { locale: null });
    expect(await now()).toEqual([null, 'en', false]);
  });

  it.each([
    { email: 'nobody' },
    { email: 'a\u0000b@example.com' },
    { email: `${'x'.repeat(250)}@example.com` },
    { displayName: '' },
    { displayName: 'a\ud800' },
    { displayName: 'x'.repeat(121) },
    { roles: [] },
    { roles: ['root'] },
    { locale: 'fr' },
    { groupIds: ['no-uuid'] },
    { unknown: 1 },
  ])('refuses %j and names the field', async (change) => {
    const request = { email: 'x@example.com', displayName: 'X', roles: ['employee' as const], ...change };
    await expect(open.auth.users.create(open.system, request as never)).rejects.toMatchObject({
      code: 'AUTH_INVALID',
      status: 400,
      details: [expect.objectContaining({ path: expect.any(String) })],
    });
  });

  it('refuses a taken e-mail, a weak password and an unknown group, and creates nothing then', async () => {
    const user = await addUser(open);
    const email = `${randomUUID()}@example.com`;
    const create = (change: object) =>
      open.auth.users.create(open.system, {
        email,
        displayName: 'X',
        roles: ['employee'],
        ...change,
      });
    await expect(create({ email: user.email.toUpperCase() })).rejects.toMatchObject({
      code: 'AUTH_EMAIL_TAKEN',
      status: 409,
    });
    await expect(create({ password: 'password1234' })).rejects.toMatchObject({
      code: 'AUTH_PASSWORD_WEAK',
      status: 422,
    });
    const foreign = await open.auth.groups.create(open.stranger, { name: randomUUID() });
    await expect(create({ groupIds: [foreign.id] })).rejects.toMatchObject({ code: 'AUTH_GROUP_UNKNOWN' });
    expect(await open.auth.users.findByEmail(open.system, email)).toBeNull();
    expect((await create({})).user.email).toBe(email);
  });

  it('shows nothing to another tenant', async () => {
    const user = await addUser(open);
    const { users } = open.auth;
    expect(await users.get(open.stranger, user.id)).toBeNull();
    expect(await users.findByEmail(open.stranger, user.email)).toBeNull();
    expect(await users.update(open.stranger, user.id, { displayName: 'Mine' })).toBeNull();
    expect(await users.disable(open.stranger, user.id)).toBeNull();
    expect(await users.enable(open.stranger, user.id)).toBeNull();
    expect(await users.resetPassword(open.stranger, user.id)).toBeNull();
    expect(await users.setGroups(open.stranger, user.id, [])).toBeNull();
    expect((await users.list(open.stranger)).items).toEqual([]);
    expect(await open.auth.callers.callerOf(open.strangerTenantId, user.id)).toBeNull();
    expect(await users.get(open.system, user.id)).toEqual(user);
  });

  it.each(['', 'no-uuid', '\u0000', NO_ID, 'x'.repeat(10_000)])('answers null for id %#', async (id) => {
    const { users } = open.auth;
    expect(await users.get(open.system, id)).toBeNull();
    expect(await users.update(open.system, id, {})).toBeNull();
    expect(await users.disable(open.system, id)).toBeNull();
    expect(await users.resetPassword(open.system, id)).toBeNull();
    expect(await users.setGroups(open.system, id, [])).toBeNull();
    expect(await open.auth.callers.callerOf(open.tenantId, id)).toBeNull();
    expect(await open.auth.callers.callerOf(id, NO_ID)).toBeNull();
  });

  it('lists page by page, searches literally, filters', async () => {
    const tenant = await openAuth();
    try {
      const { auth, system } = tenant;
      const group = await auth.groups.create(system, { name: 'g' });
      const made = [];
      for (let n = 0; n < 7; n++) made.push(await addUser(tenant));
      await auth.users.update(system, made[0]?.id ?? '', { displayName: '100%_sure\\' });
      await auth.users.setGroups(system, made[1]?.id ?? '', [group.id]);
      await auth.users.disable(system, made[2]?.id ?? '');
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await auth.users.list(system, { limit: 3, cursor });
        seen.push(...page.items.map((user) => user.id));
        cursor = page.cursor ?? undefined;
      } while (cursor);
      expect(seen).toHaveLength(7);
      expect(new Set(seen)).toEqual(new Set(made.map((user) => user.id)));
      const found = async (request: object) =>
        (await auth.users.list(system, request)).items.map((user) => user.id);
      expect(await found({ search: '%' })).toEqual([made[0]?.id]);
      expect(await found({ search: '_SURE\\' })).toEqual([made[0]?.id]);
      expect(await found({ search: made[3]?.email.toUpperCase() })).toEqual([made[3]?.id]);
      expect(await found({ groupId: group.id })).toEqual([made[1]?.id]);
      expect(await found({ state: 'disabled' })).toEqual([made[2]?.id]);
      expect(await found({ state: 'enabled' })).toHaveLength(6);
      expect((await auth.users.list(system, { limit: 7 })).cursor).toBeNull();
    } finally {
      await tenant.close();
    }
  });

  it.each([
    { limit: 0 },
    { limit: 201 },
    { limit: 1.5 },
    { cursor: '' },
    { cursor: '%%%' },
    { cursor: 'AA' },
    { cursor: 'x'.repeat(10_000) },
    { search: 'x'.repeat(121) },
    { search: '\u0000' },
    { groupId: 'x' },
  ])('refuses the list request %j', async (request) => {
    await expect(open.auth.users.list(open.system, request)).rejects.toMatchObject({ code: 'AUTH_INVALID' });
  });

  it('changes only what is named', async () => {
    const user = await addUser(open);
    expect(await open.auth.users.update(open.system, user.id, { displayName: 'New name' })).toEqual({
      ...user,
      displayName: 'New name',
    });
    const { email } = await addUser(open);
    await expect(open.auth.users.update(open.system, user.id, { email })).rejects.toMatchObject({
      code: 'AUTH_EMAIL_TAKEN',
    });
  });

  it('lets nobody change their own roles, and ends keys with a password reset', async () => {
    const user = await addUser(open, ['employee', 'admin']);
    const self = await actAs(open, user);
    const change = (roles: ('employee' | 'admin' | 'auditor')[]) =>
      open.auth.users.update(self, user.id, { roles });
    await expect(change(['employee', 'admin', 'auditor'])).rejects.toMatchObject({ code: 'AUTH_OWN_ROLES' });
    expect(await change(['admin', 'employee'])).toMatchObject({ roles: expect.arrayContaining(['admin']) });
    const { key } = await open.auth.apiKeys.create(self, { name: 'x', scopes: ['ask'] });
    expect(await open.auth.apiKeys.verify(key)).not.toBeNull();
    await open.auth.users.resetPassword(open.system, user.id);
    expect(await open.auth.apiKeys.verify(key)).toBeNull();
  });

  it('never loses the last administrator, not even to two at the same time', async () => {
    const tenant = await openAuth();
    try {
      const [one, two] = [await addUser(tenant, ['admin']), await addUser(tenant, ['admin'])];
      const { users } = tenant.auth;
      const both = await Promise.allSettled([
        users.update(tenant.system, one.id, { roles: ['employee'] }),
        users.disable(tenant.system, two.id),
      ]);
      expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
      const admins = (await users.list(tenant.system, { state: 'enabled' })).items.filter((user) =>
        user.roles.includes('admin'),
      );
      expect(admins).toHaveLength(1);
      await expect(users.disable(tenant.system, admins[0]?.id ?? '')).rejects.toMatchObject({
        code: 'AUTH_LAST_ADMIN',
      });
      expect(
        await users.update(tenant.system, admins[0]?.id ?? '', { roles: ['admin', 'support'] }),
      ).not.toBeNull();
    } finally {
      await tenant.close();
    }
  });

  it('resets a password: old sessions and the old password end', async () => {
    const user = await addUser(open);
    const { sessionToken } = await signIn(open, user);
    const reset = await open.auth.users.resetPassword(open.system, user.id);
    expect(reset?.user.mustChangePassword).toBe(true);
    expect(await open.auth.sessions.verify(sessionToken, HERE)).toBeNull();
    const run = (password: string) =>
      open.auth.signIn.run({ tenantSlug: 'acme', email: user.email, password, ...HERE });
    expect(await run(PASSWORD)).toMatchObject({ kind: 'refused' });
    expect(await run(reset?.initialPassword ?? '')).toMatchObject({ kind: 'signed-in' });
  });
});

describe('Passwords', () => {
  let open: OpenAuth;
  beforeAll(async () => {
    open = await openAuth({ SIGN_IN_FREE_ATTEMPTS: 3 });
  });
  afterAll(() => open.close());

  const change = (ctx: CallContext, current: string, next: string) =>
    open.auth.passwords.change(ctx, current, next);

  it('changes, and ends every other session', async () => {
    const user = await addUser(open);
    const [mine, other] = [await signIn(open, user), await signIn(open, user)];
    const ctx = contextOf(open.tenantId, mine.caller);
    expect(await change(ctx, PASSWORD, 'amber-violin-9')).toMatchObject({
      id: user.id,
      mustChangePassword: false,
    });
    expect(await open.auth.sessions.verify(mine.sessionToken, HERE)).not.toBeNull();
    expect(await open.auth.sessions.verify(other.sessionToken, HERE)).toBeNull();
  });

  it('refuses a wrong current password, a weak and the same one', async () => {
    const ctx = await actAs(open, await addUser(open));
    await expect(change(ctx, 'wrong password!', 'amber-violin-9')).rejects.toMatchObject({
      code: 'AUTH_PASSWORD_WRONG',
    });
    await expect(change(ctx, PASSWORD, 'short')).rejects.toMatchObject({
      code: 'AUTH_PASSWORD_WEAK',
      details: [{ path: 'next', message: 'at least 12 characters' }],
    });
    await expect(change(ctx, PASSWORD, PASSWORD)).rejects.toMatchObject({ code: 'AUTH_PASSWORD_WEAK' });
  });

  it('slows guessing down', async () => {
    const ctx = await actAs(open, await addUser(open));
    for (let n = 0; n < 3; n++) {
      await expect(change(ctx, `wrong password ${n}`, 'amber-violin-9')).rejects.toMatchObject({
        status: 403,
      });
    }
    await expect(change(ctx, PASSWORD, 'amber-violin-9')).rejects.toMatchObject({
      code: 'AUTH_THROTTLED',
      status: 429,
    });
    open.clock.advance(1_000);
    expect(await change(ctx, PASSWORD, 'amber-violin-9')).toMatchObject({ mustChangePassword: false });
  });

  it('is for people only', async () => {
    const user = await addUser(open);
    const { caller } = await actAs(open, user);
    const byKey = contextOf(open.tenantId, { ...caller, kind: 'key' });
    await expect(change(byKey, PASSWORD, 'amber-violin-9')).rejects.toMatchObject({
      code: 'AUTH_NOT_A_PERSON',
    });
    await expect(change(systemContext(open.tenantId), '', '')).rejects.toMatchObject({
      code: 'AUTH_NOT_A_PERSON',
    });
  });
});
