import { describe, expect, it } from '@jest/globals';
import type { AskEvent, Citation } from '@lorekeep/contracts';
import { applyEvent, EMPTY_ANSWER, leftOut, takenOut } from './answer-state.js';
import { parseEvent } from './parse-event.js';

const citation = (number: number): Citation => ({
  number,
  passageId: `p${number}`,
  documentId: 'd',
  title: 'Leave',
  heading: '',
  page: null,
  collection: 'Everyone',
  excerpt: '',
});
const after = (events: AskEvent[]) =>
  events.reduce((answer, event) => applyEvent(answer, event, 1_000), EMPTY_ANSWER);

describe('applyEvent', () => {
  it('follows an answer from acceptance to its end', () => {
    const answer = after([
      { kind: 'accepted', reference: 'r', conversationId: 'c', messageId: null },
      { kind: 'step', step: 'retrieval', state: 'done', milliseconds: 9, facts: { passages: 2 } },
      { kind: 'model', model: 'm', driver: 'extractive' },
      { kind: 'citations', citations: [citation(2), citation(1)] },
      { kind: 'text', text: 'a ', channel: 'content' },
      { kind: 'text', text: 'hm', channel: 'reasoning' },
      { kind: 'text', text: 'b', channel: 'content' },
      {
        kind: 'end',
        outcome: 'answered',
        finishReason: 'stop',
        usage: { promptTokens: 5, completionTokens: 2, estimated: true },
        seconds: 1.5,
        messageId: 'm1',
      },
    ]);
    expect(answer).toMatchObject({
      phase: 'done',
      text: 'a b',
      reasoning: 'hm',
      tokens: 7,
      messageId: 'm1',
      conversationId: 'c',
    });
    expect(answer.citations.map((each) => each.number)).toEqual([1, 2]);
  });

  it('knows its place in the line until the model begins, and what was left out', () => {
    const waiting = [
      { kind: 'shortened', turns: 2, passages: 1 },
      { kind: 'waiting', position: 3, seconds: 9 },
      { kind: 'waiting', position: 2, seconds: 6 },
    ] as const;
    expect(after([...waiting])).toMatchObject({
      waiting: { position: 2, seconds: 6 },
      shortened: { turns: 2, passages: 1 },
    });
    const begun = after([...waiting, { kind: 'model', model: 'm', driver: 'openai-compatible' }]);
    expect([begun.waiting, begun.shortened]).toEqual([null, { turns: 2, passages: 1 }]);
    for (const { kind, ...data } of waiting)
      expect(parseEvent({ event: kind, data: JSON.stringify(data) })).toEqual({ kind, ...data });
  });

  it('keeps a refusal when the end follows, and a stop with what came before it', () => {
    const refusal = {
      step: 'quota',
      status: 429,
      code: 'QUOTA_TOKENS_PER_DAY',
      reference: 'r',
      text: 't',
      retryAfter: 5,
    } as const;
    expect(after([{ kind: 'refusal', refusal }])).toMatchObject({ refusal, endedAt: 1_000 });
    const stopped = after([
      { kind: 'text', text: 'so far', channel: 'content' },
      { kind: 'withheld', reference: 'r', action: 'stop' },
    ]);
    expect(stopped).toMatchObject({ stopped: true, text: 'so far' });
  });

  it('keeps the question as it may have been meant', () => {
    expect(after([{ kind: 'suggestion', text: 'How much vacation?' }]).suggestion).toBe('How much vacation?');
    expect(EMPTY_ANSWER.suggestion).toBeNull();
  });

  it('counts what was taken out of the question', () => {
    const facts = { redactions: 2 };
    expect(takenOut(after([{ kind: 'step', step: 'firewall', state: 'done', milliseconds: 1, facts }]))).toBe(
      2,
    );
    expect(takenOut(EMPTY_ANSWER)).toBe(0);
  });
});

describe('parseEvent', () => {
  it('takes the kind from the event and ignores what it does not know', () => {
    expect(parseEvent({ event: 'text', data: '{"text":"a","channel":"content"}' })).toEqual({
      kind: 'text',
      text: 'a',
      channel: 'content',
    });
    for (const data of ['{', 'null', '3']) expect(parseEvent({ event: 'text', data })).toBeNull();
    expect(parseEvent({ event: 'queue', data: '{}' })).toBeNull();
  });
});

describe('leftOut', () => {
  it('tells how many passages were left out for their words', () => {
    const retrieval = { kind: 'step', step: 'retrieval', state: 'done', milliseconds: 9 } as const;
    expect(leftOut(after([{ ...retrieval, facts: { passages: 0, leftOut: 2 } }]))).toBe(2);
    expect(leftOut(after([{ ...retrieval, facts: { passages: 1 } }]))).toBe(0);
    expect(leftOut(EMPTY_ANSWER)).toBe(0);
  });
});
