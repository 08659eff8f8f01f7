import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import type { OpenAiDriver } from '../openai/openai-driver.js';
import { Replica } from '../replicas/replica.js';
import { Replicas } from '../replicas/replicas.js';
import { FairQueue, type Waiting } from './fair-queue.js';
import { Standings, TELL_MS } from './standings.js';
import { WaitTimes, type Work } from './wait-times.js';

interface Entry extends Waiting {
  readonly wanted: { model: string; work: Work; sequences: number };
}

/** Servers by the models that they serve, each with two sequences. */
function open(servers: Record<string, readonly string[]>, elsewhere: Record<string, readonly number[]> = {}) {
  const clock = new ManualClock();
  const all = Object.entries(servers).map(([name, models]) => {
    const replica = new Replica(name, {} as OpenAiDriver, 2, clock);
    replica.cards = models.map((id) => ({ id, contextTokens: null, sequences: null }));
    return replica;
  });
  const times = new WaitTimes();
  const queue = new FairQueue<Entry>();
  const shares = {
    shareOf: () => 2,
    waitingElsewhere: (replicas: readonly Replica[]) => replicas.flatMap(({ name }) => elsewhere[name] ?? []),
  };
  const standings = new Standings(queue, new Replicas(all), shares, times, clock);
  const wait = (model: string, more: Partial<Entry['wanted']> = {}): Entry => {
    clock.advance(1);
    const wanted = { model, work: 'question' as const, sequences: 1, ...more };
    const entry: Entry = {
      tenant: 't',
      priority: 'page',
      cost: 100,
      since: clock.monotonic(),
      goesFirst: false,
      wanted,
    };
    queue.add(entry);
    return entry;
  };
  const positions = (entries: readonly Entry[]) => entries.map((entry) => standings.of(entry)?.position);
  return { clock, times, queue, standings, wait, positions };
}

describe('Standings', () => {
  it('count those that wait for the same model and no others', () => {
    const { wait, positions } = open({ one: ['a'], two: ['b'] });
    expect(positions(['a', 'b', 'a', 'b', 'b'].map((model) => wait(model)))).toEqual([1, 1, 2, 2, 3]);
  });

  it('count those that wait for another model of the same server: they are in the way', () => {
    const { wait, positions } = open({ one: ['a', 'b'], two: ['b'], three: ['c'] });
    expect(positions(['a', 'b', 'c', 'a', 'c'].map((model) => wait(model)))).toEqual([1, 2, 1, 3, 2]);
  });

  it('names that nobody lists may be served anywhere, and are one crowd', () => {
    const { wait, positions } = open({ one: ['a'], two: ['b'] });
    expect(positions(['x', 'y', 'a', 'b'].map((model) => wait(model)))).toEqual([1, 2, 3, 3]);
  });

  it('the seconds come from what this model took for this kind of work', () => {
    const { times, standings, wait } = open({ one: ['a'], two: ['b'] });
    times.note('a', 'question', 20_000);
    times.note('a', 'vectors', 100);
    times.note('b', 'question', 2_000);
    const asked = [wait('a'), wait('a'), wait('b'), wait('b', { sequences: 4 })];
    const vectors = wait('a', { work: 'vectors' });
    const seconds = (entry: Entry) => standings.of(entry)?.seconds;
    expect(asked.map(seconds)).toEqual([10, 20, 1, 5]);
    expect(seconds(vectors)).toBe(21);
    expect(standings.secondsBehindAll({ model: 'b', work: 'question', sequences: 1 })).toBe(6);
    expect(standings.secondsBehindAll({ model: 'b', work: 'draft', sequences: 1 })).toBe(8);
  });

  it('a slow kind of work does not lengthen what another is told', () => {
    const { times, standings, wait } = open({ one: ['a'], two: ['listener'] });
    times.note('a', 'question', 1_000);
    for (let at = 0; at < 50; at++) times.note('listener', 'transcript', 60_000);
    expect(standings.of(wait('a'))).toEqual({ position: 1, seconds: 1 });
  });

  it('the newest turns weigh most', () => {
    const times = new WaitTimes();
    times.note('a', 'question', 1_000);
    for (let at = 0; at < 60; at++) times.note('a', 'question', 9_000);
    expect(times.of('a', 'question')).toBeGreaterThan(8_900);
    for (let at = 0; at < 2_000; at++) times.note(`made-up-${at}`, 'question', 1);
    expect(times.of('a', 'question')).toBe(times.of('never', 'question'));
  });

  it('other gateways have had as many of theirs by then, as far as they have them', () => {
    const { wait, positions } = open({ one: ['a'], two: ['b'] }, { one: [1, 100] });
    const [first, second, third] = [wait('a'), wait('a'), wait('a')];
    expect(positions([first, second, third, wait('b')])).toEqual([1, 4, 6, 1]);
  });

  it('whoever came a moment ago is not looked up alone; places move on', () => {
    const { clock, queue, standings, wait } = open({ one: ['a'] });
    const [first, second] = [wait('a'), wait('a')];
    expect(standings.of(first)?.position).toBe(1);
    expect(standings.of(wait('a'))).toBeNull();
    queue.remove(first);
    expect(standings.of(second)?.position).toBe(2);
    clock.advance(TELL_MS);
    expect(standings.of(second)?.position).toBe(1);
  });
});
