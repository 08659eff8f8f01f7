import { describe, expect, it } from '@jest/globals';
import type { Message } from '@lorekeep/contracts';
import { EMPTY_ANSWER } from './answer-state.js';
import { buildTurns } from './build-turns.js';
import type { Run } from './run-store.js';

const message = (
  id: string,
  role: Message['role'],
  content: string,
  reference: string | null = null,
): Message => ({
  id,
  role,
  content,
  citations: [],
  marks: [],
  suggestion: null,
  outcome: role === 'assistant' ? 'answered' : null,
  refusal: null,
  reference,
  model: null,
  usage: null,
  rating: null,
  createdAt: '2026-11-20T09:00:00Z',
});
const run = (id: string, question: string, reference: string | null): Run => ({
  id,
  question,
  options: {},
  askedAt: '2026-11-20T09:05:00Z',
  conversationId: 'c',
  answer: { ...EMPTY_ANSWER, phase: 'running', reference, text: 'live' },
});
const shown = (messages: Message[], runs: Run[]) =>
  buildTurns(messages, runs).map((turn) => [turn.key, turn.question, turn.answer?.text ?? null]);

describe('buildTurns', () => {
  it('pairs stored questions with their answers', () => {
    expect(shown([message('1', 'user', 'a?'), message('2', 'assistant', 'A')], [])).toEqual([
      ['2', 'a?', 'A'],
    ]);
  });

  it('shows which sentences of a stored answer its sources do not support', () => {
    const marks = [{ start: 0, end: 1, reason: 'number' as const, withheld: false }];
    const stored = { ...message('2', 'assistant', 'A'), marks };
    expect(buildTurns([message('1', 'user', 'a?'), stored], [])[0]?.answer?.marks).toEqual(marks);
  });

  it('shows a question that was never answered', () => {
    const messages = [message('1', 'user', 'a?'), message('2', 'user', 'b?'), message('3', 'assistant', 'B')];
    expect(shown(messages, [])).toEqual([
      ['1', 'a?', null],
      ['3', 'b?', 'B'],
    ]);
  });

  it('puts a run in the place of its stored answer, under its own key', () => {
    const messages = [
      message('1', 'user', 'a?'),
      message('2', 'assistant', 'A', 'r1'),
      message('3', 'user', 'b?'),
    ];
    expect(shown(messages, [run('run-1', 'a?', 'r1'), run('run-2', 'b?', 'r2')])).toEqual([
      ['run-1', 'a?', 'live'],
      ['run-2', 'b?', 'live'],
    ]);
  });

  it('takes away what it saw itself once that may no longer be read, and brings it back', () => {
    const ended = run('run-1', 'a?', 'r1');
    const citations = [{ number: 1 }] as Message['citations'];
    ended.answer = { ...ended.answer, phase: 'done', citations, suggestion: 'nightingale' };
    const stored = { ...message('2', 'assistant', 'A', 'r1'), citations };
    const withdrawn: Message = {
      ...stored,
      content: '',
      citations: [],
      outcome: 'refused',
      refusal: { step: 'retrieval', code: 'RETRIEVAL_WITHDRAWN', text: 'No longer.' },
    };
    const answer = (second: Message) => buildTurns([message('1', 'user', 'a?'), second], [ended])[0];
    expect(answer(withdrawn)).toMatchObject({
      key: 'run-1',
      answer: { text: '', citations: [], steps: [], suggestion: null, refusal: { text: 'No longer.' } },
    });
    // A suggestion goes alone where only its words may not be read.
    expect(answer(stored)?.answer).toMatchObject({ text: 'live', citations, suggestion: null });
    expect(answer({ ...stored, suggestion: 'nightingale' })?.answer?.suggestion).toBe('nightingale');
  });

  it('keeps the same question asked twice apart', () => {
    const messages = [message('1', 'user', 'a?'), message('2', 'assistant', 'A', 'r1')];
    expect(shown(messages, [run('run-2', 'a?', 'r2')])).toEqual([
      ['2', 'a?', 'A'],
      ['run-2', 'a?', 'live'],
    ]);
  });
});
