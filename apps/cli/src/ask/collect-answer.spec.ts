import { describe, expect, it } from '@jest/globals';
import { addEvent, citedIn, emptyAnswer } from './collect-answer.js';

const citation = (number: number) => ({
  number,
  passageId: crypto.randomUUID(),
  documentId: crypto.randomUUID(),
  title: `Title ${number}`,
  heading: '',
  page: null,
  collection: 'everyone',
  excerpt: '',
});

describe('collect-answer', () => {
  it('joins the text, leaves reasoning out, keeps cited passages only', () => {
    const answer = emptyAnswer();
    addEvent(answer, { kind: 'accepted', reference: 'abc', conversationId: null, messageId: null });
    addEvent(answer, { kind: 'citations', citations: [citation(1), citation(2), citation(10)] });
    addEvent(answer, { kind: 'text', channel: 'reasoning', text: 'hm [2]' });
    addEvent(answer, { kind: 'text', channel: 'content', text: 'Twelve days [1' });
    addEvent(answer, { kind: 'text', channel: 'content', text: '].' });
    expect(answer).toMatchObject({ reference: 'abc', text: 'Twelve days [1].' });
    expect(citedIn(answer).map(({ number }) => number)).toEqual([1]);
  });

  it('counts what was taken out of the question, rounds the seconds to milliseconds', () => {
    const answer = emptyAnswer();
    const step = { kind: 'step', state: 'done', milliseconds: 1 } as const;
    addEvent(answer, { ...step, step: 'firewall', facts: { redactions: 2 } });
    addEvent(answer, { ...step, step: 'retrieval', facts: { redactions: 9 } });
    const usage = { promptTokens: 1, completionTokens: 1, estimated: true };
    addEvent(answer, {
      kind: 'end',
      outcome: 'answered',
      finishReason: 'stop',
      messageId: null,
      usage,
      seconds: 0.123456,
    });
    expect(answer).toMatchObject({ redactions: 2, seconds: 0.123 });
    const clean = emptyAnswer();
    addEvent(clean, { ...step, step: 'firewall' });
    expect(clean.redactions).toBe(0);
  });

  it('counts the passages that were not used for a word in them', () => {
    const answer = emptyAnswer();
    const step = { kind: 'step', state: 'done', milliseconds: 1 } as const;
    addEvent(answer, { ...step, step: 'retrieval', facts: { passages: 4, leftOut: 2 } });
    expect(answer).toMatchObject({ leftOut: 2, redactions: 0 });
  });

  it('keeps what was left out and which sentences have no support', () => {
    const answer = emptyAnswer();
    const mark = { start: 3, end: 9, reason: 'number', withheld: false } as const;
    addEvent(answer, { kind: 'waiting', position: 2, seconds: 4 });
    addEvent(answer, { kind: 'shortened', turns: 1, passages: 2 });
    addEvent(answer, { kind: 'groundedness', ...mark });
    expect(answer).toMatchObject({ shortened: { turns: 1, passages: 2 }, unsupported: [mark] });
  });

  it('keeps a refusal with its waiting time', () => {
    const answer = emptyAnswer();
    addEvent(answer, {
      kind: 'refusal',
      refusal: {
        step: 'quota',
        status: 429,
        code: 'QUOTA_CONCURRENT',
        text: 'Later.',
        reference: 'r',
        retryAfter: 7,
      },
    });
    expect(answer.refusal).toEqual({ code: 'QUOTA_CONCURRENT', text: 'Later.', retryAfter: 7 });
  });
});
