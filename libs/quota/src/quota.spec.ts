import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { systemContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { Quota, RESERVATION_SECONDS_MAX, TOKENS_PER_QUESTION_MAX } from './quota.js';
import { isRefusal } from '@lorekeep/kit/errors';

const ctx = systemContext('00000000-0000-4000-8000-000000000001');

/** A database that gives the answers it is told to, and remembers what it was asked. */
function answering(...answers: unknown[]) {
  const asked: unknown[][] = [];
  const database = {
    once: (_ctx: unknown, _sql: string, values: unknown[]) => {
      asked.push(values);
      return Promise.resolve(answers.shift());
    },
  };
  return { quota: new Quota(database as unknown as Database), asked };
}
const reserve = (quota: Quota, tokens = 10, maxSeconds = 60) => quota.reserve(ctx, { tokens, maxSeconds });

describe('Quota, when the database lies', () => {
  const refusal = { admitted: false, measure: 'tokens', subject: 'tenant', limit: 1, used: 1 };
  it.each([
    ['nothing', []],
    ['null', [{ decisions: null }]],
    ['text', [{ decisions: 'admitted' }]],
    ['no decision', [{ decisions: [] }]],
    ['a decision too many', [{ decisions: [refusal, refusal] }]],
    ['a null within', [{ decisions: [null] }]],
    ['an empty object', [{ decisions: [{}] }]],
    ['a truthy text', [{ decisions: [{ admitted: 'true', limited: true, reservation: 'x' }] }]],
    ['an admission without a reservation field', [{ decisions: [{ admitted: true, limited: true }] }]],
    ['a refusal of an unknown measure', [{ decisions: [{ ...refusal, measure: 'luck' }] }]],
    ['a refusal without times', [{ decisions: [refusal] }]],
  ])('%s is a fault, not an admission', async (_name, answer) => {
    await expect(reserve(answering(answer).quota)).rejects.toMatchObject({ code: 'QUOTA_UNAVAILABLE' });
  });

  it.each([
    [[]],
    [[{ settled: null }]],
    [[{ settled: true }]],
    [[{ settled: [] }]],
    [[{ settled: ['yes'] }]],
  ])('settling: %j is a fault', async (answer) => {
    const { quota } = answering(answer);
    await expect(quota.settle(ctx, { id: 'x', tokens: 1 }, { tokens: 1 })).rejects.toMatchObject({
      code: 'QUOTA_UNAVAILABLE',
    });
  });
});

describe('Quota, when the answer comes too late', () => {
  it('gives back what was granted to somebody who had given up', async () => {
    const asked: unknown[][] = [];
    let grant: (rows: unknown[]) => void = () => undefined;
    const database = {
      once: (_ctx: unknown, _sql: string, values: unknown[]) => {
        asked.push(values);
        return new Promise((resolve) => (grant = resolve));
      },
    };
    const quota = new Quota(database as unknown as Database, { timeoutMs: 20 });
    await expect(reserve(quota)).rejects.toMatchObject({ code: 'QUOTA_TIMEOUT' });
    grant([{ decisions: [{ admitted: true, limited: true, reservation: 'r' }] }]);
    while (asked.length < 2) await turn();
    expect(asked[1]).toEqual([['r'], [0]]);
    grant([{ settled: [true] }]);
  });
});

describe('Quota, when the caller lies', () => {
  it.each([-1, NaN, Infinity, TOKENS_PER_QUESTION_MAX + 1])(
    'an estimate of %p is a fault',
    async (tokens) => {
      await expect(reserve(answering().quota, tokens)).rejects.toMatchObject({ code: 'QUOTA_INVALID' });
    },
  );
  it.each([0, 0.5, NaN, RESERVATION_SECONDS_MAX + 1])('%p seconds are a fault', async (seconds) => {
    await expect(reserve(answering().quota, 1, seconds)).rejects.toMatchObject({ code: 'QUOTA_INVALID' });
  });
  it('accepts the limits themselves', async () => {
    const { quota } = answering([{ decisions: [{ admitted: true, limited: true, reservation: 'r' }] }]);
    expect(await reserve(quota, TOKENS_PER_QUESTION_MAX, RESERVATION_SECONDS_MAX)).toEqual({
      id: 'r',
      tokens: TOKENS_PER_QUESTION_MAX,
    });
  });
  it.each([
    [-5, 40],
    [NaN, 40],
    [1e300, 40],
    [12.2, 13],
    [0, 0],
  ])('real tokens %p are charged as %p of an estimate of 40', async (told, charged) => {
    const { quota, asked } = answering([{ settled: [true] }]);
    await quota.settle(ctx, { id: 'r', tokens: 40 }, { tokens: told });
    expect(asked).toEqual([[['r'], [charged]]]);
  });
});

describe('Refusal of concurrency', () => {
  it('asks to retry soon, or sooner when the last running question must end', async () => {
    const at = '2026-01-05T09:00:00+00:00';
    const base = {
      admitted: false,
      limited: true,
      measure: 'concurrent',
      subject: 'group',
      limit: 1,
      used: 1,
      at,
    };
    const { quota } = answering(
      [{ decisions: [{ ...base, resetsAt: '2026-01-05T09:00:01.5+00:00' }] }],
      [{ decisions: [{ ...base, resetsAt: null }] }],
    );
    const first = await reserve(quota);
    const second = await reserve(quota);
    if (!isRefusal(first) || !isRefusal(second)) throw new Error('admitted');
    expect(first.retryAfter).toBe(2);
    expect(second.retryAfter).toBe(5);
    expect(second.facts?.['resetsAt']).toBeNull();
    expect(first.text).toBe(
      'One of your groups may have 1 question running at once. Try again when one has ended.',
    );
  });
});
