import { describe, expect, it } from '@jest/globals';
import { RecordingsInHand } from './recordings-in-hand.js';

describe('RecordingsInHand', () => {
  const refused = expect.objectContaining({ code: 'RECORDINGS_AT_ONCE', status: 429, retryAfter: 5 });
  const attempt = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  it('one tenant takes half of the places, all together take all of them', () => {
    const hand = new RecordingsInHand(4);
    hand.take('a');
    hand.take('a');
    expect(attempt(() => hand.take('a'))).toEqual(refused);
    hand.take('b');
    hand.take('c');
    expect(attempt(() => hand.take('d'))).toEqual(refused);
  });

  it('a place is given back once', () => {
    const hand = new RecordingsInHand(2);
    const back = hand.take('a');
    hand.take('b');
    expect(attempt(() => hand.take('a'))).toEqual(refused);
    back();
    back();
    hand.take('a');
    expect(attempt(() => hand.take('c'))).toEqual(refused);
  });

  it('with a single place somebody is still heard', () => {
    const hand = new RecordingsInHand(1);
    hand.take('a')();
    hand.take('a');
    expect(attempt(() => hand.take('b'))).toEqual(refused);
  });
});
