import { describe, expect, it } from '@jest/globals';
import type { Cause, Stage } from '../log/log-event.js';
import type { Ending } from './instance-status.js';
import { RungLadder } from './rung-ladder.js';
import { aPlan } from './testing/a-plan.js';

const GIB = 1024 ** 3;
const log = (cause: Cause): Ending => ({ kind: 'log', cause });
const OOM = log({ kind: 'out-of-memory' });
const QUIET = 1_800_000;
const plan = aPlan({ sequences: 64 });
const ladder = (): RungLadder => new RungLadder(plan, QUIET);

describe('the ladder', () => {
  it('goes utilisation, sequences, context, eager, and every rung is counted and kept', () => {
    const steps = ladder();
    const said = Array.from({ length: 4 }, (_, at) => steps.lower(OOM, at));
    expect(steps.rungs.map(({ step }) => step)).toEqual(['utilization', 'sequences', 'context', 'eager']);
    expect(said[0]).toBe(`utilization 0.85, context ${plan.context}`);
    expect(steps.plan).toMatchObject({
      utilization: 0.85,
      sequences: 32,
      context: plan.context / 2,
      eager: true,
    });
    expect(steps.plan.command).toContain('--enforce-eager');
    expect(steps).toMatchObject({ rung: 4, taken: 4, inForce: steps.rungs.map(({ text }) => text) });
    steps.climb(9);
    expect(steps.inForce).toHaveLength(3);
  });

  it('goes on with what was done before it in its place, from its own plan', () => {
    const old = ladder();
    old.lower(OOM, 1);
    const fresh = new RungLadder(plan, QUIET, old);
    fresh.climbed(2);
    expect(fresh).toMatchObject({ rung: 0, taken: 1, inForce: [], plan });
    expect(fresh.rungs.map(({ at, step }) => [at, step])).toEqual([
      [1, 'utilization'],
      [2, 'up'],
    ]);
    expect(old.rungs).toHaveLength(1);
  });

  it('goes on with sequences and context, and ends where nothing works any more', () => {
    const steps = ladder();
    let moves = 0;
    while (steps.lower(OOM, moves) !== undefined) moves += 1;
    expect(moves).toBeGreaterThan(6);
    expect(moves).toBeLessThan(20);
    expect(steps.plan.sequences).toBe(1);
    expect(steps.rungs.length).toBe(moves);
  });

  it('takes the numbers of a message', () => {
    const free = log({
      kind: 'free-memory',
      free: 18 * GIB,
      total: 24 * GIB,
      utilization: 0.9,
      wanted: 21.6 * GIB,
    });
    const context = (estimated: number | null): Ending =>
      log({ kind: 'context-over-cache', context: 32_768, needed: 16 * GIB, available: 4 * GIB, estimated });
    const after = (ending: Ending) => {
      const steps = ladder();
      steps.lower(ending, 0);
      return steps.plan;
    };
    expect(after(free).utilization).toBe(0.74);
    expect(after(context(19_280)).context).toBe(Math.floor((19_280 * 0.98) / 256) * 256);
    expect(after(context(null)).context).toBe(Math.floor((8_192 * 0.98) / 256) * 256);
    expect(after(log({ kind: 'context-over-model', context: 32_768, maximum: 8_192 })).context).toBe(8_192);
    expect(after(log({ kind: 'no-cache-room' })).utilization).toBe(0.95);
    const held = new RungLadder(aPlan({ utilization: 0.5 }), 1_000);
    expect(held.lower(log({ kind: 'no-cache-room' }), 0)).toBe('eager, without graphs');
    expect(after({ kind: 'memory-high', share: 0.97 }).utilization).toBe(0.85);
  });

  it.each<Ending>([
    { kind: 'exited', code: 0, signal: null },
    { kind: 'stalled', seconds: 6 },
    { kind: 'unhealthy' },
    log({ kind: 'worker-died' }),
    log({ kind: 'missing-model' }),
  ])('stays where it is after %j', (ending) => {
    const steps = ladder();
    expect(steps.lower(ending, 0)).toBeUndefined();
    expect(steps).toMatchObject({ rung: 0, taken: 0, plan });
  });

  it('climbs one rung at a time, only when quiet for long', () => {
    const steps = ladder();
    expect(steps.mayClimb(0)).toBe(false);
    steps.lower(OOM, 0);
    steps.lower(OOM, 0);
    expect(steps.mayClimb(1_000)).toBe(false);
    expect(steps.mayClimb(1_000 + QUIET)).toBe(true);
    steps.climb(5);
    expect(steps.rung).toBe(1);
    expect(steps.plan.sequences).toBe(64);
    expect(steps.rungs.at(-1)).toEqual({ at: 5, step: 'up', text: 'back to rung 1' });
    // A climb is followed by a longer patience.
    expect(steps.mayClimb(2_000)).toBe(false);
    expect(steps.mayClimb(2_000 + QUIET)).toBe(false);
    expect(steps.mayClimb(2_000 + 2 * QUIET)).toBe(true);
  });

  it('starts its quiet time anew with each rung', () => {
    const steps = ladder();
    steps.lower(OOM, 0);
    steps.mayClimb(0);
    steps.lower(OOM, 1);
    expect(steps.mayClimb(QUIET)).toBe(false);
  });
});

describe('peer-to-peer', () => {
  const joined = (): RungLadder => new RungLadder(aPlan({ sequences: 64 }, true), QUIET);
  const isOff = ({ plan: { command } }: RungLadder): boolean =>
    command.includes('--disable-custom-all-reduce');
  const exited: Ending = { kind: 'exited', code: 1, signal: null };

  it.each<[Ending, Stage | undefined]>([
    [exited, 'distributed'],
    [exited, 'profile'],
    [log({ kind: 'unknown', text: 'RuntimeError' }), 'graphs'],
    [log({ kind: 'worker-died' }), 'distributed'],
    [{ kind: 'start-too-long', seconds: 1800 }, 'distributed'],
    [{ kind: 'answers-differ' }, 'warm'],
  ])('is off after %j during %s, once', (ending, stage) => {
    const steps = joined();
    expect(isOff(steps)).toBe(false);
    expect(steps.lower(ending, 7, stage)).toBe('peer-to-peer off');
    expect(isOff(steps)).toBe(true);
    expect(steps.plan.environment).toMatchObject({ NCCL_P2P_DISABLE: '1' });
    expect(steps.rungs).toEqual([{ at: 7, step: 'peer-to-peer', text: 'peer-to-peer off' }]);
    expect(steps.inForce).toEqual(['peer-to-peer off']);
    expect(steps.lower(ending, 8, stage)).toBeUndefined();
    expect(steps).toMatchObject({ rung: 1, taken: 1 });
  });

  it.each<[Ending, Stage | undefined]>([
    [exited, 'arguments'],
    [exited, 'weights'],
    [exited, 'warm'],
    [exited, undefined],
    [log({ kind: 'missing-model' }), 'distributed'],
    [{ kind: 'stalled', seconds: 6 }, undefined],
  ])('stays on after %j during %s', (ending, stage) => {
    const steps = joined();
    expect(steps.lower(ending, 0, stage)).toBeUndefined();
    expect(steps.rung).toBe(0);
  });

  it('does not come back by climbing, wherever it went off', () => {
    const steps = joined();
    steps.lower(OOM, 0);
    steps.lower(exited, 1, 'graphs');
    expect(steps.plan).toMatchObject({ utilization: 0.85 });
    expect(isOff(steps)).toBe(true);
    steps.mayClimb(0);
    expect(steps.mayClimb(QUIET)).toBe(true);
    steps.climb(2);
    expect(steps).toMatchObject({ rung: 1, taken: 2 });
    expect(steps.plan.utilization).toBe(0.9);
    expect(isOff(steps)).toBe(true);
    expect(steps.mayClimb(3 * QUIET)).toBe(false);
    expect(steps.mayClimb(30 * QUIET)).toBe(false);
    steps.climb(3);
    expect(steps.rung).toBe(1);
  });
});
