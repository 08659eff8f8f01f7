import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addressOf, loadOperations, type Operation } from '../support/operations.js';
import { expectClear } from '../support/expect-clear.js';
import { sendBytes, sendRaw } from '../support/raw-http.js';
import { startStack, type Stack } from '../support/stack.js';

const UUID = '6f1b4d1e-8f3a-4f0e-9d55-3c1d2a7b9e10';
const DOORS = ['/api/ask', '/v1/chat/completions'];

describe('bad input', () => {
  let stack: Stack;
  let operations: Operation[];
  let authorization: string;
  let model: string;

  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    operations = await loadOperations(stack.url);
    const owner = await stack.person('all@first.example', { roles: ['admin', 'auditor'] });
    const { permissions } = (await owner.call('GET', '/api/session')).body as { permissions: string[] };
    const made = await owner.call('POST', '/api/keys', { name: 'all', scopes: permissions });
    authorization = `Bearer ${(made.body as { key: string }).key}`;
    const { body } = await owner.call('GET', '/api/models');
    model = (body as { rows: { id: string }[] }).rows[0]?.id ?? '';
  }, 120_000);
  afterAll(() => stack?.stop());

  const send = async (
    path: string,
    body: unknown,
    { method = 'POST', type = 'application/json' }: { method?: string; type?: string } = {},
  ) => {
    const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const headers = { authorization, ...(type ? { 'content-type': type } : {}) };
    const answer = await sendRaw(stack.url, { method, path, headers, body: raw });
    const contentType = /content-type: (.*)/.exec(answer.headers)?.[1] ?? '';
    return { status: answer.status, text: answer.body, type: contentType };
  };
  const refused = async (path: string, body: unknown, about?: RegExp, options = {}) => {
    const answer = await send(path, body, options);
    expectClear(answer, path, about);
    return answer;
  };
  const chat = (content: unknown, more: object = {}) => ({
    model,
    messages: [{ role: 'user', content }],
    ...more,
  });

  it('says of JSON that it is not JSON, not UTF-8, too deep or empty', async () => {
    for (const path of DOORS) {
      for (const broken of [
        '{',
        '{"question":',
        '{"a":1}}',
        "{'question':'x'}",
        'question=x',
        '\u0000',
        '{"a":NaN}',
      ])
        expect((await refused(path, broken, /JSON/)).status).toBe(400);
      await refused(path, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), /UTF-8/);
      await refused(path, Buffer.from('{"question":"\ud800"}'.replace('\ud800', ''), 'latin1'));
      await refused(path, `{"question":${'['.repeat(70)}${']'.repeat(70)}}`, /64 levels/);
      await refused(path, `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, /64 levels/);
      await refused(path, '{"__proto__":{"isAdmin":true},"question":"x"}');
      for (const empty of ['', '   ', 'null', '[]', '""', '0', 'true']) await refused(path, empty);
    }
  });

  it('states the limit of a body that is too large, on every operation', async () => {
    const limited = operations.filter(({ body, bodyLimit }) => body && (bodyLimit ?? 0) <= 1024 * 1024);
    for (const operation of [...limited.slice(0, 3), ...operations.filter(({ id }) => id === 'chat')]) {
      const limit = operation.bodyLimit ?? 0;
      const body = `"${'x'.repeat(limit)}"`;
      const { status } = await refused(
        addressOf(operation, { id: UUID, reference: UUID.replaceAll('-', '') }),
        body,
        new RegExp(`${limit} bytes`),
        {
          method: operation.method,
        },
      );
      expect(status).toBe(413);
    }
  });

  it('takes no other content type', async () => {
    for (const path of DOORS) {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/xml',
        'multipart/form-data',
        'x',
        '',
      ]) {
        const { status } = await refused(path, '{"question":"x"}', /application\/json|JSON/, { type });
        expect([400, 415]).toContain(status);
      }
    }
  });

  it('names unknown fields and wrong types', async () => {
    await refused('/api/ask', { question: 'x', priority: 1 }, /unknown field: priority/);
    await refused('/v1/chat/completions', chat('x', { cache_salt: 'x' }), /unknown field: cache_salt/);
    for (const question of [1, null, true, [], {}, ['x'], undefined])
      await refused('/api/ask', { question }, /question/);
    await refused('/api/ask', { question: 'x', parameters: { temperature: '1' } }, /parameters\.temperature/);
    for (const content of [
      1,
      true,
      {},
      [1],
      [{ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }],
    ])
      await refused('/v1/chat/completions', chat(content), /messages\.0\.content/);
    await refused('/v1/chat/completions', chat('x', { messages: [{ role: 'root', content: 'x' }] }), /role/);
    await refused('/api/conversations/not-a-uuid', {}, /nothing here/, { method: 'PATCH' });
  });

  it('of a key given twice takes the last, and numbers only as far as they are numbers', async () => {
    await refused('/api/ask', '{"question":"fine","question":""}', /question/);
    for (const number of ['1e999', '-1e999', '99999999999999999999999', '1.5', '-1', '0'])
      await refused('/api/ask', `{"question":"x","parameters":{"maxTokens":${number}}}`, /maxTokens/);
    await refused('/v1/chat/completions', chat('x', { n: 10_000 }), /\bn\b/);
    await refused('/v1/chat/completions', chat('x', { seed: 1e300 }), /seed/);
  });

  it('answers questions that are empty, huge or not text', async () => {
    for (const question of ['', '   \n\t ', '\u3000']) await refused('/api/ask', { question }, /empty/);
    await refused('/api/ask', { question: 'x'.repeat(100 * 1024) }, /32000/);
    await refused('/v1/chat/completions', chat('x'.repeat(500_000)));
    for (const question of ['a\u0000b', '\ud800', 'x\udc00y']) {
      await refused('/api/ask', { question }, /NUL or unpaired/);
      await refused('/v1/chat/completions', chat(question));
      await refused('/v1/chat/completions', chat([{ type: 'text', text: question }]));
      await refused('/api/admin/groups', { name: question }, /NUL or unpaired/);
      await refused('/api/admin/groups', { name: 'g', description: question }, /NUL or unpaired/);
      await refused('/api/collections', { slug: 's', name: 'n', description: question }, /NUL or unpaired/);
      await refused('/api/session', { email: question, password: 'x' });
    }
  });

  it('survives what stands in addresses and queries', async () => {
    const odd = [
      '%00',
      '%',
      '%zz',
      '%ED%A0%80',
      '%FF',
      '..%2f..%2fetc',
      'a'.repeat(400),
      "'--",
      UUID.slice(1),
      '%F0%9F%98%80',
    ];
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      for (const value of odd) {
        const path = operation.path.replace(/\{\w+\}/, value);
        const body = operation.body ? '{}' : undefined;
        const answer = await send(path, body ?? '', {
          method: operation.method,
          type: body ? 'application/json' : '',
        });
        expectClear(answer, path);
      }
    }
    for (const operation of operations.filter(({ parameters }) =>
      parameters.some((one) => one.in === 'query'),
    )) {
      const base = addressOf(operation, { id: UUID, reference: UUID.replaceAll('-', '') });
      for (const { name, in: where } of operation.parameters) {
        if (where !== 'query') continue;
        for (const value of [
          '%00',
          '%',
          '%ED%A0%80',
          `x&${name}=y`,
          'x'.repeat(3_000),
          '-1',
          '1e999',
          '{}',
          '0000-01-01T00:00:00Z',
        ]) {
          const answer = await send(`${base}?${name}=${value}`, '', { method: 'GET', type: '' });
          expect([operation.id, name, value, answer.status < 500]).toEqual([operation.id, name, value, true]);
        }
      }
      await refused(`${base}?no-such-field=1`, '', /no-such-field|nothing here|userId/, {
        method: 'GET',
        type: '',
      });
    }
  });

  it('speaks of what is not HTTP, and of addresses that do not exist', async () => {
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET / HTTP/1.1\r\nbad header\r\n\r\n',
      '\u0016\u0003\u0001\r\n\r\n',
    ]) {
      const { status, body } = await sendBytes(stack.url, bytes);
      expect([400, 505]).toContain(status);
      expect(JSON.parse(body)).toMatchObject({
        code: 'INVALID_REQUEST',
        detail: expect.stringMatching(/HTTP/),
      });
    }
    const huge = await sendRaw(stack.url, {
      method: 'GET',
      path: '/',
      headers: { 'x-huge': 'x'.repeat(40_000) },
    });
    expect(huge.status).toBe(431);
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['POST', '/v1/completions'],
      ['PATCH', '/api/ask'],
      ['GET', '/v1/chat/completions'],
    ] as const)
      expect((await refused(path, '', /nothing here/, { method, type: '' })).status).toBe(404);
  });

  it('bounds times that a calendar has and a database has not', async () => {
    for (const at of [
      '0000-01-01T00:00:00Z',
      '2030-02-30T00:00:00Z',
      '+275760-09-13T00:00:00Z',
      '2030-01-01',
    ])
      await refused('/api/keys', { name: 'k', expiresAt: at }, /expiresAt/);
    for (const at of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
      const query = new URLSearchParams({ from: at, to: at }).toString();
      expect((await send(`/api/audit?${query}`, '', { method: 'GET', type: '' })).status).toBe(200);
      expect((await send('/api/keys', { name: 'k', expiresAt: at })).status).toBeLessThan(500);
    }
  });

  it('left nothing broken', async () => {
    expect(stack.logs()).not.toMatch(/request failed|unhandled|uncaught/i);
    const asked = await send('/api/ask', { question: 'Is anybody there?' });
    expect(asked.text).toContain('event: end');
  });
});
