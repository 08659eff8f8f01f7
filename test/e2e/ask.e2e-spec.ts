import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startStack, type Stack } from '../support/stack.js';

const LEAVE = `# Leave

## Annual leave

Every employee gets 27 days of annual leave a year. Up to 5 days may be carried over until 31 March.

## Sick leave

Tell your team lead before 9:30 on the first day of sickness.
`;
const SALARIES = `# Salary bands

The salary band of grade G6 runs from 61,000 to 74,000 euro.
`;
const ZH = `# 差旅

国内出差的住宿标准为每晚不超过六百元，超出部分须事先由部门主管批准。
`;

describe('one question, whole', () => {
  let stack: Stack;
  let employee: Client;
  let hr: Client;
  let auditor: Client;

  beforeAll(async () => {
    stack = await startStack();
    const group = await stack.admin.call('POST', '/api/admin/groups', { name: 'hr' });
    const groupId = (group.body as { id: string }).id;
    employee = await stack.person('employee@first.example');
    hr = await stack.person('hr@first.example', { groupIds: [groupId] });
    auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const handbook = await collection('handbook', ['everyone']);
    const secret = await collection('hr', [`group:${groupId}`]);
    for (const [where, name, text] of [
      [handbook, 'leave.md', LEAVE],
      [handbook, 'travel-zh.md', ZH],
      [secret, 'salaries.md', SALARIES],
    ] as const) {
      const { body } = await stack.admin.upload(where, name, text);
      expect(await stack.admin.settled((body as { id: string }).id)).toMatchObject({ state: 'ready' });
    }
  }, 120_000);
  afterAll(() => stack?.stop());

  async function collection(slug: string, readers: string[]): Promise<string> {
    const { body } = await stack.admin.call('POST', '/api/collections', { slug, name: slug });
    const { id } = body as { id: string };
    const set = { readers: readers.map((principal) => ({ principal, effect: 'allow' })) };
    expect((await stack.admin.call('PUT', `/api/collections/${id}/readers`, set)).status).toBe(200);
    return id;
  }

  it('answers with a citation, in the order of the path, and keeps the conversation', async () => {
    const { events, text } = await employee.ask('How many days of annual leave do I get?');
    const kinds = events.map((event) => (event.kind === 'step' ? String(event.step) : event.kind));
    expect(kinds.slice(0, 5)).toEqual(['accepted', 'auth', 'quota', 'firewall', 'retrieval']);
    expect(text).toContain('27 days of annual leave');
    expect(text).toMatch(/\[1\]/);
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    const citations = events.find((event) => event.kind === 'citations');
    const [first] = (citations as unknown as { citations: object[] }).citations;
    expect(first).toMatchObject({ number: 1, title: 'Leave', heading: 'Annual leave' });
    const conversationId = String(events[0]?.conversationId);
    const { body } = await employee.call('GET', `/api/conversations/${conversationId}`);
    expect(body).toMatchObject({
      messages: [
        { role: 'user', content: 'How many days of annual leave do I get?' },
        { role: 'assistant', outcome: 'answered', content: text, citations: [{ number: 1 }] },
      ],
    });
  });

  it('answers Chinese from Chinese documents', async () => {
    const { text } = await employee.ask('国内出差住宿标准是多少？');
    expect(text).toContain('六百元');
  });

  it('answers HR from what only HR may read, and tells others nothing', async () => {
    const question = 'What is the salary band of grade G6?';
    expect((await hr.ask(question)).text).toContain('61,000');
    const { raw, text } = await employee.ask(question);
    expect(raw).not.toMatch(/61,000|Salary bands|salaries/);
    expect(text).not.toBe('');
  });

  it('takes a pasted secret out before anything sees it', async () => {
    const secret = 'AKIAQ3EGRZ7TWPNB5XKM';
    const { raw, events, text } = await employee.ask(
      `My key is ${secret}. How many days of annual leave do I get?`,
    );
    expect(raw).not.toContain(secret);
    expect(text).toContain('27 days of annual leave');
    expect(events.find((event) => event.step === 'firewall')).toMatchObject({ facts: { redactions: 1 } });
    const audit = await auditor.call('GET', '/api/audit?kind=question.opened&limit=50');
    expect(audit.status).toBe(200);
    expect(audit.text).not.toContain(secret);
  });

  it('refuses an attack with a card and no model', async () => {
    const { events } = await employee.ask(
      "x' UNION SELECT username, password FROM users; DROP TABLE users;--",
    );
    expect(events.find((event) => event.kind === 'refusal')).toMatchObject({ refusal: { step: 'firewall' } });
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'refused' });
  });

  it('has a refusal at the doors of programs as one in the audit', async () => {
    const messages = [
      { role: 'user', content: "x' UNION SELECT username, password FROM users; DROP TABLE users;--" },
    ];
    for (const stream of [false, true]) {
      const { status } = await employee.call('POST', '/v1/chat/completions', {
        model: 'extractive',
        messages,
        stream,
      });
      expect(status).toBe(422);
      const record = await auditor.call('GET', '/api/audit?kind=question.closed&limit=1');
      expect(record.body).toMatchObject({
        rows: [{ outcome: 'refused', detail: { refusal: { step: 'firewall' } } }],
      });
    }
  });

  it('ends a quoted answer at a stop sequence, before anything as well', async () => {
    const messages = [{ role: 'user', content: 'How many days of annual leave do I get?' }];
    for (const [stop, content] of [
      [' days', 'Every employee gets 27'],
      [['gets', 'Every'], ''],
    ]) {
      const asked = { model: 'extractive', messages, stop };
      const { status, body } = await employee.call('POST', '/v1/chat/completions', asked);
      expect(status).toBe(200);
      expect(body).toMatchObject({ choices: [{ message: { content }, finish_reason: 'stop' }] });
    }
  });

  it('leaves out a passage with a forbidden word, everywhere, and answers without it', async () => {
    const words = { words: [{ text: '27 days of annual', action: 'stop' }] };
    expect((await stack.admin.call('POST', '/api/admin/words', words)).status).toBe(201);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const { raw, events } = await employee.ask('How many days of annual leave do I get?');
    expect(raw).not.toContain('27 days of');
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    const { rows } = (await auditor.call('GET', '/api/scanner/hits')).body as { rows: object[] };
    expect(rows[0]).toMatchObject({
      action: 'stop',
      channel: 'left-out:citation:0:excerpt',
      original: '27 days of annual',
    });
    const record = await auditor.call('GET', '/api/audit?kind=question.closed&limit=1');
    expect(record.body).toMatchObject({
      rows: [{ outcome: 'answered', detail: { passages: { scannedOut: [expect.any(String)] } } }],
    });
    const { body } = await stack.admin.call('GET', '/api/admin/words');
    for (const { id } of (body as { rows: { id: string }[] }).rows) {
      await stack.admin.call('DELETE', `/api/admin/words/${id}`);
    }
  });

  it('has every question in the audit, opened and closed, in a chain that verifies', async () => {
    const { body } = await auditor.call('GET', '/api/audit?limit=200');
    const { rows } = body as { rows: { kind: string; reference: string; outcome: string | null }[] };
    const opened = rows.filter(({ kind }) => kind === 'question.opened').map(({ reference }) => reference);
    const closed = rows.filter(({ kind }) => kind === 'question.closed').map(({ reference }) => reference);
    expect(opened.length).toBeGreaterThanOrEqual(6);
    expect(new Set(closed)).toEqual(new Set(opened));
    expect(rows.some(({ kind }) => kind === 'audit.read')).toBe(true);
    const verified = await auditor.call('POST', '/api/audit/verify');
    expect(verified.body).toMatchObject({ ok: true, incomplete: 0, firstBad: null });
  });

  it('records a failed sign-in and keeps the administrator out of the audit', async () => {
    const stranger = stack.client();
    await expect(stranger.signIn('employee@first.example', 'wrong')).rejects.toThrow('401');
    const { text } = await auditor.call('GET', '/api/audit?kind=sign-in.failed');
    expect(text).toContain('employee@first.example');
    expect((await stack.admin.call('GET', '/api/audit')).status).toBe(403);
  });
});
