import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LOADED_MS, startStallProxy, type StallProxy } from '@lorekeep/kit/testing';
import { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { ADMIN, PASSWORD, startStack, type Stack } from '../support/stack.js';
import { steerDatabase, type SteeredDatabase } from '../support/steer-database.js';
import { until } from '../support/until.js';

const CHECK_MS = 3_000;
const TIMEOUTS = {
  QUESTION_CHECK_TIMEOUT_MS: String(CHECK_MS),
  QUESTION_SEARCH_TIMEOUT_MS: String(CHECK_MS),
  AUTH_TIMEOUT_MS: String(CHECK_MS),
  FIREWALL_TIMEOUT_MS: String(CHECK_MS),
  SCANNER_TIMEOUT_MS: String(CHECK_MS),
  QUOTA_TIMEOUT_MS: String(CHECK_MS),
  AUDIT_TIMEOUT_MS: String(CHECK_MS),
  DATABASE_STATEMENT_TIMEOUT_MS: '5000',
};

describe('when the database goes away', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let database: SteeredDatabase;
  let proxy: StallProxy;
  let client: Client;
  let url: string;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    const model = { INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' };
    stack = await startStack({ ...model, ...TIMEOUTS }, { worker: false });
    database = await steerDatabase(stack.database);
    proxy = await startStallProxy(stack.database.appUrl);
    url = await stack.gateway({ DATABASE_URL: proxy.url });
    client = new Client(url);
    await client.signIn(ADMIN, PASSWORD);
  }, 120_000);
  afterAll(async () => {
    // What hangs would keep the gateway from its end.
    proxy?.resume();
    await database?.letIn();
    await database?.close();
    await stack?.stop();
    await proxy?.close();
    await vllm?.stop();
  });

  const ready = async () => (await fetch(`${url}/readyz`)).status;
  const ask = () => client.call('POST', '/api/ask', { question: 'Is anybody there?', documents: 'none' });
  const expectAway = async () => {
    for (const [method, path, body] of [
      ['POST', '/api/ask', { question: 'Is anybody there?' }],
      ['GET', '/api/session', undefined],
      ['GET', '/api/documents', undefined],
      ['POST', '/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: 'x' }] }],
      ['POST', '/api/session', { email: ADMIN, password: PASSWORD }],
    ] as const) {
      const { status, text } = await client.call(method, path, body);
      expect([path, status]).toEqual([path, 503]);
      expect(text).toMatch(/"code":"[A-Za-z_]+"/);
      expect(text).not.toMatch(/ECONN|terminat|postgres|\bat \S+ \(|password/i);
    }
    expect(await ready()).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  };
  const expectService = async () => {
    await until(async () => (await ready()) === 200);
    const { text } = await until(async () => {
      const answer = await ask();
      return answer.status === 200 ? answer : null;
    });
    expect(text).toContain('"outcome":"answered"');
  };

  it('says so while connections are refused, and serves again afterwards', async () => {
    await expectService();
    await database.shutOut();
    await expectAway();
    await database.letIn();
    await expectService();
  });

  it('says so in time while it hangs, and serves again afterwards', async () => {
    proxy.stall();
    const started = performance.now();
    const { status } = await ask();
    expect(status).toBe(503);
    expect(performance.now() - started).toBeLessThan(5_000 + LOADED_MS);
    expect(await ready()).toBe(503);
    proxy.resume();
    await expectService();
  });

  it('lets an answer go on that has begun, if its record can be closed in the end', async () => {
    await vllm.script({
      content: Array.from({ length: 200 }, () => 'word '),
      reasoning: [],
      tokenMs: 20,
      times: 1,
    });
    const response = await client.raw('POST', '/api/ask', { question: 'Go on.', documents: 'none' });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    for (let cut = false; ;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
      if (!cut && text.includes('word')) {
        cut = true;
        await database.cutConnections();
      }
    }
    expect(text).toMatch(/event: end\ndata: .*"outcome":"answered"/);
    await expectService();
  });

  it('ends an answer with an error where it stays away', async () => {
    await vllm.script({
      content: Array.from({ length: 400 }, () => 'word '),
      reasoning: [],
      tokenMs: 20,
      times: 1,
    });
    const response = await client.raw('POST', '/api/ask', { question: 'Go on.', documents: 'none' });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    for (let cut = false; ;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
      if (!cut && text.includes('word')) {
        cut = true;
        await database.shutOut();
      }
    }
    expect(text).toContain('event: error');
    expect(text).not.toContain('event: end');
    await database.letIn();
    await expectService();
    expect(stack.logs()).not.toMatch(/unhandled|uncaught/i);
  });
});
