import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LOADED_MS } from '@lorekeep/kit/testing';
import { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { sendPart } from '../support/raw-http.js';
import { ADMIN, PASSWORD, startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const WORDS = 2_000;
/** What an answer gets that is to come to its end, and one that is not: it takes a minute. */
const ENOUGH_SECONDS = 30;
const DRAIN_SECONDS = 3;
/** Draining, last words, cut connections: what `GATEWAY_DRAIN_SECONDS` promises, and what a loaded machine adds. */
const statedMs = (drainSeconds: number) => drainSeconds * 1_000 + 2_000 + 1_000 + LOADED_MS;

describe('a gateway that is told to stop', () => {
  let vllm: FakeVllm;
  let stack: Stack;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    const model = { INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' };
    stack = await startStack({ ...model, GATEWAY_DRAIN_SECONDS: String(DRAIN_SECONDS) }, { worker: false });
    const none = { requestsPerMinute: null, tokensPerDay: null };
    const policy = { subjectKind: 'tenant', subjectId: null, ...none, concurrentQuestions: 1 };
    await stack.admin.call('PUT', '/api/admin/quotas', policy);
  }, 120_000);
  afterEach(() => vllm.reset());
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  /** A question on a gateway of its own, which is told to stop once the answer has begun. */
  async function stopWhileAnswering(path: string, body: object, drainSeconds = DRAIN_SECONDS) {
    const url = await stack.gateway({ GATEWAY_DRAIN_SECONDS: String(drainSeconds) });
    const client = new Client(url);
    await client.signIn(ADMIN, PASSWORD);
    const content = Array.from({ length: WORDS }, (_, index) => `word${index} `);
    await vllm.script({ content, reasoning: [], tokenMs: 25, times: 1 });
    const response = await client.raw('POST', path, body);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    let ended: Promise<number> | undefined;
    let ready: { status: number; text: string } | undefined;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
      if (ended || !text.includes('word3')) continue;
      ended = stack.terminate(url);
      ready = await until(async () => {
        const answer = await fetch(`${url}/readyz`);
        return answer.status === 503 ? { status: 503, text: await answer.text() } : null;
      });
      if (drainSeconds === ENOUGH_SECONDS) await vllm.hurry();
    }
    return { text, ready, milliseconds: await ended };
  }

  it('lets an answer end that has little left, says that it is not ready meanwhile, and then ends', async () => {
    const question = { question: 'A short one.', documents: 'none' };
    const { text, ready, milliseconds } = await stopWhileAnswering('/api/ask', question, ENOUGH_SECONDS);
    expect(text).toMatch(/event: end\ndata: .*"outcome":"answered"/);
    expect(text).toContain(`word${WORDS - 1}`);
    expect(ready).toMatchObject({ status: 503, text: expect.stringContaining('stopping') });
    expect(milliseconds).toBeLessThan(statedMs(ENOUGH_SECONDS));
  });

  it('ends a longer one with an error event within the stated time, closed and settled', async () => {
    const question = { question: 'A long one.', documents: 'none' };
    const { text, milliseconds } = await stopWhileAnswering('/api/ask', question);
    expect(text).toMatch(/event: error\ndata: .*"code":"GATEWAY_STOPPING"/);
    expect(text).not.toContain('event: end');
    expect(milliseconds).toBeGreaterThanOrEqual(DRAIN_SECONDS * 1_000);
    expect(milliseconds).toBeLessThan(statedMs(DRAIN_SECONDS));
    await expectSettled();
  });

  it('tells an SDK the same in its own shape', async () => {
    const messages = [{ role: 'user', content: 'A long one.' }];
    const { text, milliseconds } = await stopWhileAnswering('/v1/chat/completions', {
      model: 'm',
      stream: true,
      messages,
    });
    expect(text).toMatch(/data: \{"error":\{.*"code":"gateway_stopping"/);
    expect(text).not.toContain('[DONE]');
    expect(milliseconds).toBeLessThan(statedMs(DRAIN_SECONDS));
    await expectSettled();
  });

  it('does not wait for requests that never arrive', async () => {
    const url = await stack.gateway();
    const upload = {
      method: 'POST',
      path: '/api/ask',
      headers: { 'content-type': 'application/json' },
      body: '{}  ',
    };
    const stuck = sendPart(url, upload, 1, 60_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Nothing is being answered, so there is nothing to wait for.
    expect(await stack.terminate(url)).toBeLessThan(statedMs(DRAIN_SECONDS));
    await stuck;
    expect(stack.logs()).not.toMatch(/unhandled|uncaught/i);
  });

  async function expectSettled(): Promise<void> {
    const usage = async () =>
      (await stack.admin.call('GET', '/api/account/usage')).body as { concurrent: { used: number } };
    await until(async () => (await usage()).concurrent.used === 0);
    const auditor = await stack.person(`auditor-${Math.random()}@first.example`, { roles: ['auditor'] });
    const { body } = await auditor.call('POST', '/api/audit/verify');
    expect(body).toMatchObject({ ok: true, incomplete: 0 });
    const { body: page } = await auditor.call('GET', '/api/audit?kind=question.closed&limit=1');
    expect((page as { rows: object[] }).rows[0]).toMatchObject({ outcome: 'cancelled' });
  }
});
