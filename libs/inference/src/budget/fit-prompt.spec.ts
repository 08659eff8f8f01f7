import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext } from '@lorekeep/kit/context';
import { Refusal } from '@lorekeep/kit/errors';
import type { AnswerRequest, ChatMessage } from '../driver.js';
import { CountTokens } from './count-tokens.js';
import { FitPrompt, type Fitted } from './fit-prompt.js';

const ctx = systemContext('11111111-1111-4111-8111-111111111111');
const words = (count: number, word = 'word') => Array(count).fill(word).join(' ');
/** A token a word, as a tokenizer might. */
const byWords = async (_: unknown, __: string, text: string) => text.split(/\s+/).filter(Boolean).length;

function fitFor(context: number | null, ask: typeof byWords | (() => Promise<never>) = byWords): FitPrompt {
  return new FitPrompt(() => context, new CountTokens(ask, new ManualClock()), 500);
}

function requestWith(turns: number, passages: number, more: Partial<AnswerRequest> = {}): AnswerRequest {
  const history = Array.from({ length: turns }, (_, at): ChatMessage[] => [
    { role: 'user', content: `q${at} ${words(99)}` },
    { role: 'assistant', content: `a${at} ${words(99)}` },
  ]).flat();
  return {
    model: 'm',
    messages: [...history, { role: 'user', content: `now ${words(9)}` }],
    passages: Array.from({ length: passages }, (_, at) => ({
      ...{ number: at + 1, id: `p${at}`, title: 'T', heading: 'H', page: 1 },
      content: words(198),
    })),
    documents: 'cited',
    parameters: { maxTokens: 500 },
    task: 'question',
    locale: 'en',
    ...more,
  };
}
const fitted = async (fit: FitPrompt, request: AnswerRequest) => (await fit.fit(ctx, request)) as Fitted;

describe('FitPrompt', () => {
  it('leaves what surely fits as it is, without counting', async () => {
    const request = requestWith(4, 8);
    const never = fitFor(100_000, () => Promise.reject(new Error('counted')));
    expect(await never.fit(ctx, request)).toEqual({ request, leftOut: null });
    expect(await fitFor(null).fit(ctx, requestWith(500, 50))).toMatchObject({ leftOut: null });
  });

  it('counts where it may be tight, and leaves nothing out that fits', async () => {
    const { request, leftOut } = await fitted(fitFor(4_500), requestWith(4, 8));
    expect(leftOut).toBeNull();
    expect([request.messages.length, request.passages.length]).toEqual([9, 8]);
  });

  it('oldest turns first but two, then weakest passages but three, then the rest', async () => {
    const kept = async (context: number) => {
      const { request, leftOut } = await fitted(fitFor(context), requestWith(5, 6));
      return [(request.messages.length - 1) / 2, request.passages.length, leftOut?.turns, leftOut?.passages];
    };
    expect(await kept(3_300)).toEqual([4, 6, 1, 0]);
    expect(await kept(2_900)).toEqual([2, 6, 3, 0]);
    expect(await kept(2_500)).toEqual([2, 4, 3, 2]);
    expect(await kept(2_000)).toEqual([1, 3, 4, 3]);
    expect(await kept(1_400)).toEqual([0, 2, 5, 4]);
  });

  it('the strongest passages stay, with their numbers, and the newest turns', async () => {
    const { request } = await fitted(fitFor(2_500), requestWith(5, 6));
    expect(request.passages.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(request.messages.map(({ content }) => content.slice(0, 2))).toEqual([
      'q3',
      'a3',
      'q4',
      'a4',
      'no',
    ]);
  });

  it('never asks for more than the model has', async () => {
    const parameters = { maxTokens: 32_000 };
    const { request, leftOut } = await fitted(fitFor(4_000), requestWith(1, 2, { parameters }));
    expect(leftOut).toBeNull();
    expect(request.parameters.maxTokens).toBeGreaterThan(1_000);
    expect(request.parameters.maxTokens).toBeLessThan(4_000);
  });

  it('keeps calls of tools with their results', async () => {
    const messages: ChatMessage[] = [
      { role: 'user', content: words(300) },
      { role: 'assistant', content: '', toolCalls: [{ id: 'c', name: 'f', arguments: words(50) }] },
      { role: 'tool', content: words(300), toolCallId: 'c' },
      { role: 'user', content: 'and now?' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'd', name: 'f', arguments: '{}' }] },
      { role: 'tool', content: words(50), toolCallId: 'd' },
    ];
    const request = requestWith(0, 0, { messages, documents: 'none', parameters: { maxTokens: 100 } });
    const { request: kept, leftOut } = await fitted(fitFor(700), request);
    expect(kept.messages).toEqual(messages.slice(3));
    expect(leftOut).toEqual({ turns: 1, passages: 0 });
  });

  it('refuses a question that is too long by itself, with numbers', async () => {
    const refused = await fitFor(2_000).fit(
      ctx,
      requestWith(3, 3, { messages: [{ role: 'user', content: words(3_000) }] }),
    );
    expect(refused).toBeInstanceOf(Refusal);
    const { status, code, facts } = refused as Refusal;
    expect({ status, code }).toEqual({ status: 400, code: 'INFERENCE_TOO_LONG' });
    expect(facts).toMatchObject({ limit: 2_000, answer: 500 });
    expect(Number(facts?.['tokens'])).toBeGreaterThan(3_000);
  });
});

describe('CountTokens', () => {
  it('asks once for a text', async () => {
    const asked: string[] = [];
    const counter = new CountTokens(
      async (_, model, text) => (asked.push(`${model} ${text}`), 7),
      new ManualClock(),
    );
    for (const model of ['m', 'm', 'n']) expect(await counter.count(ctx, model, 'x')).toBe(7);
    expect(asked).toEqual(['m x', 'n x']);
    expect(await counter.count(ctx, 'm', '')).toBe(0);
  });

  it('estimates on the high side where nobody counts, and asks again after a while', async () => {
    const clock = new ManualClock();
    let asked = 0;
    const counter = new CountTokens(async () => (asked++, null), clock);
    expect(await counter.count(ctx, 'm', 'abcd'.repeat(100))).toBe(125);
    expect(await counter.count(ctx, 'm', '年假'.repeat(100))).toBe(250);
    expect(asked).toBe(1);
    clock.advance(60_000);
    await counter.count(ctx, 'm', 'x');
    expect(asked).toBe(2);
  });

  it('estimates where the server is away', async () => {
    const counter = new CountTokens(() => Promise.reject(new Error('away')), new ManualClock());
    expect(await counter.count(ctx, 'm', 'abcd'.repeat(100))).toBe(125);
  });
});
