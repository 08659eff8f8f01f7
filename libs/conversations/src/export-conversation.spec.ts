import { describe, expect, it } from '@jest/globals';
import { exportConversation } from './export-conversation.js';
import type { MessageView as StoredMessage } from './store/conversation.repository.js';

type MessageView = Omit<StoredMessage, 'documentIds' | 'suggestion'> & { suggestion: string | null };

const at = new Date(Date.UTC(2026, 0, 5, 9));
const conversation = {
  id: '1',
  title: '../Leave & *travel* 年假?',
  pinned: false,
  createdAt: at,
  updatedAt: at,
};
const message = (change: Partial<MessageView>): MessageView => ({
  id: '2',
  ordinal: 1,
  role: 'user',
  content: 'How many days?',
  citations: [],
  suggestion: null,
  marks: [],
  outcome: null,
  refusal: null,
  reference: null,
  model: null,
  usage: null,
  rating: null,
  ratingReason: null,
  createdAt: at,
  ...change,
});

describe('exportConversation', () => {
  it('writes Markdown with sources', () => {
    const messages = [
      message({}),
      message({
        role: 'assistant',
        content: '25 days [1].',
        model: 'extractive',
        citations: [{ number: 1, title: 'Leave_policy', heading: 'Annual leave', page: 3 }, 'damaged', null],
      }),
      message({ role: 'assistant', content: '', outcome: 'refused' }),
      message({ role: 'assistant', content: '', outcome: 'refused', refusal: { text: 'Not *now*.' } }),
    ];
    expect(exportConversation(conversation, messages, 'markdown')).toEqual({
      fileName: 'Leave-travel-年假.md',
      mediaType: 'text/markdown',
      text: `# ../Leave & \\*travel\\* 年假?

## Question (2026-01-05T09:00:00.000Z)

How many days?

## extractive (2026-01-05T09:00:00.000Z)

25 days [1].

- [1] Leave\\_policy, Annual leave, p. 3

## Answer (2026-01-05T09:00:00.000Z)

*refused*

## Answer (2026-01-05T09:00:00.000Z)

*Not \\*now\\*.*
`,
    });
  });

  it('says which sentences their sources do not support', () => {
    const content = 'There are 72 days [1]. (Withheld.) [1]';
    const marks = [
      { start: 0, end: 22, reason: 'number' as const, withheld: false },
      { start: 23, end: 38, reason: 'name' as const, withheld: true },
    ];
    const { text } = exportConversation(conversation, [message({ content, marks })], 'markdown');
    const remark = '> Not supported by its source (a number is another one): There are 72 days \\[1\\].';
    expect(text.slice(text.indexOf(content))).toBe(`${content}\n\n${remark}\n`);
    const json = exportConversation(conversation, [message({ content, marks })], 'json');
    expect(JSON.parse(json.text)).toMatchObject({ messages: [{ marks }] });
  });

  it('writes JSON that can be read back', () => {
    const file = exportConversation({ ...conversation, title: '???' }, [message({})], 'json');
    expect(file.fileName).toBe('conversation.json');
    expect(JSON.parse(file.text)).toMatchObject({ title: '???', messages: [{ content: 'How many days?' }] });
  });
});
