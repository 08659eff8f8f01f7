import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { beginInTurn, Turns } from './begin-in-turn.js';

describe('Turns', () => {
  const ticks = async (count: number) => {
    for (let at = 0; at < count; at++) await turn();
  };

  it('lets one begin at once, and those that came with it eight in a turn, in order', async () => {
    const turns = new Turns();
    const seen: number[] = [];
    for (let at = 0; at < 18; at++) turns.take('a', () => seen.push(at));
    for (const begun of [1, 9, 17, 18]) {
      expect(seen).toEqual(Array.from({ length: begun }, (_, at) => at));
      await turn();
    }
    turns.take('a', () => seen.push(18));
    expect(seen.at(-1)).toBe(18);
  });

  it('takes one of each credential in rotation, each in its own order', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const come = (credential: string, count: number) => {
      for (let at = 1; at <= count; at++) turns.take(credential, () => seen.push(`${credential}${at}`));
    };
    come('first', 1);
    come('a', 6);
    come('b', 3);
    come('', 2);
    await turn();
    expect(seen).toEqual(['first1', 'a1', 'b1', '1', 'a2', 'b2', '2', 'a3', 'b3']);
    await turn();
    expect(seen.slice(9)).toEqual(['a4', 'a5', 'a6']);
  });

  it('lets a newcomer begin in the next turn though three hundred of another credential wait', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    for (let at = 0; at < 300; at++) turns.take('flood', () => seen.push('flood'));
    await ticks(3);
    turns.take('newcomer', () => seen.push('newcomer'));
    expect(seen).toHaveLength(25);
    await turn();
    expect(seen.slice(25)).toContain('newcomer');
    expect(seen).toHaveLength(33);
  });

  it('keeps the place of a credential in the rotation from one turn to the next', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const credentials = Array.from({ length: 12 }, (_, at) => `c${at}`);
    turns.take('first', () => undefined);
    for (const credential of [...credentials, ...credentials])
      turns.take(credential, () => seen.push(credential));
    await ticks(3);
    expect(seen).toEqual([...credentials, ...credentials]);
  });

  it('keeps no lane in which nobody waits', async () => {
    const turns = new Turns();
    const { lanes } = turns as unknown as { lanes: Map<string, unknown> };
    for (let at = 0; at < 20; at++) turns.take(`c${at % 5}`, () => undefined);
    expect(lanes.size).toBe(5);
    await ticks(3);
    expect(lanes.size).toBe(0);
  });

  it('keeps nobody where one throws', () => {
    jest.useFakeTimers();
    const turns = new Turns();
    let begun = 0;
    turns.take('a', () => undefined);
    turns.take('a', () => {
      throw new Error('no beginning');
    });
    for (let at = 0; at < 9; at++) turns.take(at % 2 ? 'a' : 'b', () => (begun += 1));
    expect(() => jest.runAllTimers()).toThrow('no beginning');
    jest.runAllTimers();
    expect(begun).toBe(9);
    jest.useRealTimers();
  });

  it('lets what has begun go on before the next turn begins others', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const question = (name: string) => () => {
      seen.push(`${name} begins`);
      void Promise.resolve().then(() => seen.push(`${name} goes on`));
    };
    turns.take('a', question('a'));
    turns.take('a', question('b'));
    await turn();
    expect(seen).toEqual(['a begins', 'a goes on', 'b begins', 'b goes on']);
  });

  it('is not held up by one that never ends, nor by nobody waiting', async () => {
    const turns = new Turns();
    let begun = 0;
    const never = () => {
      begun += 1;
      void new Promise(() => undefined);
    };
    for (let at = 0; at < 100; at++) turns.take('a', never);
    await ticks(100);
    expect(begun).toBe(100);
    turns.take('a', never);
    expect(begun).toBe(101);
  });
});

describe('questions and other requests', () => {
  type Route = { method: string; url: string; onRequest?: unknown };
  function registered(route: Route): unknown[] {
    const hooks: ((route: Route) => void)[] = [];
    const fastify = { addHook: (_: string, hook: (route: Route) => void) => hooks.push(hook) };
    beginInTurn(fastify as unknown as FastifyInstance);
    for (const hook of hooks) hook(route);
    return [route.onRequest ?? []].flat();
  }

  it.each(['/v1/chat/completions', '/api/ask', '/v1/responses', '/v1/embeddings', '/api/drafts'])(
    'a question begins in turn, behind what its route does before: %s',
    async (url) => {
      const own = () => undefined;
      expect(registered({ method: 'POST', url })).toHaveLength(1);
      const [first, begin] = registered({ method: 'POST', url, onRequest: own });
      expect(first).toBe(own);
      const request = { headers: {}, cookies: {} };
      await new Promise<void>((done) => (begin as (...args: unknown[]) => void)(request, {}, done));
    },
  );

  it('waits with those of its key, else of its session, else with those that send neither', async () => {
    const [begin] = registered({ method: 'POST', url: '/api/ask' });
    const seen: string[] = [];
    const come = (name: string, authorization?: string, session?: string) => {
      const request = {
        headers: { authorization },
        cookies: { ...(session && { lorekeep_session: session }), theme: name },
      };
      (begin as (...args: unknown[]) => void)(request, {}, () => seen.push(name));
    };
    come('first');
    for (const at of [1, 2]) {
      come(`key ${at}`, 'Bearer a');
      come(`key with session ${at}`, 'Bearer a', `s${at}`);
      come(`session ${at}`, undefined, 's');
      come(`nobody ${at}`);
    }
    await turn();
    expect(seen).toEqual([
      ...['first', 'key 1', 'session 1', 'nobody 1'],
      ...['key with session 1', 'session 2', 'nobody 2', 'key 2', 'key with session 2'],
    ]);
  });

  it.each([
    ['GET', '/v1/models'],
    ['GET', '/healthz'],
    ['POST', '/api/session'],
    ['GET', '/api/drafts'],
  ])('others wait for nobody: %s %s', (method, url) => {
    expect(registered({ method, url })).toEqual([]);
  });
});
