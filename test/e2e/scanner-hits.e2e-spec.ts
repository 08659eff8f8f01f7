import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

describe('what the scanner found', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let anna: Client;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' }, { worker: false });
    anna = await stack.person('anna@first.example');
  }, 60_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  it.each([
    ['redact', 'nightingale', 'answered'],
    ['stop', 'kingfisher', 'stopped'],
  ])(
    'is seen by an operator, as it was written and folded, and by nobody else (%s)',
    async (action, text, outcome) => {
      const word = { text, category: 'birds', action };
      expect((await stack.admin.call('POST', '/api/admin/words', { words: [word] })).status).toBeLessThan(
        300,
      );
      const written = text[0]?.toUpperCase() + text.slice(1);
      await vllm.script({
        content: ['It is ', written.slice(0, 5), written.slice(5), ' there.'],
        reasoning: [],
      });
      // A word is in force everywhere within a second.
      const asked = await until(async () => {
        const answer = await anna.ask('What is it called?');
        return answer.events.at(-1)?.outcome === outcome && !answer.text.includes(written) ? answer : null;
      });
      const reference = String(asked.events[0]?.reference);
      const operator = await stack.person(`${action}@first.example`, { roles: ['auditor'] });
      const { status, body } = await operator.call('GET', '/api/scanner/hits');
      expect(status).toBe(200);
      const hits = (body as { rows: Record<string, unknown>[] }).rows;
      expect(hits.filter((hit) => hit.reference === reference)).toMatchObject([
        { category: 'birds', action, original: written, folded: text, start: 6, end: 6 + text.length },
      ]);
      expect((await anna.call('GET', '/api/scanner/hits')).status).toBe(403);
      const audit = await operator.call('GET', '/api/audit?limit=200');
      expect(audit.text).not.toContain(written);
    },
  );
});
