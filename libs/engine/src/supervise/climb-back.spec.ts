import { describe, expect, it } from '@jest/globals';
import { ClimbBack, hasRoomOf } from './climb-back.js';
import { RungLadder } from './rung-ladder.js';
import { aPlan } from './testing/a-plan.js';

const QUIET = 1_800_000;
const alone = (): boolean => false;

function lowered(): { climb: ClimbBack; ladder: RungLadder; said: string[] } {
  const ladder = new RungLadder(aPlan({ sequences: 64 }), QUIET);
  const said: string[] = [];
  const climb = new ClimbBack(ladder, (text) => said.push(text));
  ladder.lower({ kind: 'log', cause: { kind: 'out-of-memory' } }, 0);
  return { climb, ladder, said };
}

describe('climbing back', () => {
  it('waits under steady load, says so once, and goes when there is a moment without answers', () => {
    const { climb, ladder, said } = lowered();
    expect(climb.wants(0, true, true, alone)).toBe(false);
    expect(climb.state).toBe('quiet');
    for (const at of [QUIET, QUIET + 1, QUIET + 2]) expect(climb.wants(at, false, true, alone)).toBe(false);
    expect(climb.state).toBe('waiting');
    expect(said).toEqual([expect.stringContaining('lorekeep engine climb')]);
    expect(climb.wants(QUIET + 3, true, true, alone)).toBe(true);
    climb.climb(5);
    expect([ladder.rung, climb.state]).toEqual([0, null]);
    expect(said.at(-1)).toBe('one rung up, to rung 0');
  });

  it('goes at once when somebody asks, is put off where answers run on, and then waits to be asked again', () => {
    const { climb, said } = lowered();
    expect(climb.ask()).toBe(true);
    expect(climb.wants(0, false, true, alone)).toBe(true);
    climb.putOff();
    expect(said.at(-1)).toContain('ENGINE_DRAIN_SECONDS');
    expect(climb.wants(1, false, true, alone)).toBe(false);
  });

  it('leaves it to one that is started beside it, however idle it is, until somebody asks', () => {
    const { climb } = lowered();
    const beside = (): boolean => true;
    climb.wants(0, true, true, beside);
    expect([climb.wants(QUIET, true, true, beside), climb.state]).toEqual([false, 'quiet']);
    climb.ask();
    expect(climb.wants(QUIET, false, true, beside)).toBe(true);
  });

  it('stays where a rung more would fill the cards, says so once, and goes when they have room or somebody asks', () => {
    const { climb, said } = lowered();
    climb.wants(0, true, true, alone);
    const beside = (): boolean => true;
    for (const at of [QUIET, QUIET + 1]) expect(climb.wants(at, true, false, beside)).toBe(false);
    expect([said, climb.state]).toEqual([[expect.stringContaining('ENGINE_MEMORY_SHARE')], 'quiet']);
    expect(climb.wants(QUIET + 2, true, true, alone)).toBe(true);
    climb.ask();
    expect(climb.wants(QUIET + 3, true, false, alone)).toBe(true);
  });

  it('is nothing that can be asked for where there is no rung', () => {
    const climb = new ClimbBack(new RungLadder(aPlan(), QUIET), () => undefined);
    expect([climb.ask(), climb.state, climb.wants(QUIET, true, true, alone)]).toEqual([false, null, false]);
  });

  it('has room for what the share of vLLM grows by, beside what the cards hold already', () => {
    const [from, to] = [aPlan({ utilization: 0.85 }), aPlan({ utilization: 0.9 })];
    expect([0.89, 0.91, undefined].map((share) => hasRoomOf(from, share, 0.95)(to))).toEqual([
      true,
      false,
      true,
    ]);
  });
});
