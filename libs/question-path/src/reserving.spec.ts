import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PathPorts, Reservation } from './ports.js';
import { expectClosedAsFailed } from './testing/expect-closed.js';
import { pathWorld, person, REFUSED, walk, type World } from './testing/path-world.js';

type Decision = Awaited<ReturnType<PathPorts['quota']['reserve']>>;

describe('while the quota decides', () => {
  let world: World;
  let decide: (decision: Decision | Promise<Decision>) => void;
  const admitted: Reservation = { id: 'r1', tokens: 100 };

  beforeEach(() => {
    world = pathWorld();
    const { quota, search } = world.ports;
    const decision = new Promise<Decision>((resolve) => (decide = resolve));
    world.ports = {
      ...world.ports,
      quota: { ...quota, reserve: () => decision },
      search: { run: (...asked) => (world.log.push('searched'), search.run(...asked)) },
    };
  });

  it('the question is put on record, and nothing is searched or asked', async () => {
    const walked = walk(world);
    await turn();
    expect(world.log).toEqual(['opened']);
    decide(admitted);
    expect((await walked).error).toBeNull();
    expect(world.log).toEqual(['opened', 'searched', 'accepted', 'model asked', 'settled', 'closed']);
  });

  it('and refuses, that record is closed: there is no other', async () => {
    const walked = walk(world);
    await turn();
    decide(REFUSED);
    await walked;
    expect(world.log).toEqual(['opened', 'accepted', 'closed']);
    expect(world.records[0]?.closed?.outcome).toBe('refused');
  });

  it('and fails, that record says so', async () => {
    const walked = walk(world);
    await turn();
    decide(Promise.reject(new Error('connection reset')));
    await walked;
    expectClosedAsFailed(world, 'QUOTA_UNAVAILABLE');
    expect(world.log).toEqual(['opened', 'closed']);
  });

  it('and the record cannot be written, what was reserved is given back', async () => {
    const open = () => Promise.reject(new Error('disk full'));
    world.ports = { ...world.ports, audit: { open } };
    const walked = walk(world);
    await turn();
    decide(admitted);
    expect((await walked).error).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(world.settled).toEqual([{ id: 'r1', tokens: 0 }]);
    expect(world.log).not.toContain('model asked');
  });

  it('and whoever asked goes away, what was reserved is given back and the record closed', async () => {
    const gone = new AbortController();
    const walked = walk(world, undefined, { ctx: person({ signal: gone.signal }) });
    await turn();
    gone.abort();
    decide(admitted);
    await walked;
    expect(world.settled).toEqual([{ id: 'r1', tokens: 0 }]);
    expect(world.records[0]?.closed?.outcome).toBe('cancelled');
    expect(world.log).not.toContain('model asked');
  });
});
