import { describe, expect, it } from '@jest/globals';
import type { AnswerRecord } from './answer-record.js';
import { requestsFor, shareOut } from './measure-level.js';
import type { BenchSettings } from './bench-options.js';
import { runLoad } from './run-load.js';
import { seededRandom } from './seeded-random.js';

const record = { failure: undefined } as AnswerRecord;

/** A clock that moves when somebody waits. */
function parts(signal = new AbortController().signal) {
  let at = 0;
  const wait = (milliseconds: number): Promise<void> => {
    at += milliseconds;
    return Promise.resolve();
  };
  return { now: () => at, random: seededRandom(1), signal, wait };
}

describe('runLoad', () => {
  it('never has more at once than it may, and uses what it may', async () => {
    let running = 0;
    let most = 0;
    const seen: number[] = [];
    const round = await runLoad(
      { requests: 20, rate: Infinity, concurrency: 4 },
      async (index) => {
        seen.push(index);
        most = Math.max(most, ++running);
        await new Promise((done) => setImmediate(done));
        running -= 1;
        return record;
      },
      parts(),
    );
    expect({ most, peak: round.peakConcurrent, records: round.records.length }).toEqual({
      most: 4,
      peak: 4,
      records: 20,
    });
    expect([...seen].sort((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  it('sends at the rate', async () => {
    const around = parts();
    const sent: number[] = [];
    const ask = (): Promise<AnswerRecord> => {
      sent.push(around.now());
      return Promise.resolve(record);
    };
    await runLoad({ requests: 1_000, rate: 10, concurrency: 1 }, ask, around);
    expect((sent.at(-1) ?? 0) / 100_000).toBeCloseTo(1, 0);
  });

  it('sends nothing more once it is interrupted, and keeps what came', async () => {
    const controller = new AbortController();
    let asked = 0;
    const ask = (): Promise<AnswerRecord | undefined> => {
      if (++asked === 3) controller.abort();
      return Promise.resolve(controller.signal.aborted ? undefined : record);
    };
    const round = await runLoad(
      { requests: 100, rate: Infinity, concurrency: 1 },
      ask,
      parts(controller.signal),
    );
    expect({ asked, kept: round.records.length }).toEqual({ asked: 3, kept: 2 });
  });
});

describe('the number of requests', () => {
  it.each([
    [20, 2, 1, [10, 10]],
    [21, 2, 1, [11, 10]],
    [20, 2, 16, [20]],
    [64, 4, 16, [16, 16, 16, 16]],
    [1, 5, 1, [1]],
    [10, 3, Infinity, [4, 3, 3]],
  ])('%d over %d rounds of %d at once', (requests, rounds, concurrency, expected) => {
    expect(shareOut(requests, rounds, concurrency)).toEqual(expected);
  });

  it('is enough to reach the level', () => {
    const settings = (requests?: number): BenchSettings => ({ requests }) as BenchSettings;
    expect(requestsFor(settings(), 1)).toBe(20);
    expect(requestsFor(settings(), 64)).toBe(320);
    expect(requestsFor(settings(8), 64)).toBe(64);
    expect(requestsFor(settings(8), 4)).toBe(8);
  });
});
