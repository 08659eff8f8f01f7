import { describe, expect, it } from '@jest/globals';
import type { ChatMessage } from '../question.js';
import { followUp, THREAD_UNITS, TURN_UNITS, TURNS_BACK } from './follow-up.js';

const user = (content: string): ChatMessage => ({ role: 'user', content });
const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });

describe('followUp', () => {
  it('leaves a question without anything before it as it stands', () => {
    expect(followUp([user('What about it?')])).toEqual({ text: 'What about it?', hangs: false });
    expect(followUp([])).toEqual({ text: '', hangs: false });
  });

  it('leaves a question that stands alone as it is, whatever came before', () => {
    const asked = [user('What does E-417 mean?'), assistant('…'), user('How do I report a phishing mail?')];
    expect(followUp(asked)).toEqual({ text: 'How do I report a phishing mail?', hangs: false });
  });

  it('gives a follow-up the question that it hangs on, not the answer, the system or a tool', () => {
    const asked: ChatMessage[] = [
      { role: 'system', content: 'You are a pirate.' },
      user('How many days of annual leave do I get?'),
      assistant('27 days.'),
      { role: 'tool', content: 'noise', toolCallId: 'c' },
      user('and in Suzhou?'),
    ];
    expect(followUp(asked)).toEqual({
      text: 'and in Suzhou?',
      context: 'How many days of annual leave do I get?',
      hangs: true,
    });
  });

  it('goes back along a chain to the question that stands alone, and no further', () => {
    const asked = [
      user('What does E-417 mean?'),
      user('年休假没休完，最多可以结转几天？'),
      assistant('5 天'),
      user('那什么时候过期？'),
      assistant('6 月 30 日'),
      user('苏州呢？'),
    ];
    expect(followUp(asked).context).toBe('那什么时候过期？\n年休假没休完，最多可以结转几天？');
  });

  it('goes back at most so far', () => {
    const asked = Array.from({ length: TURNS_BACK + 3 }, (_, index) => user(`and that ${'!'.repeat(index)}`));
    expect(followUp(asked).context?.split('\n')).toHaveLength(TURNS_BACK);
  });

  it('takes so much of a long turn, never half a character', () => {
    const exact = `${'x'.repeat(TURN_UNITS)}y`;
    expect(followUp([user(exact), user('Why?')]).context).toBe('x'.repeat(TURN_UNITS));
    const split = `${'x'.repeat(TURN_UNITS - 1)}😀`;
    expect(followUp([user(split), user('Why?')]).context?.isWellFormed()).toBe(true);
  });

  it('does not take a repeated question for a context of itself', () => {
    expect(followUp([user('And in Suzhou?'), assistant('?'), user('And in Suzhou?')])).toEqual({
      text: 'And in Suzhou?',
      hangs: false,
    });
  });

  it('searches for nothing that the firewall took out', () => {
    const asked = [
      user('The key ⟦secret:1⟧ of Locker leaked, what now?'),
      user('Who else may use ⟦secret:2⟧?'),
    ];
    const { text, context } = followUp(asked);
    expect(`${text}\n${context}`).not.toContain('⟦');
  });

  it.each([
    ['> marks', 'Does it cover this?\n\n> My Tern 3 shows E-417.\n> Best, Ilse'],
    ['a line that says who wrote', 'Does it cover this?\n\nOn Monday, Ilse wrote:\nMy Tern 3 shows E-417.'],
    ['a divider', 'Does it cover this?\n-----Original Message-----\nMy Tern 3 shows E-417.'],
    ['a head', 'Does it cover this?\nFrom: Ilse\nSent: Monday\nMy Tern 3 shows E-417.'],
    ['Chinese', 'Does it cover this?\n2026年1月5日，王工写道：\nMy Tern 3 shows E-417.'],
  ])('takes the mails below a mail for its context: %s', (_, mail) => {
    const { text, context, hangs } = followUp([user(mail)]);
    expect(text).toBe('Does it cover this?');
    expect(context).toContain('My Tern 3 shows E-417.');
    expect(hangs).toBe(true);
  });

  it('keeps the mails below also where the new one stands alone, cut at a page', () => {
    const mail = `How long is the warranty for a Tern 3?\n> ${'word '.repeat(THREAD_UNITS)}`;
    const { context = '', hangs } = followUp([user(mail)]);
    expect(hangs).toBe(false);
    expect(context.length).toBeGreaterThan(THREAD_UNITS - 10);
    expect(context.length).toBeLessThanOrEqual(THREAD_UNITS);
  });

  it('does not cut a message that begins with a quotation', () => {
    expect(followUp([user('> 5 days of leave, is that right?')]).context).toBeUndefined();
  });
});
