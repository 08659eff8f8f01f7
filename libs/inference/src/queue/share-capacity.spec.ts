import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import type { OpenAiDriver } from '../openai/openai-driver.js';
import { Replica } from '../replicas/replica.js';
import { SharedCapacity } from './shared-capacity.js';
import { shareCapacity, type Demand } from './share-capacity.js';

const demand = (gateway: string, running: number, waiting = 0): Demand => ({ gateway, running, waiting });
const sharesOf = (capacity: number, all: readonly Demand[]) =>
  all.map((own) =>
    shareCapacity(
      capacity,
      own,
      all.filter((other) => other !== own),
    ),
  );

describe('shareCapacity', () => {
  it('one gateway has everything; idle ones have equal parts', () => {
    expect(sharesOf(8, [demand('a', 3, 9)])).toEqual([8]);
    expect(sharesOf(8, [demand('a', 0), demand('b', 0)])).toEqual([4, 4]);
    expect(sharesOf(8, [demand('a', 0), demand('b', 0), demand('c', 0)])).toEqual([3, 3, 2]);
  });

  it('who needs little leaves the rest to who needs more', () => {
    expect(sharesOf(8, [demand('a', 1), demand('b', 0, 40)])).toEqual([1, 7]);
    expect(sharesOf(9, [demand('a', 0, 40), demand('b', 0, 40), demand('c', 1)])).toEqual([4, 4, 1]);
  });

  it('is never more than what the others leave at this moment, and at least one', () => {
    expect(sharesOf(8, [demand('a', 8), demand('b', 0, 8)])).toEqual([4, 1]);
    expect(sharesOf(8, [demand('a', 5), demand('b', 0, 8)])).toEqual([4, 3]);
  });

  it('together never more than there is, as long as nobody has more than its share', () => {
    for (let a = 0; a <= 10; a++)
      for (let b = 0; b <= 10; b++)
        for (const running of [0, 1, 2]) {
          const all = [demand('a', running, a), demand('b', 1, b), demand('c', 0, a * b)];
          const total = sharesOf(8, all).reduce((sum, share) => sum + share, 0);
          // Each may have one, so that a question that comes next need not wait for the next heartbeat.
          const idle = all.filter((own) => own.running + own.waiting === 0).length;
          expect(total).toBeLessThanOrEqual(8 + idle);
        }
  });
});

describe('the share of a gateway', () => {
  it('follows what the host says that it takes, before the next heartbeat', async () => {
    const replica = new Replica('r', {} as OpenAiDriver, 32, new ManualClock());
    const shared = new SharedCapacity({ all: [replica] }, { beat: async () => [] });
    await shared.beat(() => 0);
    expect(shared.shareOf(replica)).toBe(32);
    replica.cards = [{ id: 'm', contextTokens: null, sequences: 2 }];
    expect(shared.shareOf(replica)).toBe(2);
  });
});
