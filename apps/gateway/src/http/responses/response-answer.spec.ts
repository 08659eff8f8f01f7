import { describe, expect, it } from '@jest/globals';
import type { ResponsesBody } from '@lorekeep/contracts';
import type { PathEvent } from '@lorekeep/question-path';
import { ResponseAnswer } from './response-answer.js';
import { ResponseBody } from './response-body.js';
import type { ItemEvent } from './response-items.js';

const body: ResponsesBody = { model: 'm', input: 'x' };
const answer = () => new ResponseAnswer('r', new ResponseBody('r', 1, body));
type TextEvent = Extract<PathEvent, { kind: 'text' }>;
const said = (text: string, more: Partial<TextEvent> = {}): PathEvent => ({
  ...{ kind: 'text', choice: 0, channel: 'content', text },
  ...more,
});
const called = (index: number, text: string, name?: string): PathEvent =>
  said(text, { channel: 'tool', toolCall: { index, ...(name ? { name, id: `c${index}` } : {}) } });
const finish = (reason: string): PathEvent => ({ kind: 'finish', choice: 0, reason });
const usage = { promptTokens: 3, completionTokens: 4, estimated: false };
const end: PathEvent = { kind: 'end', outcome: 'answered', usage, seconds: 1 };

const run = (...events: PathEvent[]): ItemEvent[] => {
  const one = answer();
  return events.flatMap((event) => one.take(event));
};
const last = (events: ItemEvent[]) => events.at(-1)?.['response'] as Record<string, never>;

describe('ResponseAnswer', () => {
  it('tells nothing before the first text', () => {
    const accepted: PathEvent = { kind: 'accepted', reference: 'r', question: 'x' };
    const model: PathEvent = { kind: 'model', model: 'm', driver: 'd' };
    expect(run(accepted, model)).toEqual([]);
  });

  it('every item that is added is done, at its own place, with what its deltas said', () => {
    const events = run(
      said('think', { channel: 'reasoning' }),
      said('one '),
      said('two', { given: 'TWO' }),
      called(0, '', 'search'),
      called(1, '', 'find'),
      called(0, '{"a"'),
      called(1, '{}'),
      called(0, ':1}'),
      finish('tool_calls'),
      end,
    );
    const added = events.filter(({ type }) => type === 'response.output_item.added');
    const done = events.filter(({ type }) => type === 'response.output_item.done');
    expect(added.map((event) => event['output_index'])).toEqual([0, 1, 2, 3]);
    expect(done.map((event) => event['output_index'])).toEqual([0, 1, 2, 3]);
    const { output, status } = last(events) as unknown as { output: object[]; status: string };
    expect(status).toBe('completed');
    expect(output).toMatchObject([
      { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'think' }] },
      { type: 'message', content: [{ type: 'output_text', text: 'one TWO' }], status: 'completed' },
      { type: 'function_call', name: 'search', call_id: 'c0', arguments: '{"a":1}' },
      { type: 'function_call', name: 'find', call_id: 'c1', arguments: '{}' },
    ]);
  });

  it('the end of a reasoning, held back until the answer is over, belongs to the reasoning', () => {
    const events = run(
      said('think', { channel: 'reasoning' }),
      said('one '),
      called(0, '{}', 'search'),
      said('ing', { channel: 'reasoning' }),
      said('two'),
      end,
    );
    expect(last(events)['output']).toMatchObject([
      { type: 'reasoning', content: [{ text: 'thinking' }] },
      { type: 'message', content: [{ text: 'one two' }] },
      { type: 'function_call', arguments: '{}' },
    ]);
    const done = events.filter(({ type }) => /\.done$/.test(type)).map((event) => event['output_index']);
    expect(new Set(done)).toEqual(new Set([0, 1, 2]));
    expect(events.findLastIndex(({ type }) => /\.delta$/.test(type))).toBeLessThan(
      events.findIndex(({ type }) => /\.done$/.test(type)),
    );
  });

  it.each([
    ['stop', 'completed', null],
    ['length', 'incomplete', { reason: 'max_output_tokens' }],
    ['content_filter', 'incomplete', { reason: 'content_filter' }],
  ])('%s ends as %s', (reason, status, details) => {
    const events = run(said('x'), finish(reason), end);
    expect(events.at(-1)?.type).toBe(`response.${status}`);
    expect(last(events)).toMatchObject({
      status,
      incomplete_details: details,
      output: [{ status }],
      usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7 },
    });
  });

  it('a response of which nothing was released still has a message', () => {
    const events = run(finish('content_filter'), end);
    expect(events[0]?.type).toBe('response.created');
    expect(last(events)).toMatchObject({ output: [{ type: 'message', content: [{ text: '' }] }] });
  });

  it('calls beyond the tools that may be defined are dropped', () => {
    const events = run(...Array.from({ length: 130 }, (_, at) => called(at * 7, '', 'f')), end);
    expect((last(events)['output'] as unknown as object[]).length).toBe(128);
  });
});
