import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { makeKettleHandbook } from '../support/kettle-handbook.js';
import { startStack, type Stack } from '../support/stack.js';

interface Row {
  readonly sequence: number;
  readonly kind: string;
  readonly outcome: string | null;
  readonly detail: Record<string, unknown>;
}
const QUESTION = 'How long is the warranty of the blue kettle?';
const NOBODYS = '5f0f8a52-2e0c-4e5e-9a51-0c9f3b1b7a11';

describe('what people do with their own things', () => {
  let stack: Stack;
  let auditor: Client;
  beforeAll(async () => {
    stack = await startStack();
    auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    await makeKettleHandbook(stack.admin);
  }, 120_000);
  afterAll(() => stack?.stop());

  const rows = async () => ((await auditor.call('GET', '/api/audit?limit=50')).body as { rows: Row[] }).rows;

  /** What the audit says of one act, oldest first; its own reading is left out. */
  async function recorded(status: number, method: string, path: string, body?: object) {
    const before = (await rows())[0]?.sequence ?? 0;
    expect((await stack.admin.call(method, path, body)).status).toBe(status);
    return (await rows())
      .filter(({ sequence, kind }) => sequence > before && !kind.startsWith('audit.'))
      .reverse()
      .map(({ kind, outcome, detail: { caller: _, ...detail } }) => ({ kind, outcome, detail }));
  }
  const acted = (kind: string, detail: object) =>
    ['begun', 'done'].map((outcome) => ({ kind, outcome, detail }));

  it('is recorded of the account: under what name a person appears', async () => {
    expect(await recorded(200, 'PATCH', '/api/account', { displayName: 'Anna' })).toEqual(
      acted('account.update', { displayName: 'Anna' }),
    );
  });

  it('is recorded of conversations, without their words', async () => {
    const { events } = await stack.admin.ask(QUESTION);
    const id = String(events[0]?.conversationId);
    const messageId = String(events.at(-1)?.messageId);
    const path = `/api/conversations/${id}`;
    const conversationId = id;
    expect(await recorded(200, 'PATCH', path, { title: 'Kettles', pinned: true })).toEqual(
      acted('conversation.update', { conversationId, changed: ['title', 'pinned'] }),
    );
    const rating = { rating: 'bad', reason: 'the wrong kettle' };
    expect(await recorded(204, 'PUT', `/api/messages/${messageId}/rating`, rating)).toEqual(
      acted('conversation.rate', { messageId, rating: 'bad' }),
    );
    expect(await recorded(200, 'GET', `${path}/export?format=json`)).toEqual([
      { kind: 'conversation.export', outcome: 'done', detail: { conversationId, format: 'json' } },
    ]);
    expect(await recorded(204, 'DELETE', path)).toEqual(acted('conversation.delete', { conversationId }));
    expect(await recorded(200, 'POST', `${path}/restore`)).toEqual(
      acted('conversation.restore', { conversationId }),
    );
  });

  it('is recorded of drafts: who approved what although something of it is withheld', async () => {
    const { events } = await stack.admin.ask(QUESTION, {}, '/api/drafts');
    const draftId = String(events[0]?.messageId);
    const path = `/api/drafts/${draftId}`;
    expect(await recorded(200, 'PATCH', path, { content: 'The warranty: 24 months.' })).toEqual(
      acted('draft.update', { draftId, characters: 24, state: null }),
    );
    expect(await recorded(200, 'PATCH', path, { state: 'approved' })).toEqual(
      acted('draft.approve', { draftId, characters: null, withheld: false }),
    );
    expect(await recorded(200, 'PATCH', path, { state: 'approved' })).toEqual([]);
    expect(await recorded(200, 'PATCH', path, { state: 'draft' })).toEqual(
      acted('draft.update', { draftId, characters: null, state: 'draft' }),
    );
    const words = [{ text: 'lime scale', action: 'redact' }];
    expect((await stack.admin.call('POST', '/api/admin/words', { words })).status).toBe(201);
    const content = 'Against lime scale.';
    expect(await recorded(409, 'PATCH', path, { content, state: 'approved' })).toEqual([]);
    const accepted = { content, state: 'approved', acceptWithheld: true };
    expect(await recorded(200, 'PATCH', path, accepted)).toEqual(
      acted('draft.approve', { draftId, characters: 19, withheld: true }),
    );
    expect(await recorded(204, 'DELETE', path)).toEqual(acted('draft.delete', { draftId }));
  });

  it.each([
    ['DELETE', `/api/keys/${NOBODYS}`, 'key.revoke', undefined],
    ['DELETE', `/api/account/sessions/${NOBODYS}`, 'account.session.end', undefined],
    ['DELETE', `/api/admin/quotas/${NOBODYS}`, 'admin.quota.remove', undefined],
    ['DELETE', `/api/admin/words/${NOBODYS}`, 'admin.words.remove', undefined],
    ['PATCH', `/api/admin/words/${NOBODYS}`, 'admin.words.update', { action: 'log' }],
    ['DELETE', `/api/conversations/${NOBODYS}`, 'conversation.delete', undefined],
  ])(
    'is not recorded as done where there was nothing to do it to: %s %s',
    async (method, path, kind, body) => {
      const [begun, ended, ...more] = await recorded(404, method, path, body);
      expect([begun, ended, ...more]).toMatchObject([
        { kind, outcome: 'begun' },
        { kind, outcome: 'failed', detail: { code: 'NOT_FOUND' } },
      ]);
    },
  );

  it('is recorded of words with what changes, and of sources that are tried with the place', async () => {
    const earlier = (await stack.admin.call('GET', '/api/admin/words')).body as { rows: { id: string }[] };
    for (const { id } of earlier.rows) await stack.admin.call('DELETE', `/api/admin/words/${id}`);
    const words = [
      { text: 'grey kettle', action: 'stop' },
      { text: 'grey kettles', allow: true },
    ];
    const detail = { words: 2, exceptions: 1, actions: ['redact', 'stop'], categories: ['general'] };
    expect(await recorded(201, 'POST', '/api/admin/words', { words })).toEqual(
      acted('admin.words.add', detail),
    );
    const list = (await stack.admin.call('GET', '/api/admin/words?search=grey')).body as {
      rows: { id: string; allow: boolean }[];
    };
    const wordId = list.rows.find(({ allow }) => !allow)?.id;
    expect(await recorded(200, 'PATCH', `/api/admin/words/${wordId}`, { allow: true })).toEqual(
      acted('admin.words.update', { wordId, allow: true }),
    );
    const settings = { kind: 'git', address: 'https://127.0.0.1/handbook.git' };
    const tried = await recorded(200, 'POST', '/api/admin/sources/test', { settings, secret: null });
    expect(tried).toEqual(
      acted('source.test', { kind: 'git', sourceId: null, place: 'https://127.0.0.1/handbook.git' }),
    );
  });
});
