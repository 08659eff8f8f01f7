import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { beginInTurn, Turns } from './begin-in-turn.js';

describe('Turns', () => {
  it('lets one begin at once, and those that came with it one in a turn, in order', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    for (const name of ['a', 'b', 'c']) turns.take(() => seen.push(name));
    expect(seen).toEqual(['a']);
    await turn();
    expect(seen).toEqual(['a', 'b']);
    await turn();
    expect(seen).toEqual(['a', 'b', 'c']);
    await turn();
    turns.take(() => seen.push('d'));
    expect(seen.at(-1)).toBe('d');
  });

  it('lets what has begun go on before the next begins', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const question = (name: string) => () => {
      seen.push(`${name} begins`);
      void Promise.resolve().then(() => seen.push(`${name} goes on`));
    };
    turns.take(question('a'));
    turns.take(question('b'));
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
    for (let at = 0; at < 100; at++) turns.take(never);
    for (let at = 0; at < 100; at++) await turn();
    expect(begun).toBe(100);
    turns.take(never);
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
      await new Promise<void>((done) => (begin as (...args: unknown[]) => void)({}, {}, done));
    },
  );

  it.each([
    ['GET', '/v1/models'],
    ['GET', '/healthz'],
    ['POST', '/api/session'],
    ['GET', '/api/drafts'],
  ])('others wait for nobody: %s %s', (method, url) => {
    expect(registered({ method, url })).toEqual([]);
  });
});
