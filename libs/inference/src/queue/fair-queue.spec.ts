import { describe, expect, it } from '@jest/globals';
import { LOADED_MS } from '@lorekeep/kit/testing';
import { AGEING_MS, FairQueue, type Waiting } from './fair-queue.js';
import { PRIORITIES, type Priority } from './priority.js';

interface Entry extends Waiting {
  readonly name: string;
}
const entry = (name: string, more: Partial<Entry> = {}): Entry => ({
  ...{ name, tenant: name.charAt(0), priority: 'page' as Priority, cost: 100, since: 0, goesFirst: false },
  ...more,
});
const namesOf = (entries: readonly Entry[]) => entries.map(({ name }) => name).join(' ');

function drain(queue: FairQueue<Entry>, now = 0): string {
  const taken: Entry[] = [];
  for (let next = queue.take(now, () => true); next; next = queue.take(now, () => true)) taken.push(next);
  return namesOf(taken);
}

function queueOf(entries: readonly Entry[], weightOf?: (tenant: string) => number): FairQueue<Entry> {
  const queue = new FairQueue<Entry>(weightOf);
  for (const each of entries) queue.add(each);
  return queue;
}

/** Repeatable (Park and Miller). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('FairQueue', () => {
  it('gives tenants their turn one after another, however many one has', () => {
    const flood = Array.from({ length: 5 }, (_, at) => entry(`a${at}`, { since: at }));
    const queue = queueOf([...flood, entry('b0', { since: 10 }), entry('b1', { since: 11 })]);
    expect(namesOf(queue.order(20))).toBe('a0 b0 a1 b1 a2 a3 a4');
    expect(drain(queue, 20)).toBe('a0 b0 a1 b1 a2 a3 a4');
  });

  it('counts work, not questions, and by weight', () => {
    const queue = queueOf([
      entry('a0', { cost: 300 }),
      entry('a1', { since: 1 }),
      ...[0, 1, 2, 3].map((at) => entry(`b${at}`, { since: 2 + at })),
    ]);
    expect(drain(queue, 9)).toBe('a0 b0 b1 b2 a1 b3');
    const weighted = queueOf(
      [0, 1, 2, 3].flatMap((at) => [entry(`a${at}`, { since: at }), entry(`b${at}`, { since: at + 0.5 })]),
      (tenant) => (tenant === 'b' ? 2 : 1),
    );
    expect(drain(weighted, 9)).toBe('a0 b0 b1 a1 b2 b3 a2 a3');
  });

  it('a tenant that was away does not save its turns up', () => {
    const queue = new FairQueue<Entry>();
    for (let at = 0; at < 50; at++) queue.charge(entry(`a${at}`));
    for (let at = 0; at < 3; at++) queue.add(entry(`a${at}`, { since: at }));
    for (let at = 0; at < 3; at++) queue.add(entry(`b${at}`, { since: 10 + at }));
    expect(drain(queue, 20)).toBe('b0 a0 b1 a1 b2 a2');
  });

  it('the page goes first, then drafts, programs and batches; waiting makes up for it', () => {
    const all = [...PRIORITIES].reverse().map((priority, at) => entry(`${at}`, { priority }));
    expect(drain(queueOf(all))).toBe('3 2 1 0');
    const old = entry('old', { priority: 'batch' });
    const young = entry('young', { since: 3 * AGEING_MS - 1 });
    expect(drain(queueOf([young, old]), 3 * AGEING_MS - 1)).toBe('young old');
    expect(drain(queueOf([young, old]), 3 * AGEING_MS)).toBe('old young');
  });

  it('a role goes first among its own tenant, as if it had come earlier, and moves nobody else', () => {
    const plain = [
      entry('a0'),
      entry('b0', { since: 1 }),
      entry('a1', { since: 2 }),
      entry('b1', { since: 3 }),
    ];
    const agent = entry('a2', { since: 4, goesFirst: true });
    const late = entry('a3', { since: AGEING_MS + 1, goesFirst: true });
    const queue = queueOf([...plain, agent, late]);
    expect(namesOf(queue.order(AGEING_MS + 1))).toBe('a2 b0 a0 b1 a3 a1');
    expect(drain(queue, AGEING_MS + 1)).toBe('a2 b0 a0 b1 a3 a1');
    const all = plain.map((each) => ({ ...each, goesFirst: each.tenant === 'b' }));
    expect(drain(queueOf(all), 9)).toBe(drain(queueOf(plain), 9));
  });

  it('a role moves no program before people, and its questions starve nobody', () => {
    const program = entry('a0', { priority: 'api', goesFirst: true });
    expect(drain(queueOf([program, entry('a1', { since: 1 })]), 2)).toBe('a1 a0');
    const queue = queueOf([entry('aold')]);
    let at = 0;
    for (let next = ''; next !== 'aold'; at += 100) {
      queue.add(entry(`a${at}`, { since: at, goesFirst: true }));
      next = queue.take(at, () => true)?.name ?? '';
      expect(at).toBeLessThanOrEqual(AGEING_MS);
    }
  });

  it.each([1, 2, 3, 4, 5])('tells the order in which they then go (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const queue = new FairQueue<Entry>((tenant) => (tenant === 'b' ? 3 : 1));
    for (let at = 0; at < 30; at++)
      queue.charge(entry('abcd'.charAt(random() * 4), { cost: random() * 900 }));
    for (let at = 0; at < 80; at++)
      queue.add(
        entry(`${'abcdef'.charAt(random() * 6)}${at}`, {
          priority: PRIORITIES[Math.floor(random() * PRIORITIES.length)] as Priority,
          cost: Math.ceil(random() * 900),
          since: Math.floor(random() * 20_000),
          goesFirst: random() < 0.3,
        }),
      );
    expect(namesOf(queue.order(21_000))).toBe(drain(queue, 21_000));
  });

  it('tells the order of a full queue without comparing all with all', () => {
    const queue = queueOf(
      Array.from({ length: 30_000 }, (_, at) => entry(`${'abc'.charAt(at % 3)}${at}`, { since: at })),
    );
    const begun = performance.now();
    expect(queue.order(30_000)).toHaveLength(30_000);
    expect(performance.now() - begun).toBeLessThan(LOADED_MS);
  });

  it('leaves out who does not fit, and who has left', () => {
    const [a, b] = [entry('a0'), entry('b0', { since: 1 })];
    const queue = queueOf([a, b]);
    expect(queue.take(2, ({ name }) => name === 'b0')?.name).toBe('b0');
    expect(queue.take(2, () => false)).toBeNull();
    expect([queue.remove(a), queue.remove(a), queue.size]).toEqual([true, false, 0]);
  });

  it('when it is full the newest of the longest line gives way', () => {
    const queue = queueOf([entry('b0', { since: 5 }), entry('a0'), entry('a1', { since: 1 })]);
    expect(queue.lastOfLongest(9)?.name).toBe('a1');
    expect(new FairQueue<Entry>().lastOfLongest(9)).toBeNull();
  });

  it("a tenant's programs give way to its people, unless they have waited for it", () => {
    const queue = queueOf([entry('a0', { priority: 'api' }), entry('a1', { priority: 'api', since: 1 })]);
    queue.add(entry('a2', { since: 5 }));
    expect(queue.lastOfLongest(5)?.name).toBe('a1');
    expect(queue.lastOfLongest(2 * AGEING_MS + 1)?.name).toBe('a2');
  });

  it.each([1, 2, 3, 4, 5])(
    'nobody starves: whoever waits goes within a bound, whatever comes (seed %i)',
    (seed) => {
      const random = randomFrom(seed);
      const queue = new FairQueue<Entry>();
      const tenants = 5;
      const step = 50;
      let latest = 0;
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      let count = 0;
      for (let now = 0; now < 200_000; now += step) {
        // More comes than can go, mostly at the page and of one tenant; one goes each step.
        for (let arrivals = queue.size < 60 ? 2 : 1; arrivals > 0; arrivals--) {
          const tenant = random() < 0.7 ? 'a' : `${pick(['b', 'c', 'd', 'e'])}`;
          const priority = random() < 0.8 ? 'page' : pick(PRIORITIES);
          queue.add(
            entry(`${tenant}${count++}`, { tenant, priority, since: now, cost: 50 + random() * 400 }),
          );
        }
        const next = queue.take(now, () => true);
        if (next) latest = Math.max(latest, now - next.since);
      }
      // Three times ageing, then its tenant's part of the line before it: at most all that wait, five tenants in turn.
      expect(latest).toBeLessThan(3 * AGEING_MS + 2 * 61 * tenants * step);
    },
  );
});
