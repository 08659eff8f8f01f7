import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import { createTenant, findOrCreateTenant } from './create-tenant.js';
import { seedTenant, type Seed } from './seed-tenant.js';
import { addUser, HERE, openAuth, type OpenAuth } from './testing/open-auth.js';

describe('Tenants', () => {
  let open: OpenAuth;
  beforeAll(async () => {
    open = await openAuth();
  });
  afterAll(() => open.close());

  it('are found by their short names', async () => {
    const { tenants } = open.auth;
    expect(await tenants.idOf('acme')).toBe(open.tenantId);
    for (const odd of ['initech', '', 'ACME', '\u0000', 'x'.repeat(10_000)])
      expect(await tenants.idOf(odd)).toBeNull();
    expect(await tenants.ids()).toEqual(expect.arrayContaining([open.tenantId, open.strangerTenantId]));
  });

  it('keep settings one by one, with defaults', async () => {
    const { tenants } = open.auth;
    const defaults = {
      keepQuestionText: true,
      keepAnswerText: false,
      showReasoning: false,
      giveBackSecrets: true,
      passagesPerQuestion: 8,
      groundedness: 'mark',
      allowedModels: [],
      modelRoutes: '',
      firstRoles: ['support'],
    };
    expect((await tenants.get(open.system))?.settings).toEqual(defaults);
    await tenants.update(open.system, { settings: { keepAnswerText: true } });
    const changed = await tenants.update(open.system, {
      name: 'Acme Ltd',
      settings: { passagesPerQuestion: 50 },
    });
    expect(changed).toMatchObject({
      name: 'Acme Ltd',
      settings: { ...defaults, keepAnswerText: true, passagesPerQuestion: 50 },
    });
    expect(await tenants.get(open.stranger)).toMatchObject({ name: 'Globex', settings: defaults });
    await expect(
      tenants.update(open.system, { settings: { passagesPerQuestion: 51 } }),
    ).rejects.toMatchObject({
      code: 'AUTH_INVALID',
      details: [{ path: 'settings.passagesPerQuestion' }],
    });
    await expect(tenants.update(open.system, { settings: { other: 1 } } as never)).rejects.toMatchObject({
      code: 'AUTH_INVALID',
    });
    expect(await tenants.get(systemContext('00000000-0000-0000-0000-000000000000'))).toBeNull();
  });

  it('are created by the owner only, once', async () => {
    await expect(createTenant(open.ownerUrl, { slug: 'acme', name: 'Again' })).rejects.toMatchObject({
      code: 'AUTH_TENANT_TAKEN',
    });
    await expect(createTenant(open.ownerUrl, { slug: 'No Slug', name: 'x' })).rejects.toMatchObject({
      code: 'AUTH_INVALID',
    });
    const insert = 'insert into tenant (id, slug, name) values (app_tenant(), $1, $1)';
    await expect(open.database.once(open.system, insert, ['mine'])).rejects.toMatchObject({ code: '42501' });
    const both = await Promise.all(
      [1, 2, 3].map(() => findOrCreateTenant(open.ownerUrl, { slug: 'initech', name: 'Initech' })),
    );
    expect(new Set(both.map(({ tenant }) => tenant.id)).size).toBe(1);
    expect(both.filter(({ created }) => created)).toHaveLength(1);
  });

  it('are seeded; a second time nothing changes', async () => {
    const seed: Seed = {
      slug: 'northwind',
      name: 'Northwind',
      groups: [{ name: 'hr' }, { name: 'engineering' }],
      users: [
        { email: 'admin@northwind.example', displayName: 'Admin', roles: ['admin'] },
        {
          email: 'hr@northwind.example',
          displayName: 'HR',
          roles: ['employee'],
          groups: ['hr'],
          mustChangePassword: false,
        },
      ],
    };
    const first = await seedTenant(open.ownerUrl, open.auth, seed);
    expect(first).toMatchObject({
      created: true,
      users: [{ user: { mustChangePassword: true } }, { user: { groups: [{ name: 'hr' }] } }],
    });
    for (const { user, password } of first.users) {
      expect(
        await open.auth.signIn.run({
          tenantSlug: 'northwind',
          email: user.email,
          password: password ?? '',
          ...HERE,
        }),
      ).toMatchObject({ kind: 'signed-in', tenantId: first.tenant.id });
    }
    const second = await seedTenant(open.ownerUrl, open.auth, seed);
    expect(second.created).toBe(false);
    expect(second.groups.map((group) => group.id)).toEqual(first.groups.map((group) => group.id));
    expect(second.users.map(({ user, password }) => [user.id, password])).toEqual(
      first.users.map(({ user }) => [user.id, null]),
    );
  });

  it('do not see each other’s rows, whatever the statement', async () => {
    await addUser(open);
    for (const table of [
      'app_user',
      'user_group',
      'group_member',
      'session',
      'sign_in_throttle',
      'api_key',
    ]) {
      const sql = `select * from ${table} where tenant_id = $1`;
      expect(await open.database.once(open.stranger, sql, [open.tenantId])).toEqual([]);
    }
  });
});
