import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Together, TOGETHER_MAX } from './together.js';

/** Calls that end when told, each with the answers `n!`; late ones are kept. */
function setUp(timeoutMs = 5_000, mode: 'dropped' | 'asked' = 'dropped') {
  const calls: { tenant: string; items: string[]; end(fault?: Error): void }[] = [];
  const late: string[] = [];
  const together = new Together<string, string>(
    (tenant, items) =>
      new Promise((resolve, reject) => {
        const end = (fault?: Error) => (fault ? reject(fault) : resolve(items.map((item) => `${item}!`)));
        calls.push({ tenant, items, end });
      }),
    timeoutMs,
    mode,
    (_, answer) => late.push(answer),
  );
  const ask = (item: string, tenant = 't') => together.ask(tenant, item);
  return { ask, calls, late };
}

describe('Together', () => {
  it('asks at once for what arrives together, and gathers while a call is under way', async () => {
    const { ask, calls } = setUp();
    const first = [ask('a'), ask('b')];
    await turn();
    const second = [ask('c'), ask('d')];
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([['a', 'b']]);
    calls[0]?.end();
    expect(await Promise.all(first)).toEqual(['a!', 'b!']);
    await turn();
    expect(calls[1]?.items).toEqual(['c', 'd']);
    calls[1]?.end();
    expect(await Promise.all(second)).toEqual(['c!', 'd!']);
    const third = ask('e');
    await turn();
    calls[2]?.end();
    expect(await third).toBe('e!');
  });

  it('asks for tenants side by side', async () => {
    const { ask, calls } = setUp();
    const both = [ask('a', 'one'), ask('b', 'two')];
    await turn();
    expect(calls.map(({ tenant, items }) => [tenant, ...items])).toEqual([
      ['one', 'a'],
      ['two', 'b'],
    ]);
    calls.forEach(({ end }) => end());
    await Promise.all(both);
  });

  it(`asks for ${TOGETHER_MAX} at once at most, in order`, async () => {
    const { ask, calls } = setUp();
    const all = Array.from({ length: TOGETHER_MAX + 1 }, (_, at) => ask(String(at)));
    await turn();
    expect(calls[0]?.items).toHaveLength(TOGETHER_MAX);
    calls[0]?.end();
    await turn();
    expect(calls[1]?.items).toEqual([String(TOGETHER_MAX)]);
    calls[1]?.end();
    expect((await Promise.all(all)).at(-1)).toBe(`${TOGETHER_MAX}!`);
  });

  it('fails those of one call, and goes on with the next', async () => {
    const { ask, calls } = setUp();
    const failing = Promise.allSettled([ask('a'), ask('b')]);
    await turn();
    const next = ask('c');
    calls[0]?.end(new Error('gone'));
    for (const outcome of await failing)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'gone' } });
    await turn();
    calls[1]?.end();
    expect(await next).toBe('c!');
  });

  it('gives up in time; what waited is not asked for, what was under way is told to whom it concerns', async () => {
    const { ask, calls, late } = setUp(50);
    const stuck = ask('a').catch((fault: unknown) => fault);
    await turn();
    const waiting = ask('b').catch((fault: unknown) => fault);
    for (const fault of await Promise.all([stuck, waiting]))
      expect(fault).toMatchObject({ code: 'QUOTA_TIMEOUT' });
    calls[0]?.end();
    await delay(5);
    expect(late).toEqual(['a!']);
    expect(calls).toHaveLength(1);
  });

  it('asks late for what must be done although its asker has given up, where it is told to', async () => {
    const { ask, calls, late } = setUp(20, 'asked');
    const first = ask('a');
    await turn();
    const second = ask('b');
    await expect(Promise.all([first, second])).rejects.toMatchObject({ code: 'QUOTA_TIMEOUT' });
    await expect(second).rejects.toMatchObject({ code: 'QUOTA_TIMEOUT' });
    calls[0]?.end();
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([['a'], ['b']]);
    calls[1]?.end();
    await turn();
    expect(late).toEqual(['a!', 'b!']);
  });
});
