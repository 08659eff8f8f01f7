import { describe, expect, it, jest } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import { Refusal, RequestError } from '@lorekeep/kit/errors';
import { createMetrics, type Logger } from '@lorekeep/kit/telemetry';
import type { PathEvent } from '@lorekeep/question-path';
import { CountedAnswer } from './counted-answer.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const TEXT: PathEvent = { kind: 'text', choice: 0, channel: 'content', text: 'Thirty days.' };
const REFUSAL = new Refusal({ step: 'quota', code: 'QUOTA_EXCEEDED', text: 'Too many.', status: 429 });

/** What a door sees of these events, and what was counted when it had left. */
function counted(signal = new AbortController().signal) {
  const metrics = createMetrics();
  const error = jest.fn();
  let left = false;
  async function* path(events: readonly (PathEvent | Error)[]): AsyncGenerator<PathEvent, undefined> {
    try {
      for (const event of events) {
        if (event instanceof Error) throw event;
        yield event;
      }
    } finally {
      left = true;
    }
  }
  const asked = { ctx: { ...systemContext(TENANT), signal }, door: 'chat' as const };
  const of = (events: readonly (PathEvent | Error)[]) => ({
    [Symbol.asyncIterator]: () =>
      new CountedAnswer(path(events), asked, metrics, { error } as unknown as Logger),
  });
  const told = async () => {
    const { values } = await metrics.questions.get();
    const open = (await metrics.openStreams.get()).values[0]?.value;
    return { outcomes: values.map(({ labels, value }) => [labels.outcome, value]), open, left };
  };
  return { of, told, error, metrics };
}

async function walk(events: AsyncIterable<PathEvent>, until?: PathEvent['kind']): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { kind } of events) {
    kinds.push(kind);
    if (kind === until) break;
  }
  return kinds;
}

describe('CountedAnswer', () => {
  const usage = { promptTokens: 1, completionTokens: 1, estimated: false };
  const end: PathEvent = { kind: 'end', outcome: 'answered', usage, seconds: 1 };

  it('passes all events on, and is open until the last', async () => {
    const { of, told, metrics } = counted();
    const events = of([TEXT, TEXT, end])[Symbol.asyncIterator]();
    expect(await events.next()).toEqual({ done: false, value: TEXT });
    expect(await told()).toEqual({ outcomes: [], open: 1, left: false });
    while (!(await events.next()).done);
    expect(await told()).toEqual({ outcomes: [['answered', 1]], open: 0, left: true });
    const first = (await metrics.firstTextSeconds.get()).values.find(({ metricName }) =>
      metricName?.endsWith('_count'),
    );
    expect(first?.value).toBe(1);
  });

  it('leaves the path with a door that leaves', async () => {
    const { of, told } = counted();
    expect(await walk(of([TEXT, TEXT, end]), 'text')).toEqual(['text']);
    expect(await told()).toEqual({ outcomes: [['cancelled', 1]], open: 0, left: true });
  });

  it('knows a refusal at which a door leaves', async () => {
    const { of, told } = counted();
    await walk(of([{ kind: 'refusal', refusal: REFUSAL }, end]), 'refusal');
    expect(await told()).toEqual({ outcomes: [['refused', 1]], open: 0, left: true });
  });

  it('logs a fault, and no mistake of a caller', async () => {
    for (const [fault, times] of [
      [new Error('broken'), 1],
      [new RequestError(400, 'INFERENCE_NO_MODEL', 'No such model.'), 0],
    ] as const) {
      const { of, told, error } = counted();
      await expect(walk(of([TEXT, fault]))).rejects.toBe(fault);
      expect(error).toHaveBeenCalledTimes(times);
      expect(await told()).toEqual({ outcomes: [['failed', 1]], open: 0, left: true });
    }
  });

  it('says why the caller was let go, whatever that did to the answer', async () => {
    const stop = new AbortController();
    const { of, told, error } = counted(stop.signal);
    stop.abort(new Error('the caller has gone'));
    await expect(walk(of([new Error('broken')]))).rejects.toBe(stop.signal.reason);
    expect(error).not.toHaveBeenCalled();
    expect(await told()).toEqual({ outcomes: [['cancelled', 1]], open: 0, left: true });
  });
});
