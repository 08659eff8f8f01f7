import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { KEY_CACHE_MS, KeyCache } from './key-cache.js';

describe('KeyCache', () => {
  function setUp(size?: number) {
    const clock = new ManualClock();
    const cache = new KeyCache<string>(clock, size);
    let looks = 0;
    const look = (value: string | null) => () => {
      looks += 1;
      return Promise.resolve(value);
    };
    return { clock, cache, look, looks: () => looks };
  }

  it('keeps what was found until its age is reached', async () => {
    const { clock, cache, look, looks } = setUp();
    expect(await cache.get('a', look('A'))).toBe('A');
    clock.advance(KEY_CACHE_MS - 1);
    expect(await cache.get('a', look('changed'))).toBe('A');
    clock.advance(1);
    expect(await cache.get('a', look('changed'))).toBe('changed');
    expect(looks()).toBe(2);
  });

  it('does not keep what was not found, nor a failure', async () => {
    const { cache, look, looks } = setUp();
    expect(await cache.get('a', look(null))).toBeNull();
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.get('a', look('A'))).toBe('A');
    expect(looks()).toBe(2);
  });

  it('shares one look-up among requests at the same time', async () => {
    const { cache, look, looks } = setUp();
    const all = await Promise.all(Array.from({ length: 50 }, () => cache.get('a', look('A'))));
    expect(new Set(all)).toEqual(new Set(['A']));
    expect(looks()).toBe(1);
  });

  it('is bounded: the least recently used makes room', async () => {
    const { cache, look, looks } = setUp(2);
    for (const name of ['a', 'b', 'a', 'c', 'a']) await cache.get(name, look(name));
    expect(looks()).toBe(3);
    await cache.get('b', look('b'));
    expect(looks()).toBe(4);
  });

  it('forgets on request', async () => {
    const { cache, look, looks } = setUp();
    await cache.get('a', look('A'));
    cache.forget((value) => value === 'A');
    await cache.get('a', look('A'));
    expect(looks()).toBe(2);
  });
});
