import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { sendAndNotRead } from '../support/raw-http.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

/** More than the buffers between two sockets hold. */
const FLOOD = { content: Array.from({ length: 400 }, () => 'x'.repeat(50_000)), reasoning: [], tokenMs: 1 };

describe('a reader that reads nothing', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    const settings = { INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm', QUESTION_MAX_SECONDS: '3' };
    stack = await startStack(settings, { worker: false });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  it('is let go at the deadline, and its question is closed in the audit', async () => {
    const auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const closed = async () => {
      const { body } = await auditor.call('GET', '/api/audit?kind=question.closed');
      return (body as { rows: { outcome: string }[] }).rows;
    };
    const before = (await closed()).length;
    await vllm.script({ ...FLOOD, times: 1 });
    const reader = await sendAndNotRead(stack.url, {
      method: 'POST',
      path: '/v1/chat/completions',
      headers: {
        cookie: stack.admin.sessionCookie,
        'x-lorekeep-request': 'page',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Flood me.' }] }),
    });
    try {
      const [last] = await until(async () => {
        const rows = await closed();
        return rows.length > before && rows;
      });
      expect(['cancelled', 'failed']).toContain(last?.outcome);
    } finally {
      reader.leave();
    }
  });
});
