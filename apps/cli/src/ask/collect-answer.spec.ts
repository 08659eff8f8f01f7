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
