import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addUser, HERE, openAuth, PASSWORD, type OpenAuth } from './testing/open-auth.js';

describe('SignIn', () => {
  let open: OpenAuth;
  beforeAll(async () => {
    open = await openAuth({
      SIGN_IN_FREE_ATTEMPTS: 3,
      SIGN_IN_FREE_ATTEMPTS_PER_ACCOUNT: 6,
      SIGN_IN_FREE_ATTEMPTS_PER_ADDRESS: 1_000,
    });
  });
  afterAll(() => open.close());
  // What an earlier try has guessed is long past.
  beforeEach(() => open.clock.advance(86_400_000));

  let addresses = 0;
  const elsewhere = () => {
    addresses += 1;
    return `198.51.${100 + Math.floor(addresses / 250)}.${1 + (addresses % 250)}`;
  };
  const attempt = (email: string, password: string, more: { ip?: string; tenantSlug?: string } = {}) =>
    open.auth.signIn.run({ tenantSlug: 'acme', email, password, ...HERE, ip: elsewhere(), ...more });

  it('lets the right person in, with any case of the e-mail', async () => {
    const user = await addUser(open, ['support']);
    const result = await attempt(` ${user.email.toUpperCase()} `, PASSWORD);
    expect(result).toMatchObject({
      kind: 'signed-in',
      tenantId: open.tenantId,
      caller: { kind: 'user', userId: user.id, roles: ['support'], mustChangePassword: false },
    });
    if (result.kind !== 'signed-in') return;
    expect(result.caller.permissions.has('drafts')).toBe(true);
    expect(result.caller.sessionId).toBe(result.sessionId);
    expect((await open.auth.users.get(open.system, user.id))?.lastSignInAt?.getTime()).toBe(open.clock.now());
    expect(await open.auth.sessions.verify(result.sessionToken, HERE)).toMatchObject({
      sessionId: result.sessionId,
    });
  });

  it('answers the same for every reason', async () => {
    const user = await addUser(open);
    const disabled = await addUser(open);
    await open.auth.users.disable(open.system, disabled.id);
    const refused = { kind: 'refused', reason: 'invalid', tenantId: open.tenantId };
    expect(await attempt(user.email, 'wrong password!')).toEqual(refused);
    expect(await attempt('nobody@example.com', PASSWORD)).toEqual(refused);
    expect(await attempt(disabled.email, PASSWORD)).toEqual(refused);
    expect(await attempt(user.email, PASSWORD, { tenantSlug: 'globex' })).toEqual({
      ...refused,
      tenantId: open.strangerTenantId,
    });
    for (const tenantSlug of ['initech', '', "a' or 1=1", '\u0000', 'x'.repeat(10_000)]) {
      expect(await attempt(user.email, PASSWORD, { tenantSlug })).toEqual({ ...refused, tenantId: null });
    }
  });

  it.each(['', '\u0000', '\ud800', 'x'.repeat(10_240), `${'x'.repeat(300)}@example.com`, '%', "' or 1=1 --"])(
    'refuses odd input %#',
    async (text) => {
      const user = await addUser(open);
      expect(await attempt(text, PASSWORD)).toMatchObject({ kind: 'refused', reason: 'invalid' });
      expect(await attempt(user.email, text)).toMatchObject({ kind: 'refused', reason: 'invalid' });
    },
  );

  it('takes as long for somebody unknown as for somebody known', async () => {
    const user = await addUser(open);
    await attempt('warm@example.com', 'wrong password!');
    const time = async (email: string, tenantSlug = 'acme') => {
      const start = performance.now();
      const result = await attempt(email, 'wrong password!', { tenantSlug });
      const took = performance.now() - start;
      // Whoever is slowed down is told so at once.
      expect(result).toMatchObject({ reason: 'invalid' });
      return took;
    };
    // In turns, and the shortest of each: what else the machine does then weighs on neither.
    let [known, unknown, nowhere] = [Infinity, Infinity, Infinity];
    const alike = () => [unknown, nowhere].every((other) => other / known > 0.6 && other / known < 1.6);
    for (let n = 0; n < 5 || (n < 25 && !alike()); n++) {
      open.clock.advance(86_400_000);
      known = Math.min(known, await time(user.email));
      unknown = Math.min(unknown, await time(`nobody${n}@example.com`));
      nowhere = Math.min(nowhere, await time(`nobody${n}@example.com`, 'initech'));
    }
    for (const other of [unknown, nowhere]) {
      expect(other / known).toBeGreaterThan(0.5);
      expect(other / known).toBeLessThan(2);
    }
  });

  it.each(['acme', 'initech'])(
    'slows guessing down, for accounts that exist and that do not: %s',
    async (tenantSlug) => {
      const user = await addUser(open);
      for (const email of [user.email, `ghost-${user.email}`]) {
        const ip = elsewhere();
        const guess = () => attempt(email, 'wrong password!', { ip, tenantSlug });
        for (let n = 0; n < 3; n++) expect(await guess()).toMatchObject({ reason: 'invalid' });
        expect(await guess()).toMatchObject({ reason: 'throttled', retryAfter: 1 });
        expect(await attempt(email, PASSWORD, { ip, tenantSlug })).toMatchObject({ reason: 'throttled' });
        open.clock.advance(1_000);
        expect(await guess()).toMatchObject({ reason: 'invalid' });
        expect(await guess()).toMatchObject({ reason: 'throttled', retryAfter: 2 });
      }
    },
  );

  it('counts attempts at the same time one by one', async () => {
    const user = await addUser(open);
    const ip = elsewhere();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => attempt(user.email, 'wrong password!', { ip })),
    );
    const reasons = results.map((result) => (result.kind === 'refused' ? result.reason : 'signed-in'));
    expect(reasons.filter((reason) => reason === 'invalid')).toHaveLength(3);
    expect(reasons.filter((reason) => reason === 'throttled')).toHaveLength(17);
  });

  it('forgives after the right password', async () => {
    const user = await addUser(open);
    const ip = elsewhere();
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 2; n++) await attempt(user.email, 'wrong password!', { ip });
      expect(await attempt(user.email, PASSWORD, { ip })).toMatchObject({ kind: 'signed-in' });
    }
  });

  it('does not let strangers keep somebody out: blocks are short, and the usual place stays open', async () => {
    const user = await addUser(open);
    const home = elsewhere();
    expect(await attempt(user.email, PASSWORD, { ip: home })).toMatchObject({ kind: 'signed-in' });
    for (let n = 0; n < 40; n++) {
      const result = await attempt(user.email, 'wrong password!');
      if (result.kind === 'refused' && result.retryAfter) {
        expect(result.retryAfter).toBeLessThanOrEqual(60);
        open.clock.advance(result.retryAfter * 1_000);
      }
    }
    await attempt(user.email, 'wrong password!');
    expect(await attempt(user.email, PASSWORD)).toMatchObject({ reason: 'throttled' });
    expect(await attempt(user.email, PASSWORD, { ip: home })).toMatchObject({ kind: 'signed-in' });
  });

  it('does not let an own account win back guesses at others from one address', async () => {
    const narrow = await openAuth({ SIGN_IN_FREE_ATTEMPTS_PER_ADDRESS: 4 });
    try {
      const own = await addUser(narrow);
      const run = (email: string, password: string) =>
        narrow.auth.signIn.run({ tenantSlug: 'acme', email, password, ...HERE });
      for (let n = 0; n < 4; n++) {
        expect(await run(`victim${n}@example.com`, 'wrong password!')).toMatchObject({ reason: 'invalid' });
        if (n < 3) expect(await run(own.email, PASSWORD)).toMatchObject({ kind: 'signed-in' });
      }
      expect(await run('victim9@example.com', 'wrong password!')).toMatchObject({ reason: 'throttled' });
    } finally {
      await narrow.close();
    }
  });

  it.each(['acme', 'initech'])(
    'does not begin anew with each organisation that is named from one address: then %s',
    async (tenantSlug) => {
      const narrow = await openAuth({ SIGN_IN_FREE_ATTEMPTS_PER_ADDRESS: 4 });
      try {
        const run = (slug: string, ip: string) =>
          narrow.auth.signIn.run({
            ...{ tenantSlug: slug, email: 'a@example.com', password: 'wrong password!' },
            ...{ ip, userAgent: '' },
          });
        // Of one that exists and of others: what is counted does not tell them apart.
        for (const slug of ['acme', 'no-1', 'globex', 'no-2'])
          expect(await run(slug, '198.51.100.77')).toMatchObject({ reason: 'invalid' });
        expect(await run(tenantSlug, '198.51.100.77')).toMatchObject({ reason: 'throttled', retryAfter: 1 });
        expect(await run(tenantSlug, '198.51.100.78')).toMatchObject({ reason: 'invalid' });
        narrow.clock.advance(1_000);
        expect(await run(tenantSlug, '198.51.100.77')).toMatchObject({ reason: 'invalid' });
        expect(await run('no-3', '198.51.100.77')).toMatchObject({ reason: 'throttled', retryAfter: 2 });
      } finally {
        await narrow.close();
      }
    },
  );

  it('replaces a hash with outdated parameters', async () => {
    const user = await addUser(open);
    const { hash } = await import('@node-rs/argon2');
    const weak = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    const sql = 'select password_hash as hash from app_user where id = $1';
    await open.database.once(open.system, 'update app_user set password_hash = $2 where id = $1', [
      user.id,
      weak,
    ]);
    expect(await attempt(user.email, PASSWORD)).toMatchObject({ kind: 'signed-in' });
    const [row] = await open.database.once<{ hash: string }>(open.system, sql, [user.id]);
    expect(row?.hash).toMatch(/m=19456,t=2/);
    expect(await attempt(user.email, PASSWORD)).toMatchObject({ kind: 'signed-in' });
  });

  it('removes old counts', async () => {
    await attempt('old@example.com', 'wrong password!');
    open.clock.advance(25 * 3_600_000);
    expect((await open.auth.removeExpired.run(open.system)).attempts).toBeGreaterThan(0);
    const rows = await open.database.once(open.system, 'select key from sign_in_throttle');
    expect(rows).toEqual([]);
  });
});
