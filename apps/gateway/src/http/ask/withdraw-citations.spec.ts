import { describe, expect, it } from '@jest/globals';
import type { MessageView } from '@lorekeep/conversations';
import type { DraftView } from '@lorekeep/drafts';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { historyOf } from './history.js';
import { asShown, withdrawFromDrafts, withdrawFromMessages, withoutSources } from './withdraw-citations.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const at = new Date(0);
const answer = (content: string, ...documentIds: string[]) =>
  ({
    id: content,
    role: 'assistant',
    content,
    citations: documentIds.map((documentId) => ({ documentId, title: 'Bands', excerpt: 'the band' })),
    documentIds: [],
    marks: [{ start: 0, end: 6, reason: 'number', withheld: false }],
    outcome: 'answered',
    refusal: null,
    reference: 'a'.repeat(32),
    model: 'm',
    createdAt: at,
  }) as unknown as MessageView;
const question = (content: string) => ({ ...answer(content), role: 'user' as const, outcome: null });

function documents(...readable: string[]) {
  const asked: string[][] = [];
  const readableAmong = (_: CallContext, ids: Iterable<string>) => {
    asked.push([...ids]);
    return Promise.resolve(new Set(readable));
  };
  return { asked, readableAmong };
}

describe('withdrawing what may no longer be read', () => {
  const messages = [
    question('What is paid?'),
    answer('61,000 [1] [2]', 'secret', 'open'),
    question('And leave?'),
    answer('27 days [1]', 'open'),
    question('Thanks'),
    answer('You are welcome'),
  ];

  it('takes text and sources of the whole answer, asks once, and leaves questions and all else', async () => {
    const store = documents('open');
    const shown = await withdrawFromMessages(ctx, store, messages);
    expect(store.asked).toEqual([['secret', 'open', 'open']]);
    const text = 'This answer rested on documents that you may no longer read.';
    expect(shown[1]).toEqual({
      ...messages[1],
      content: '',
      citations: [],
      marks: [],
      outcome: 'refused',
      refusal: {
        step: 'retrieval',
        code: 'RETRIEVAL_WITHDRAWN',
        status: 403,
        text,
        detail: text,
        reference: 'a'.repeat(32),
      },
    });
    expect(shown.toSpliced(1, 1)).toEqual(messages.toSpliced(1, 1));
    expect(messages[1]?.content).toBe('61,000 [1] [2]');
  });

  it('takes the text of what was written from a document without citing it', async () => {
    const uncited = { ...answer('61,000'), documentIds: ['secret', 'open'] };
    const [shown] = await withdrawFromMessages(ctx, documents('open'), [uncited]);
    expect(shown).toMatchObject({ content: '', outcome: 'refused' });
    const [both] = await withdrawFromMessages(ctx, documents('open', 'secret'), [uncited]);
    expect(both).toBe(uncited);
    expect(withoutSources(uncited)).not.toHaveProperty('documentIds');
  });

  it('takes a suggestion whose words are from such a document, and leaves the rest of the answer', async () => {
    const suggesting = (...documentIds: string[]) => ({
      ...answer('Nothing was found.'),
      suggestion: { text: 'nightingale', documentIds },
    });
    const shown = async (message: MessageView, ...readable: string[]) =>
      (await withdrawFromMessages(ctx, documents(...readable), [message])).map(asShown);
    expect(await shown(suggesting('open'), 'open')).toMatchObject([{ suggestion: 'nightingale' }]);
    for (const hidden of [suggesting('secret'), suggesting('open', 'secret'), suggesting()])
      expect(await shown(hidden, 'open')).toMatchObject([
        { content: 'Nothing was found.', suggestion: null, refusal: null },
      ]);
    const both = { ...suggesting('open'), documentIds: ['secret'] };
    expect(await shown(both, 'open')).toMatchObject([{ content: '', suggestion: null }]);
    expect(await shown({ ...answer('x'), suggestion: null })).toMatchObject([{ suggestion: null }]);
  });

  it('keeps it from the next question', async () => {
    const shown = await withdrawFromMessages(ctx, documents('open'), messages);
    expect(historyOf(shown).map(({ content }) => content)).toEqual([
      'And leave?',
      '27 days',
      'Thanks',
      'You are welcome',
    ]);
  });

  it('says so in the language of the reader', async () => {
    const zh = { ...ctx, caller: { ...ctx.caller, locale: 'zh' as const } };
    const [shown] = await withdrawFromMessages(zh, documents(), [answer('x', 'secret')]);
    expect(shown?.refusal?.text).toBe('此回答所依据的文档，您已无权查看。');
  });

  it.each([['text'], [null], [{}], [{ documentId: 7 }]])(
    'withdraws what rests on the source %j',
    async (source) => {
      const [shown] = await withdrawFromMessages(ctx, documents('7', 'text'), [
        { ...answer('x'), citations: [source] },
      ]);
      expect(shown).toMatchObject({ content: '', citations: [], outcome: 'refused' });
    },
  );

  it('shows nothing when it cannot be known', async () => {
    const readableAmong = () => Promise.reject(new Error('down'));
    await expect(withdrawFromMessages(ctx, { readableAmong }, messages)).rejects.toThrow('down');
    await expect(withdrawFromDrafts(ctx, { readableAmong }, [])).rejects.toThrow('down');
  });

  it('makes a refused one of a draft; the message of the customer stays', async () => {
    const { outcome: _, ...row } = answer('61,000 [1]', 'secret');
    const draft = { ...row, state: 'approved', customerMessage: 'What?' } as unknown as DraftView;
    const [shown] = await withdrawFromDrafts(ctx, documents(), [draft]);
    expect(shown).toMatchObject({
      state: 'refused',
      content: '',
      citations: [],
      marks: [],
      customerMessage: 'What?',
    });
    expect(shown?.refusal).toMatchObject({ code: 'RETRIEVAL_WITHDRAWN' });
    expect((await withdrawFromDrafts(ctx, documents('secret'), [draft]))[0]).toBe(draft);
  });
});
