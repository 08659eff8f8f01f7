import { describe, expect, it } from '@jest/globals';
import { ListCache, SegmentLists } from './list-cache.js';
import { bytesOf, NO_POSTINGS, type PostingList } from './posting-list.js';

const list = (size: number): PostingList => ({
  ...NO_POSTINGS,
  places: new Uint16Array(size),
  frequencies: new Uint8Array(size),
  changes: 0,
});

describe('ListCache', () => {
  it('keeps within its bytes, the least recently used go first', () => {
    const one = bytesOf(list(1_000)) + 2;
    const cache = new ListCache(one * 3);
    const lists = new SegmentLists(cache);
    for (const term of ['a', 'b', 'c']) lists.set(term, list(1_000));
    expect(lists.get('a')).toBeDefined();
    lists.set('d', list(1_000));
    expect(['a', 'b', 'c', 'd'].filter((term) => lists.get(term))).toEqual(['a', 'c', 'd']);
    expect(cache.bytes).toBe(one * 3);
  });

  it('keeps nothing that is larger than all of it, and forgets a segment as a whole', () => {
    const cache = new ListCache(10_000);
    const [one, two] = [new SegmentLists(cache), new SegmentLists(cache)];
    one.set('a', list(100_000));
    expect(one.get('a')).toBeUndefined();
    expect(cache.bytes).toBe(0);
    one.set('a', list(10));
    two.set('a', list(20));
    one.set('a', list(30));
    expect(one.get('a')?.places.length).toBe(30);
    one.clear();
    expect([one.get('a'), two.get('a')?.places.length]).toEqual([undefined, 20]);
    two.clear();
    expect(cache.bytes).toBe(0);
  });
});
