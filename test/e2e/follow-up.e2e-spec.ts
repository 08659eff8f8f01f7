import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';

const DOCUMENTS = {
  'leave.md': '# Leave\n\nUp to 5 days of annual leave may be carried over; they expire on 30 June.\n',
  'password.md': '# Passwords\n\nA password does not expire, and it has at least 14 characters.\n',
  'badge.md': '# Badges\n\nWhen does a badge expire? A badge expires after two years.\n',
  'leave-zh.md': '# 年休假\n\n没休完的年休假最多可以结转五天，七月一日作废。\n',
  'badge-zh.md': '# 工牌\n\n工牌两年后过期，日期印在背面。\n',
};
const FIRST = 'How many days of annual leave may be carried over?';
const NEXT = 'And when do they expire?';

describe('a follow-up question over HTTP', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let person: Client;
  let auditor: Client;
  let key: string;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'llama-3.1-8b']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'llama-3.1-8b' });
    const made = await stack.admin.call('POST', '/api/collections', { slug: 'handbook', name: 'Handbook' });
    const { id } = made.body as { id: string };
    const readers = [{ principal: 'everyone', effect: 'allow' }];
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, { readers });
    for (const [name, text] of Object.entries(DOCUMENTS)) {
      const { body } = await stack.admin.upload(id, name, text);
      expect(await stack.admin.settled((body as { id: string }).id)).toMatchObject({ state: 'ready' });
    }
    person = await stack.person('person@first.example');
    const issued = await stack.admin.call('POST', '/api/keys', { name: 'sdk', scopes: ['ask'] });
    key = (issued.body as { key: string }).key;
    auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  type Asked = Awaited<ReturnType<Client['ask']>>;
  const firstSource = ({ events }: Asked): unknown => {
    const event = events.find(({ kind }) => kind === 'citations') as
      { citations: { title: string }[] } | undefined;
    return event?.citations[0]?.title;
  };

  interface Chat {
    choices: { finish_reason: string }[];
    usage: { prompt_tokens: number; completion_tokens: number };
    lorekeep: { reference: string; citations: { title: string }[] };
  }

  async function chat(url: string): Promise<Chat> {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model: 'llama-3.1-8b',
        messages: [
          { role: 'user', content: FIRST },
          { role: 'assistant', content: 'Up to 5 days.' },
          { role: 'user', content: NEXT },
        ],
      }),
    });
    return (await response.json()) as Chat;
  }

  async function closing(reference: string): Promise<Record<string, unknown>> {
    const { body } = await auditor.call('GET', '/api/audit?kind=question.closed&limit=50');
    const rows = (body as { rows: { reference: string; detail: Record<string, unknown> }[] }).rows;
    return rows.find((row) => row.reference === reference)?.detail ?? {};
  }

  it.each([
    ['English', FIRST, NEXT, 'Leave', 'Badges'],
    ['Chinese', '年休假没休完，最多可以结转几天？', '那什么时候过期？', '年休假', '工牌'],
  ])('finds in %s what it is about, and alone something else', async (_, first, next, about, alone) => {
    const before = await person.ask(first);
    const conversationId = String(before.events[0]?.conversationId);
    const after = await person.ask(next, { conversationId });
    expect(firstSource(after)).toBe(about);
    expect(firstSource(await person.ask(next))).toBe(alone);
    expect((await closing(String(after.events[0]?.reference))).rewrite).toMatchObject({
      by: 'rule',
      failure: null,
    });
  });

  it('finds it behind the chat door as well', async () => {
    const answer = await chat(stack.url);
    expect(answer.lorekeep.citations[0]?.title).toBe('Leave');
    expect((await closing(answer.lorekeep.reference)).rewrite).toMatchObject({ by: 'rule', failure: null });
  });

  it('reads the mails below a mail when it drafts a reply', async () => {
    const mail = `${NEXT}\n\n> ${FIRST}\n`;
    expect(firstSource(await stack.admin.ask(mail, {}, '/api/drafts'))).toBe('Leave');
  });

  it('is counted for the operator', async () => {
    const { text } = await stack.admin.call('GET', '/metrics');
    expect(text).toMatch(/lorekeep_question_rewrites_total\{by="rule",failure="none"\} [1-9]/);
  });

  describe('rewritten by the model', () => {
    let url: string;

    beforeAll(async () => {
      url = await stack.gateway({ QUESTION_REWRITE: 'model', QUESTION_REWRITE_TIMEOUT_MS: '5000' });
    });

    it('is searched for as the model put it, and charged', async () => {
      await vllm.reset();
      const content = ['When does ', 'annual leave that was carried over ', 'expire?'];
      await vllm.script({ content, reasoning: [], times: 1 });
      const { lorekeep, usage } = await chat(url);
      expect(lorekeep.citations[0]?.title).toBe('Leave');
      const { requests } = await vllm.requests();
      expect(requests.map(({ body }) => body.stream)).toEqual([false, true]);
      expect(new Set(requests.map(({ headers }) => headers['x-request-id'])).size).toBe(2);
      const { rewrite, tokens } = await closing(lorekeep.reference);
      expect(rewrite).toMatchObject({ by: 'model', failure: null });
      expect(tokens).toEqual({
        prompt: usage.prompt_tokens,
        completion: usage.completion_tokens,
        estimated: false,
      });
    });

    it.each([
      ['hang', 'late'],
      ['server-error', 'failed'],
      ['garbage-body', 'failed'],
    ])('falls back to the rule where the model server answers with %s', async (fault, failure) => {
      await vllm.reset();
      await vllm.fault(fault);
      const { lorekeep, choices } = await chat(url);
      expect(lorekeep.citations[0]?.title).toBe('Leave');
      expect(choices[0]?.finish_reason).toBe('stop');
      expect((await closing(lorekeep.reference)).rewrite).toMatchObject({ by: 'rule', failure });
    });
  });
});
