import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

/** A minute: nothing of it ends by itself here. */
const LONG = { content: Array.from({ length: 600 }, () => 'word '), reasoning: [], tokenMs: 100 };

describe('a question whose caller may ask no more', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_SEQUENCES: '1' }, { worker: false });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  const waiting = async () =>
    /^lorekeep_queue_waiting (\d+)$/m.exec((await stack.client().call('GET', '/metrics')).text)?.[1];
  const asked = async () => (await vllm.requests()).requests.filter(({ state }) => state === 'open').length;

  it('is let go, running or waiting, in another gateway too, and never asked of the model afterwards', async () => {
    await vllm.reset();
    await vllm.script(LONG);
    // Disabled at the end: a second try has another one.
    const leaver = `${randomUUID()}@first.example`;
    const person = await stack.person(leaver);
    const { rows } = (await stack.admin.call('GET', '/api/admin/users')).body as {
      rows: { id: string; email: string }[];
    };
    const id = rows.find(({ email }) => email === leaver)?.id;
    const { key, id: keyId } = (await stack.admin.call('POST', '/api/keys', { name: 'k', scopes: ['ask'] }))
      .body as { key: string; id: string };
    const running = person.ask('Tell me everything.', { documents: 'none' });
    await until(async () => (await asked()) === 1);
    const body = { model: 'm', stream: true, messages: [{ role: 'user', content: 'I wait.' }] };
    const waits = stack
      .client()
      .call('POST', '/v1/chat/completions', body, { authorization: `Bearer ${key}` });
    await until(async () => (await waiting()) === '1');

    const other = stack.admin.at(await stack.gateway());
    expect((await other.call('DELETE', `/api/keys/${keyId}`)).status).toBeLessThan(300);
    const refused = await waits;
    expect([refused.status, refused.text.includes('auth_withdrawn')]).toEqual([401, true]);
    expect(await waiting()).toBe('0');

    expect((await other.call('PATCH', `/api/admin/users/${id}`, { disabled: true })).status).toBe(200);
    expect((await running).raw).toMatch(/event: error\ndata: .*"code":"AUTH_WITHDRAWN".*\s*$/);
    expect(await until(async () => (await asked()) === 0)).toBe(true);
    const { requests } = await vllm.requests();
    expect(requests.map(({ state }) => state)).toEqual(['aborted']);
  }, 120_000);
});
