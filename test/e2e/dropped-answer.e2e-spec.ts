import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

/** Long enough that nobody waits for its end. */
const SLOW = {
  content: Array.from({ length: 1_200 }, (_, index) => `word${index} `),
  reasoning: [],
  tokenMs: 25,
};

describe('a caller who goes away in the middle of an answer', () => {
  let vllm: FakeVllm;
  let stack: Stack;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' }, { worker: false });
    const policy = { subjectKind: 'tenant', subjectId: null, requestsPerMinute: null };
    await stack.admin.call('PUT', '/api/admin/quotas', {
      ...policy,
      tokensPerDay: 1_000_000,
      concurrentQuestions: 1,
    });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  const doors: [string, object][] = [
    ['/api/ask', { question: 'Tell me a long story.', documents: 'none' }],
    ['/api/drafts', { customerMessage: 'Tell me a long story.' }],
    [
      '/v1/chat/completions',
      { model: 'm', stream: true, messages: [{ role: 'user', content: 'A long story.' }] },
    ],
    ['/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: 'A long story.' }] }],
  ];

  it.each(doors)('lets the model go, settles the quota and closes the record: %s', async (path, body) => {
    const auditor = await stack.person(
      `auditor-${doors.findIndex((door) => door[1] === body)}@first.example`,
      {
        roles: ['auditor'],
      },
    );
    await vllm.reset();
    await vllm.script({ ...SLOW, times: 1 });
    const before = await tokensUsed();
    const gone = new AbortController();
    const asked = fetch(stack.url + path, {
      method: 'POST',
      signal: gone.signal,
      headers: {
        cookie: stack.admin.sessionCookie,
        'x-lorekeep-request': 'page',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const streams = !('messages' in body) || 'stream' in body;
    if (streams) {
      const reader = (await asked).body?.getReader();
      let text = '';
      while (!text.includes('word3')) text += new TextDecoder().decode((await reader?.read())?.value);
    } else {
      await until(async () => (await vllm.requests()).requests.length === 1);
    }
    gone.abort();
    if (!streams) await expect(asked).rejects.toThrow();

    await until(async () => (await vllm.requests()).aborted === 1);
    const closed = await until(async () => {
      const { body: page } = await auditor.call('GET', '/api/audit?kind=question.closed&limit=1');
      const [row] = (page as { rows: { outcome: string; reference: string }[] }).rows;
      return row?.outcome === 'cancelled' ? row : null;
    });
    const { body: story } = await auditor.call('GET', `/api/audit/questions/${closed.reference}`);
    const kinds = (story as { rows: { kind: string }[] }).rows.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('question.'))).toEqual([
      'question.opened',
      'question.closed',
    ]);
    // Charged what was used, not what was reserved; and the only slot is free again.
    const used = await until(async () => {
      const { tokens, concurrent } = await usage();
      return concurrent.used === 0 ? tokens.used : null;
    });
    expect(used).toBeGreaterThan(before);
    expect(used - before).toBeLessThan(700);
    await vllm.reset();
    const next = await stack.admin.ask('And now a short one.', { documents: 'none' });
    expect(next.events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
  });

  it('keeps what had been shown, as cancelled', async () => {
    const { body } = await stack.admin.call('GET', '/api/conversations');
    const rows = (body as { rows: { id: string; title: string }[] }).rows;
    const stories = rows.filter(({ title }) => title.includes('long story'));
    const id = stories[0]?.id ?? '';
    const conversation = (await stack.admin.call('GET', `/api/conversations/${id}`)).body as {
      messages: { role: string; outcome: string; content: string }[];
    };
    expect(conversation.messages[1]).toMatchObject({ role: 'assistant', outcome: 'cancelled' });
    expect(conversation.messages[1]?.content).toContain('word3');
    expect(stack.logs()).not.toMatch(/request failed|question failed|unhandled|uncaught/i);
    const metrics = await (await fetch(`${stack.url}/metrics`)).text();
    const counted = /lorekeep_questions_total\{outcome="cancelled",door="ask"\} (\d+)\b/.exec(metrics);
    expect(Number(counted?.[1])).toBe(stories.length);
    expect(metrics).toMatch(/lorekeep_open_streams 0\b/);
  });

  interface Measure {
    used: number;
  }
  const usage = async () =>
    (await stack.admin.call('GET', '/api/account/usage')).body as { tokens: Measure; concurrent: Measure };
  const tokensUsed = async () => (await usage()).tokens.used;
});
