import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Answer, Client } from '../support/client.js';
import { addressOf, loadOperations, type Operation } from '../support/operations.js';
import { until } from '../support/until.js';
import { ADMIN, PASSWORD, startStack, type Stack } from '../support/stack.js';

const UUID = '6f1b4d1e-8f3a-4f0e-9d55-3c1d2a7b9e10';

describe('sessions and headers', () => {
  let stack: Stack;
  let operations: Operation[];
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    operations = await loadOperations(stack.url);
  }, 120_000);
  afterAll(() => stack?.stop());

  const call = (client: Client, operation: Operation, headers: Record<string, string> = {}) =>
    client.call(
      operation.method,
      addressOf(operation, { id: UUID, reference: UUID.replaceAll('-', ''), model: 'x' }),
      operation.body ? {} : undefined,
      headers,
    );
  const signIn = (url: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lorekeep-request': 'page', ...headers },
      body: JSON.stringify({ email: ADMIN, password: PASSWORD }),
    });

  it('are kept in a cookie that neither scripts nor other sites can use', async () => {
    const [cookie = ''] = (await signIn(stack.url)).headers.getSetCookie();
    const attributes = cookie.split('; ').slice(1);
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']));
    expect(attributes.some((attribute) => /^Max-Age=\d+$/.test(attribute))).toBe(true);
    expect(attributes.some((attribute) => attribute.startsWith('Domain'))).toBe(false);
    const secure = await stack.gateway({ COOKIE_SECURE: 'true', TRUST_PROXY: 'true' });
    const forwarded = { 'x-forwarded-for': '6.6.6.6, 10.0.0.9' };
    expect((await signIn(secure, forwarded)).headers.getSetCookie()[0]).toContain('; Secure');
    // Only the proxy's own word counts: whatever the caller wrote stands before it.
    const sessions = (await stack.admin.call('GET', '/api/account/sessions')).text;
    expect(sessions).toContain('"ip":"10.0.0.9"');
    expect(sessions).not.toContain('6.6.6.6');
  });

  it('change nothing for a request that comes from elsewhere', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    const changing = operations.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/v1/'));
    expect(changing.length).toBeGreaterThan(30);
    for (const operation of [...changing, ...operations.filter(({ id }) => id === 'chat')]) {
      for (const headers of foreign) {
        const { status, body } = await call(stack.admin, operation, headers);
        const code = operation.path.startsWith('/v1/')
          ? (body as { error: { code: string } }).error.code.toUpperCase()
          : (body as { code: string }).code;
        expect([operation.id, status, code]).toEqual([operation.id, 403, 'AUTH_FOREIGN_ORIGIN']);
      }
    }
    const bare = await fetch(`${stack.url}/api/account`, {
      method: 'PATCH',
      headers: { cookie: stack.admin.sessionCookie, 'content-type': 'application/json' },
      body: '{"displayName":"Mallory"}',
    });
    expect(bare.status).toBe(403);
    expect((await stack.admin.call('GET', '/api/session')).text).not.toContain('Mallory');
    expect((await signIn(stack.url, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await signIn(stack.url, { origin: stack.url })).status).toBe(200);
  });

  it('never answer a preflight, so that no foreign page can send the header', async () => {
    const response = await fetch(`${stack.url}/api/ask`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(404);
    const names = [...response.headers.keys()];
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('end: a cookie after signing out, a key after its revocation, an account that was disabled', async () => {
    const person = await stack.person('leaver@first.example');
    const { sessionCookie: cookie } = person;
    const made = (await person.call('POST', '/api/keys', { name: 'k', scopes: ['ask'] })).body as {
      id: string;
      key: string;
    };
    const byKey = (key: string) =>
      stack.client().call('GET', '/v1/models', undefined, { authorization: `Bearer ${key}` });
    expect((await byKey(made.key)).status).toBe(200);
    expect((await person.call('DELETE', `/api/keys/${made.id}`)).status).toBe(204);
    expect((await byKey(made.key)).status).toBe(401);
    expect((await person.call('DELETE', '/api/session')).status).toBe(204);
    expect((await stack.client().call('GET', '/api/session', undefined, { cookie })).status).toBe(401);

    const other = await stack.person(`${randomUUID()}@first.example`);
    const { id } = (await other.call('GET', '/api/session')).body as { id: string };
    await stack.admin.call('PATCH', `/api/admin/users/${id}`, { disabled: true });
    expect((await other.call('GET', '/api/session')).status).toBe(401);
  });

  it('cannot be forged: tokens, cookies and keys that are not ours', async () => {
    const key = (await stack.admin.call('POST', '/api/keys', { name: 'f', scopes: ['ask'] })).body as {
      key: string;
    };
    const flipped = key.key.slice(0, -1) + (key.key.endsWith('A') ? 'B' : 'A');
    const cookies = ['x', `${stack.admin.sessionCookie}x`, `lorekeep_session=${'a'.repeat(5_000)}`];
    const keys = [
      'Bearer',
      'Bearer ',
      `Bearer ${flipped}`,
      `Basic ${key.key}`,
      `Bearer ${'k'.repeat(5_000)}`,
    ];
    const attempts: Record<string, string>[] = [
      ...cookies.map((cookie) => ({ cookie: cookie.includes('=') ? cookie : `lorekeep_session=${cookie}` })),
      ...keys.map((authorization) => ({ authorization })),
      // A request that brings a key is judged by its key alone.
      { authorization: 'Bearer nonsense', cookie: stack.admin.sessionCookie },
    ];
    for (const headers of attempts) {
      const answer = await stack.client().call('GET', '/api/models', undefined, headers);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
    const soon = { name: 's', scopes: ['ask'], expiresAt: new Date(Date.now() + 12_000).toISOString() };
    const brief = await stack.admin.call('POST', '/api/keys', soon);
    const headers = { authorization: `Bearer ${(brief.body as { key: string }).key}` };
    const status = async () => (await stack.client().call('GET', '/api/models', undefined, headers)).status;
    expect(await status()).toBe(200);
    await until(async () => (await status()) === 401, 40_000);
    const expired = { name: 'e', scopes: ['ask'], expiresAt: '2001-01-01T00:00:00Z' };
    const refused = await stack.admin.call('POST', '/api/keys', expired);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
  });

  it('leave no trace: nothing that may be kept, no banner, no stack, on any operation', async () => {
    const strangers = stack.client();
    for (const operation of operations) {
      for (const answer of [await call(strangers, operation), await call(stack.admin, operation)])
        bareOf(answer);
      if (operation.id === 'signOut') await stack.admin.signIn(ADMIN, PASSWORD);
    }
  });

  it('are protected on the page by a strict policy', async () => {
    for (const path of ['/', '/ask', '/admin/users', '/collections', '/no/such/address']) {
      const page = await stack.client().call('GET', path, undefined, { accept: 'text/html,*/*' });
      expect([path, page.status]).toEqual([path, 200]);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('x-frame-options')).toBe('DENY');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.headers.get('cache-control')).toBe('no-cache');
      // Nothing inline: neither scripts nor styles nor handlers.
      expect(page.text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=/i);
    }
  });
});

function bareOf({ headers, text }: Answer): void {
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('server')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(text).not.toMatch(/\bat \S+ \(|\.[jt]s:\d+|node_modules|ECONNREFUSED|SQLSTATE|fastify|nestjs/i);
}
