import { describe, expect, it } from '@jest/globals';
import { AFFINITY_MARGIN, chooseReplica, homeOf, type Loaded } from './choose-replica.js';

const replica = (name: string, running = 0, outstanding = 0, slots = 16): Loaded => ({
  ...{ name, running, outstanding, slots },
});
const keys = Array.from({ length: 3_000 }, (_, at) => `conversation ${at}`);

describe('chooseReplica', () => {
  it('has nothing to choose without candidates', () => expect(chooseReplica([], 'k')).toBeNull());

  it('keeps a conversation at home until that is busier by the margin', () => {
    const names = ['a', 'b', 'c'];
    const home = homeOf(
      names.map((name) => replica(name)),
      'k',
    )!.name;
    const withLoad = (running: number) =>
      chooseReplica(
        names.map((name) => replica(name, name === home ? running : 0)),
        'k',
      )!.name;
    expect(withLoad(AFFINITY_MARGIN * 16)).toBe(home);
    expect(withLoad(AFFINITY_MARGIN * 16 + 1)).not.toBe(home);
  });

  it('weighs by capacity, and by the tokens that are outstanding', () => {
    const busy = [replica('small', 8, 0, 16), replica('large', 16, 0, 64)];
    expect(keys.every((key) => chooseReplica(busy, key)?.name === 'large')).toBe(true);
    const long = [replica('a', 1, 20_000), replica('b', 1, 0)];
    expect(keys.every((key) => chooseReplica(long, key)?.name === 'b')).toBe(true);
  });

  it('spreads conversations evenly, and a replica that goes moves only its own', () => {
    const three = ['a', 'b', 'c'].map((name) => replica(name));
    const homes = keys.map((key) => homeOf(three, key)!.name);
    for (const name of ['a', 'b', 'c'])
      expect(homes.filter((home) => home === name).length).toBeGreaterThan(keys.length / 4);
    const left = keys.map((key) => homeOf(three.slice(0, 2), key)!.name);
    expect(left.filter((home, at) => homes[at] !== 'c' && home !== homes[at])).toEqual([]);
  });
});
