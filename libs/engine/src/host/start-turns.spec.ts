import { describe, expect, it } from '@jest/globals';
import type { InstancePlan } from '../plan/launch-plan.js';
import { aPlan } from '../supervise/testing/a-plan.js';
import { StartTurns } from './start-turns.js';

const NOBODY = new AbortController().signal;
const on = (id: string, ...gpus: number[]): InstancePlan => ({ ...aPlan(), id, gpus });

/** Takes turns and writes down, in order, who has one and who was told to wait. */
function recorded() {
  const turns = new StartTurns();
  const began: string[] = [];
  const told: string[] = [];
  return {
    turns,
    began,
    told,
    take: (plan: InstancePlan, signal = NOBODY) =>
      turns
        .take(plan, (text) => told.push(`${plan.id} ${text}`), signal)
        .then(() => void (signal.aborted || began.push(plan.id))),
  };
}
const settled = (): Promise<void> => new Promise((go) => setImmediate(go));

describe('instances that start', () => {
  it('on cards of their own do not wait for each other', async () => {
    const { began, told, take } = recorded();
    await Promise.all([take(on('a', 0)), take(on('b', 1)), take(on('c', 2, 3))]);
    expect(began).toEqual(['a', 'b', 'c']);
    expect(told).toEqual([]);
  });

  it.each(['ready', 'backoff', 'failed', 'stopped'] as const)(
    'on the same card go one after another, each when the one before is %s',
    async (state) => {
      const { turns, began, told, take } = recorded();
      void Promise.all([take(on('a', 0, 1)), take(on('b', 1)), take(on('c', 0, 1)), take(on('d', 2))]);
      await settled();
      expect(began).toEqual(['a', 'd']);
      expect(told).toEqual(
        ['b', 'c'].map((id) => `${id} waits until another model on the same cards has started`),
      );
      turns.see({ id: 'a', state: 'warming' });
      await settled();
      expect(began).toEqual(['a', 'd']);
      turns.see({ id: 'a', state });
      await settled();
      expect(began).toEqual(['a', 'd', 'b']);
      turns.see({ id: 'b', state });
      await settled();
      expect(began).toEqual(['a', 'd', 'b', 'c']);
    },
  );

  it('and are stopped while they wait give nobody a turn and leave none behind', async () => {
    const { turns, began, take } = recorded();
    const stop = new AbortController();
    await take(on('a', 0));
    const waiting = take(on('b', 0), stop.signal);
    void take(on('c', 0));
    stop.abort();
    await waiting;
    expect(began).toEqual(['a']);
    turns.see({ id: 'a', state: 'ready' });
    await settled();
    expect(began).toEqual(['a', 'c']);
  });

  it('again have their turn still', async () => {
    const { began, take } = recorded();
    await take(on('a', 0));
    await take(on('a', 0));
    expect(began).toEqual(['a', 'a']);
  });
});
