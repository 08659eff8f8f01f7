import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';

const QUESTION = 'Which pay applies to grade six?';
const TITLE = 'Zebra ledger';
const FACT = '61,077';
const TEXT = `# ${TITLE}\n\nThe pay of grade six is ${FACT} euro.\n`;

interface Case {
  groupId: string;
  collectionId: string;
  documentId: string;
  person: Client;
  userId: string;
  conversationId: string;
  draftId: string;
}
interface Shown {
  content: string;
  citations: unknown[];
  refusal: { code?: string; text?: string; reference?: string } | null;
}

describe('answers after access was withdrawn', () => {
  let vllm: FakeVllm;
  let stack: Stack;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  async function admin<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await stack.admin.call(method, path, body);
    expect([200, 201, 204]).toContain(answer.status);
    return answer.body as T;
  }
  const allow = (groupId: string) => ({ readers: [{ principal: `group:${groupId}`, effect: 'allow' }] });

  /** Somebody of a group that may read one document, who has asked about it and drafted a reply from it. */
  async function make(way: string): Promise<Case> {
    const name = `${way}-${randomUUID().slice(0, 8)}`;
    const { id: groupId } = await admin<{ id: string }>('POST', '/api/admin/groups', { name });
    const roles = ['employee', 'support'];
    const person = await stack.person(`${name}@first.example`, { roles, groupIds: [groupId] });
    const { id: userId } = (await person.call('GET', '/api/session')).body as { id: string };
    const { id: collectionId } = await admin<{ id: string }>('POST', '/api/collections', {
      slug: name,
      name,
    });
    await admin('PUT', `/api/collections/${collectionId}/readers`, allow(groupId));
    const { body } = await stack.admin.upload(collectionId, `${name}.md`, TEXT);
    const { id: documentId } = body as { id: string };
    await stack.admin.settled(documentId);
    const asked = await person.ask(QUESTION);
    expect(asked.text).toContain(FACT);
    const conversationId = String(asked.events[0]?.conversationId);
    const drafted = await person.ask(QUESTION, {}, '/api/drafts');
    const draftId = String(drafted.events[0]?.messageId);
    return { groupId, collectionId, documentId, person, userId, conversationId, draftId };
  }

  /** Everything that shows what was answered earlier. */
  const doors = ({ conversationId, draftId }: Case) => [
    `/api/conversations/${conversationId}`,
    `/api/conversations/${conversationId}/export?format=markdown`,
    `/api/conversations/${conversationId}/export?format=json`,
    '/api/drafts',
    `/api/drafts/${draftId}`,
  ];
  const tells = (text: string) => text.includes(FACT) || text.includes(TITLE);

  async function told(of: Case): Promise<boolean[]> {
    const answers = await Promise.all(doors(of).map((path) => of.person.call('GET', path)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    return answers.map(({ text }) => tells(text));
  }
  const found = async ({ person }: Case, path: string, search: string) =>
    ((await person.call('GET', `${path}?search=${search}`)).body as { rows: unknown[] }).rows.length;
  const everywhere = [true, true, true, true, true];
  const nowhere = everywhere.map(() => false);

  const ways: [string, (of: Case) => Promise<unknown>, ((of: Case) => Promise<unknown>) | null][] = [
    [
      'leaving-the-group',
      ({ groupId }) => admin('PUT', `/api/admin/groups/${groupId}/members`, { userIds: [] }),
      ({ groupId, userId }) => admin('PUT', `/api/admin/groups/${groupId}/members`, { userIds: [userId] }),
    ],
    [
      'other-readers',
      ({ collectionId }) => admin('PUT', `/api/collections/${collectionId}/readers`, { readers: [] }),
      ({ collectionId, groupId }) => admin('PUT', `/api/collections/${collectionId}/readers`, allow(groupId)),
    ],
    [
      'a-denied-document',
      ({ documentId, userId }) =>
        admin('PUT', `/api/documents/${documentId}/readers`, {
          readers: [{ principal: `user:${userId}`, effect: 'deny' }],
        }),
      ({ documentId }) => admin('PUT', `/api/documents/${documentId}/readers`, { readers: [] }),
    ],
    ['deletion', ({ documentId }) => admin('DELETE', `/api/documents/${documentId}`), null],
  ];

  it.each(ways)('are not shown, searched, sent or approved: %s', async (name, withdraw, giveBack) => {
    const of = await make(name);
    const { person, conversationId, draftId } = of;
    expect(await told(of)).toEqual(everywhere);
    expect(await found(of, '/api/drafts', FACT)).toBe(1);
    expect(await found(of, '/api/conversations', FACT)).toBe(1);

    await withdraw(of);
    expect(await told(of)).toEqual(nowhere);
    expect(await found(of, '/api/drafts', FACT)).toBe(0);
    expect(await found(of, '/api/conversations', FACT)).toBe(0);
    const { body } = await person.call('GET', `/api/conversations/${conversationId}`);
    const [question, answer] = (body as { messages: Shown[] }).messages;
    expect(question?.content).toBe(QUESTION);
    expect(answer).toMatchObject({
      content: '',
      citations: [],
      outcome: 'refused',
      refusal: { step: 'retrieval', code: 'RETRIEVAL_WITHDRAWN', status: 403 },
    });
    expect(answer?.refusal?.reference).toMatch(/^[0-9a-f]{32}$/);
    const file = await person.call('GET', `/api/conversations/${conversationId}/export?format=markdown`);
    expect(file.text).toContain('documents that you may no longer read');

    for (const change of [{ state: 'approved' }, { content: 'Mine.' }]) {
      const changed = await person.call('PATCH', `/api/drafts/${draftId}`, change);
      expect(changed).toMatchObject({ status: 403, body: { code: 'RETRIEVAL_WITHDRAWN' } });
      expect(tells(changed.text)).toBe(false);
    }

    await vllm.reset();
    const next = await person.ask('Please repeat what you said.', { conversationId });
    expect(tells(next.raw)).toBe(false);
    const { requests } = await vllm.requests();
    expect(requests).toHaveLength(1);
    expect(JSON.stringify(requests[0]?.body)).toContain('Please repeat what you said.');
    expect(tells(JSON.stringify(requests[0]?.body))).toBe(false);

    // Nothing was taken from what is kept.
    await giveBack?.(of);
    expect(await told(of)).toEqual(giveBack ? everywhere : nowhere);
  });

  it('are not shown where they were made of such an answer, citing nothing', async () => {
    const of = await make('made-of-it');
    const { person, conversationId, documentId } = of;
    const again = 'Please repeat what you said.';
    await person.ask(again, { conversationId, documents: 'none' });
    const shown = async () => {
      const { body } = await person.call('GET', `/api/conversations/${conversationId}`);
      return (body as { messages: (Shown & Record<string, unknown>)[] }).messages.at(-1);
    };
    const before = await shown();
    expect(before?.content).not.toBe('');
    expect(before).toMatchObject({ citations: [], outcome: 'answered' });
    expect(before).not.toHaveProperty('documentIds');
    await admin('PUT', `/api/documents/${documentId}/readers`, {
      readers: [{ principal: `user:${of.userId}`, effect: 'deny' }],
    });
    expect(await shown()).toMatchObject({
      content: '',
      outcome: 'refused',
      refusal: { code: 'RETRIEVAL_WITHDRAWN' },
    });
  });

  it('say so in the language of the reader', async () => {
    const of = await make('chinese');
    await of.person.call('PATCH', '/api/account', { locale: 'zh' });
    await admin('DELETE', `/api/documents/${of.documentId}`);
    const { body } = await of.person.call('GET', `/api/drafts/${of.draftId}`);
    expect(body).toMatchObject({ state: 'refused', refusal: { text: expect.stringContaining('无权查看') } });
  });
});
