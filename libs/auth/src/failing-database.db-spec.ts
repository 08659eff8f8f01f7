import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LOADED_MS } from '@lorekeep/kit/testing';
import pg from 'pg';
import { AuthFault } from './auth.errors.js';
import { addUser, HERE, openAuth, PASSWORD, signIn, type OpenAuth } from './testing/open-auth.js';

const TIMEOUT = 300;

/** What the gateway asks of this domain on every request, with good credentials. */
async function everyCheck(open: OpenAuth) {
  const user = await addUser(open, ['admin']);
  const { sessionToken } = await signIn(open, user);
  const { key } = await open.auth.apiKeys.create(open.system, {
    name: 'x',
    scopes: ['ask'],
    userId: user.id,
  });
  return {
    signIn: () =>
      open.auth.signIn.run({ tenantSlug: 'acme', email: user.email, password: PASSWORD, ...HERE }),
    session: () => open.auth.sessions.verify(sessionToken, HERE),
    key: () => open.auth.apiKeys.verify(key),
    caller: () => open.auth.callers.callerOf(open.tenantId, user.id),
  };
}

describe('when the database', () => {
  let open: OpenAuth;
  beforeEach(async () => {
    open = await openAuth({ AUTH_TIMEOUT_MS: TIMEOUT });
  });
  afterEach(() => open.close());

  it('is away, nobody is let in', async () => {
    const checks = await everyCheck(open);
    await open.database.close();
    for (const check of Object.values(checks)) await expect(check()).rejects.toBeInstanceOf(AuthFault);
  });

  it('throws, nobody is let in', async () => {
    const checks = await everyCheck(open);
    await asOwner(open, async (owner) => {
      await owner.query('alter table app_user rename to app_user_gone');
      for (const check of Object.values(checks)) {
        await expect(check()).rejects.toMatchObject({ code: 'AUTH_UNAVAILABLE', status: 503, step: 'auth' });
      }
      await owner.query('alter table app_user_gone rename to app_user');
    });
    expect(await checks.session()).not.toBeNull();
  });

  it('hangs, nobody is let in, in time', async () => {
    const checks = await everyCheck(open);
    await asOwner(open, async (owner) => {
      await owner.query('begin; lock table app_user in access exclusive mode');
      const start = performance.now();
      const all = await Promise.allSettled(Object.values(checks).map((check) => check()));
      expect(performance.now() - start).toBeLessThan(TIMEOUT + LOADED_MS);
      for (const result of all) expect(result).toMatchObject({ reason: { code: 'AUTH_UNAVAILABLE' } });
      await owner.query('rollback');
    });
    expect(await checks.key()).not.toBeNull();
  });

  it('lies about a tenant, row security still shows nothing', async () => {
    const checks = await everyCheck(open);
    expect(await checks.caller()).not.toBeNull();
    await asOwner(open, (owner) =>
      owner.query(`create or replace function tenant_by_slug(wanted text) returns uuid language sql stable
                     as $$ select '${open.strangerTenantId}'::uuid $$`),
    );
    expect(await checks.signIn()).toMatchObject({ kind: 'refused', reason: 'invalid' });
  });

  it('holds a damaged hash, nobody is let in', async () => {
    const checks = await everyCheck(open);
    await open.database.once(open.system, `update app_user set password_hash = '$argon2id$damaged'`);
    await expect(checks.signIn()).rejects.toBeInstanceOf(AuthFault);
  });
});

async function asOwner(open: OpenAuth, work: (owner: pg.Client) => Promise<unknown>): Promise<void> {
  const owner = new pg.Client({ connectionString: open.ownerUrl });
  await owner.connect();
  try {
    await work(owner);
  } finally {
    await owner.end();
  }
}
