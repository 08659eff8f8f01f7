import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
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
    const models = await stack.admin.call('GET', '/api/models');
    const model = (models.body as { rows: { id: string }[] }).rows[0]?.id ?? '';
    const body = { model, messages: [{ role: 'user', content: 'hello there' }] };
    const clients = [new Client(stack.url), new Client(other)];
    const answers = await withinOneMinute(async () => {
      // Whoever asked before has nothing left of this minute.
      const admin = await stack.tenant(`tenant-${randomUUID()}`);
      expect((await admin.call('PUT', '/api/admin/quotas', policy)).status).toBe(200);
      const key = await admin.call('POST', '/api/keys', { name: 'load', scopes: ['ask'] });
      const authorization = `Bearer ${(key.body as { key: string }).key}`;
      return () =>
        Promise.all(
          Array.from({ length: 100 }, (_, index) =>
            (clients[index % 2] as Client).call('POST', '/v1/chat/completions', body, { authorization }),
          ),
        );
    });
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(90);
    for (const { headers, body: problem } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(problem).toMatchObject({
        error: { type: 'rate_limit_error', code: 'quota_requests_per_minute' },
      });
    }
  }, 240_000);
});

const minute = (): number => Math.floor(Date.now() / 60_000);

/** The window is the calendar minute: what straddles its end would be admitted twice, and is done anew. */
async function withinOneMinute<T>(prepare: () => Promise<() => Promise<T>>): Promise<T> {
  for (;;) {
    const run = await prepare();
    const began = minute();
    const done = await run();
    if (minute() === began) return done;
  }
}
