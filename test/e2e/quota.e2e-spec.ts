import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../support/client.js';
import { startStack, type Stack } from '../support/stack.js';

describe('quota over two gateways', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
  }, 120_000);
  afterAll(() => stack?.stop());

  it('admits exactly 10 of 100 parallel questions against a budget for 10, and says when it returns', async () => {
    const other = await stack.gateway();
    const policy = {
      subjectKind: 'tenant',
      subjectId: null,
      requestsPerMinute: 10,
      tokensPerDay: null,
      concurrentQuestions: null,
    };
    await untilEarlyInTheMinute();
    expect((await stack.admin.call('PUT', '/api/admin/quotas', policy)).status).toBe(200);
    const key = await stack.admin.call('POST', '/api/keys', { name: 'load', scopes: ['ask'] });
    const authorization = `Bearer ${(key.body as { key: string }).key}`;
    const body = { model: 'lorekeep-extractive', messages: [{ role: 'user', content: 'hello there' }] };
    const models = await stack.admin.call('GET', '/api/models');
    body.model = (models.body as { rows: { id: string }[] }).rows[0]?.id ?? '';
    const clients = [new Client(stack.url), new Client(other)];
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (clients[index % 2] as Client).call('POST', '/v1/chat/completions', body, { authorization }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(90);
    for (const { headers, body: problem } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(problem).toMatchObject({
        error: { type: 'rate_limit_error', code: 'quota_requests_per_minute' },
      });
    }
  });
});

/** The window is the calendar minute: a test that straddles its end would be admitted twice. */
async function untilEarlyInTheMinute(): Promise<void> {
  const into = Date.now() % 60_000;
  if (into > 45_000) await new Promise((resolve) => setTimeout(resolve, 60_050 - into));
}
