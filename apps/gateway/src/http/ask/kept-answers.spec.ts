import { describe, expect, it } from '@jest/globals';
import type { MessageView } from '@lorekeep/conversations';
import type { DraftView } from '@lorekeep/drafts';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { compileWordTable, REDACTION_MARK, type WordEntry } from '@lorekeep/scanner';
import { KeptAnswers } from './kept-answers.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const source = (number: number, title: string) => ({
  number,
  documentId: 'd',
  title,
  excerpt: 'the band',
  page: 1,
});
const message = (role: 'user' | 'assistant', content: string, more: object = {}) =>
  ({
    id: content,
    role,
    content,
    citations: [],
    documentIds: [],
    marks: [],
    suggestion: null,
    outcome: null,
    ...more,
  }) as unknown as MessageView;
const documents = { readableAmong: (_: CallContext, ids: Iterable<string>) => Promise.resolve(new Set(ids)) };
const under = (...words: [string, WordEntry['action']][]) => {
  const entries = words.map(([text, action], i) => ({ id: `w${i}`, text, category: 'own', action }));
  return new KeptAnswers(documents, { tableFor: () => Promise.resolve(compileWordTable(entries)) });
};

describe('answers that were kept before a word was forbidden', () => {
  const kept = [
    message('user', 'Is heliotrope blue?'),
    message('assistant', 'It is helio<b>trope</b> blue.', {
      citations: [source(1, 'On heliotrope'), source(2, 'Blue')],
      outcome: 'answered',
      suggestion: { text: 'heliotrope leave', documentIds: ['d'] },
    }),
  ];

  it('are redacted with their sources when they are shown again; the question is its writer’s own', async () => {
    const [question, answer] = await under(['heliotrope', 'redact']).messages(ctx, kept);
    expect(question).toEqual(kept[0]);
    expect(answer).toMatchObject({
      content: `It is ${REDACTION_MARK}</b> blue.`,
      citations: [{ number: 1, title: `On ${REDACTION_MARK}` }, source(2, 'Blue')],
      outcome: 'answered',
      suggestion: { text: `${REDACTION_MARK} leave` },
    });
  });

  it('are searched as they are shown', async () => {
    const texts = ['It is heliotrope.', 'It is viridian.', 'It is blue.'];
    const words = under(['heliotrope', 'redact'], ['viridian', 'stop']);
    expect(await words.texts(ctx, texts)).toEqual([`It is ${REDACTION_MARK}.`, 'It is ', 'It is blue.']);
  });

  it('end where they would be stopped now, without the sources that have the word', async () => {
    const [, answer] = await under(['heliotrope', 'stop']).messages(ctx, kept);
    expect(answer).toMatchObject({ content: 'It is ', outcome: 'stopped', suggestion: null });
    expect(answer?.citations).toEqual([source(2, 'Blue')]);
  });

  it('are as they were while nothing in them is forbidden', async () => {
    expect(await under(['marigold', 'stop']).messages(ctx, kept)).toEqual(kept);
  });

  it('are drafts too; the customer’s message stays', async () => {
    const draft = { ...kept[1], customerMessage: 'heliotrope?', state: 'draft' } as unknown as DraftView;
    const [shown] = await under(['heliotrope', 'redact']).drafts(ctx, [draft]);
    expect(shown).toMatchObject({
      customerMessage: 'heliotrope?',
      content: `It is ${REDACTION_MARK}</b> blue.`,
    });
  });

  it('say of a draft that something of it is withheld: masked, cut off, or replaced for its source', async () => {
    const drafts = (action: WordEntry['action'], content: string, marks: object[] = []) =>
      under(['heliotrope', action]).drafts(ctx, [{ ...kept[1], content, marks } as unknown as DraftView]);
    const withheld = async (...draft: Parameters<typeof drafts>) => (await drafts(...draft))[0]?.withheld;
    expect(await withheld('redact', 'A heliotrope.')).toBe(true);
    expect(await withheld('stop', 'A heliotrope.')).toBe(true);
    expect(await withheld('log', 'A heliotrope.')).toBe(false);
    expect(await withheld('redact', `A ${REDACTION_MARK}, from when it was written.`)).toBe(true);
    const mark = { start: 0, end: 7, reason: 'number' };
    expect(await withheld('redact', 'A rose.', [{ ...mark, withheld: true }])).toBe(true);
    expect(await withheld('redact', 'A rose.', [{ ...mark, withheld: false }])).toBe(false);
  });

  it('keep the marks of their sentences where these stand now', async () => {
    const content = 'The heliotrope is 7 [1]. It has 8 leaves [1].';
    const mark = { reason: 'number', withheld: false };
    const marks = [
      { start: 0, end: 24, ...mark },
      { start: 25, end: 45, ...mark },
    ];
    const answer = message('assistant', content, { marks });
    const shown = async (action: WordEntry['action']) =>
      (await under(['heliotrope', action]).messages(ctx, [answer]))[0];
    const redacted = await shown('redact');
    expect(redacted?.marks.map(({ start, end }) => redacted.content.slice(start, end))).toEqual([
      `The ${REDACTION_MARK} is 7 [1].`,
      'It has 8 leaves [1].',
    ]);
    expect((await shown('stop'))?.marks).toEqual([{ start: 0, end: 4, ...mark }]);
    const [draft] = await under(['heliotrope', 'redact']).drafts(ctx, [answer as unknown as DraftView]);
    expect(draft?.marks).toEqual(redacted?.marks);
  });

  it('are not shown at all when the words cannot be had', async () => {
    const gone = new KeptAnswers(documents, { tableFor: () => Promise.reject(new Error('gone')) });
    await expect(gone.messages(ctx, kept)).rejects.toThrow('gone');
    await expect(gone.drafts(ctx, [])).rejects.toThrow('gone');
  });
});
