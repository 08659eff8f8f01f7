import { describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest, PromptPassage } from '../driver.js';
import { ExtractiveDriver } from './extractive-driver.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const passage = (number: number, title: string, content: string): PromptPassage => ({
  number,
  id: `p-${number}`,
  title,
  heading: '',
  page: null,
  content,
});
const handbook = [
  passage(
    1,
    'Leave',
    '# Annual leave\n\nFull-time employees have 25 days of annual leave a year.\nUp to five of these days may be carried into the next year. The kitchen is on floor two.',
  ),
  passage(
    2,
    'Expenses',
    'You need a receipt for:\n\n- hotels\n- taxis above 20 euros\n\nReceipts are kept for ten years.',
  ),
  passage(3, '休假', '正式员工每年有25天年假。年假可以顺延五天到下一年。食堂在二楼。'),
];

async function answer(
  question: string,
  change: Partial<AnswerRequest> = {},
): Promise<{ text: string; events: AnswerEvent[] }> {
  const request: AnswerRequest = {
    model: 'extractive',
    messages: [{ role: 'user', content: question }],
    passages: handbook,
    documents: 'cited',
    parameters: {},
    task: 'question',
    locale: 'en',
    ...change,
  };
  const events: AnswerEvent[] = [];
  for await (const event of new ExtractiveDriver().answer(ctx, request)) events.push(event);
  return {
    events,
    text: events.map((event) => (event.kind === 'text' && event.choice === 0 ? event.text : '')).join(''),
  };
}

describe('ExtractiveDriver', () => {
  it('reads a follow-up question with what it hangs on', async () => {
    const next = 'how much is that?';
    expect((await answer(next)).text).not.toContain('25 days');
    const { text } = await answer(next, { context: 'Do I have annual leave?' });
    expect(text).toContain('Full-time employees have 25 days of annual leave a year. [1]');
  });

  it('keeps to the longest answer that was asked for, and says that it ended there', async () => {
    const ask = async (maxTokens: number) => {
      const { text, events } = await answer('How many days of annual leave do I get?', {
        parameters: { maxTokens },
      });
      const finish = events.find(({ kind }) => kind === 'finish');
      const usage = events.find((event) => event.kind === 'usage');
      expect(usage?.completionTokens).toBeLessThanOrEqual(maxTokens);
      return [
        text,
        finish?.kind === 'finish' && finish.reason,
        events.some(({ kind }) => kind === 'citation'),
      ];
    };
    expect(await ask(2_048)).toEqual([expect.stringContaining('[1]'), 'stop', true]);
    expect(await ask(17)).toEqual([
      'Full-time employees have 25 days of annual leave a year. [1]',
      'length',
      true,
    ]);
    expect(await ask(5)).toEqual(['Full-time employees', 'length', false]);
  });

  it('ends at a stop sequence, and cites what is whole before it', async () => {
    const ask = async (parameters: AnswerRequest['parameters']) => {
      const { text, events } = await answer('How many days of annual leave do I get?', { parameters });
      const finish = events.find((event) => event.kind === 'finish');
      return [text, finish?.reason, events.filter(({ kind }) => kind === 'citation').length];
    };
    const first = 'Full-time employees have 25 days of annual leave a year. [1]';
    expect(await ask({ stop: ['\n\n'] })).toEqual([first, 'stop', 1]);
    expect(await ask({ stop: [' days'] })).toEqual(['Full-time employees have 25', 'stop', 0]);
    expect(await ask({ stop: ['Full'] })).toEqual(['', 'stop', 0]);
    expect(await ask({ stop: [' [1]'], maxTokens: 5 })).toEqual(['Full-time employees', 'length', 0]);
  });

  it('quotes the best sentence exactly, with its number', async () => {
    const { text, events } = await answer('How many days of annual leave do I get?');
    expect(text.startsWith('Full-time employees have 25 days of annual leave a year. [1]')).toBe(true);
    expect(text).not.toContain('kitchen');
    expect(events.map((event) => event.kind)).toEqual(
      expect.arrayContaining(['model', 'citation', 'text', 'finish', 'usage']),
    );
    expect(events[0]).toMatchObject({ driver: 'extractive', label: 'Quoted from documents, no model' });
    expect(events).toContainEqual({ kind: 'citation', number: 1, passageId: 'p-1' });
  });

  it('quotes Chinese', async () => {
    const { text } = await answer('我每年有多少天年假？', { locale: 'zh' });
    expect(text).toContain('正式员工每年有25天年假。 [3]');
  });

  it('takes a list along with the sentence that introduces it', async () => {
    const { text } = await answer('What do I need a receipt for?');
    expect(text).toContain('You need a receipt for:\n\n- hotels\n- taxis above 20 euros\n[2]');
  });

  it('keeps the number out of a table', async () => {
    const rates = passage(1, 'Rates', '| Hall | Rate |\n| --- | --- |\n| Hall of mirrors | 70 euros |');
    const { text } = await answer('What is the rate for the hall of mirrors?', { passages: [rates] });
    expect(text).toBe('| Hall | Rate |\n| --- | --- |\n| Hall of mirrors | 70 euros |\n\n[1]');
  });

  it('every quote stands in its passage', async () => {
    const { text } = await answer('annual leave days carried into the next year');
    for (const part of text.split('\n\n')) {
      const [, quote, number] = /^([^]*?)\s\[(\d)\]$/.exec(part) ?? [];
      expect(handbook[Number(number) - 1]?.content).toContain(quote);
    }
  });

  it.each([
    ['What is the parental leave for adopted llamas in Peru?', 'Nothing that you may read answers this.'],
    ['公司的股票代码是什么？', '在您有权阅读的文档中，没有能回答这个问题的内容。'],
    ['', 'Nothing that you may read answers this.'],
    ['???', 'Nothing that you may read answers this.'],
  ])('says so when nothing answers: %s', async (question, expected) => {
    const { text, events } = await answer(question);
    expect(text).toBe(expected);
    expect(events.some((event) => event.kind === 'citation')).toBe(false);
  });

  it('without passages and without documents it says so too', async () => {
    expect((await answer('How many days?', { passages: [] })).text).toBe(
      'Nothing that you may read answers this.',
    );
    expect((await answer('Write a poem', { documents: 'none' })).text).toMatch(/^No language model/);
  });

  it('answers every choice, and drafts with an opening', async () => {
    const { events } = await answer('How many days of annual leave do I get?', { parameters: { n: 2 } });
    expect(events.filter((event) => event.kind === 'finish')).toHaveLength(2);
    const draft = await answer('How many days of annual leave do I get?', { task: 'draft' });
    expect(draft.text).toMatch(/^Thank you for your message\. Our documents say:\n\nFull-time/);
  });

  it('stops when the caller has gone', async () => {
    const gone = { ...ctx, signal: AbortSignal.abort() };
    const events = new ExtractiveDriver().answer(gone, {
      model: 'extractive',
      messages: [],
      passages: [],
      documents: 'cited',
      parameters: {},
      task: 'question',
      locale: 'en',
    });
    await expect(events.next()).rejects.toMatchObject({ code: 'INFERENCE_CANCELLED' });
  });

  it('quotes a part of passages of adversarial size', async () => {
    const long = passage(1, 't', `${'annual leave '.repeat(5_000)}. ${'x. '.repeat(5_000)}`);
    const { text } = await answer('annual leave', {
      passages: Array.from({ length: 40 }, (_, i) => ({ ...long, number: i + 1 })),
    });
    expect(text.length).toBeLessThan(long.content.length);
  });
});
