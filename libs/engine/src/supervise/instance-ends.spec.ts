import { describe, expect, it } from '@jest/globals';
import { EngineInstance } from './engine-instance.js';
import { RungLadder } from './rung-ladder.js';
import { START_TRIES } from './start-tries.js';
import { aPlan } from './testing/a-plan.js';
import { IDLE, ScriptedVllm, Stage, untilSo, type Life } from './testing/staged-instance.js';

const DIES: Life = { exitAfter: 5_000, exit: { code: 1, signal: null } };

/** It answers for as long as it lives, and never comes to an end. */
async function busy(lives: readonly Life[]): Promise<Stage> {
  const stage = new Stage(lives);
  await stage.is('ready');
  stage.metrics = { ...IDLE, running: 1 };
  return stage;
}

describe('an instance that is drained', () => {
  it('and ends by itself meanwhile is not started again, nor waited for', async () => {
    const stage = await busy([DIES]);
    const begun = stage.pace.monotonic();
    await stage.instance.stop({ drain: true });
    expect(stage.states.slice(-3)).toEqual(['ready', 'draining', 'stopped']);
    expect(stage.launched).toHaveLength(1);
    expect(stage.said.at(-1)).toBe('vLLM ended by itself with exit code 1.');
    expect(stage.instance.status()).toMatchObject({ crashes: 1, restarts: 0 });
    expect(stage.pace.monotonic() - begun).toBeLessThan(stage.parts().limits.drainMs);
  });

  it('and asked to begin meanwhile begins again once it has ended', async () => {
    const stage = await busy([DIES, {}]);
    const stopped = stage.instance.stop({ drain: true });
    await stage.is('draining');
    stage.instance.start();
    await stopped;
    await stage.is('ready');
    expect(stage.states.slice(-6)).toEqual([
      ...['draining', 'stopped', 'checking', 'starting', 'warming', 'ready'],
    ]);
    await stage.instance.stop({ drain: false });
    expect(stage.instance.status().state).toBe('stopped');
  });

  it('and asked to begin, and then to end, ends', async () => {
    const stage = await busy([DIES, {}]);
    const stopped = stage.instance.stop({ drain: true });
    await stage.is('draining');
    stage.instance.start();
    await stage.instance.stop({ drain: false });
    await stopped;
    expect(stage.instance.status()).toMatchObject({ state: 'stopped', restarts: 0 });
  });
});

describe('an instance that ends while its processes are looked up for the last time', () => {
  it('is not ready, and gives up like one that never was', async () => {
    const vllm = new ScriptedVllm([{ ...DIES, exitAfter: 2_000 }]);
    const parts = vllm.parts();
    const ladder = new RungLadder(aPlan({ sequences: 8 }), parts.limits.climbAfterMs);
    // Looking them up takes longer than it lives.
    const members = () => vllm.pace.sleep(3_000).then(() => []);
    const launch: typeof parts.launch = (plan, onLine) => ({ ...parts.launch(plan, onLine), members });
    const instance = new EngineInstance(ladder, { ...parts, launch });
    instance.start();
    await untilSo(
      () => vllm.launched.length,
      (launches) => launches > START_TRIES || instance.status().state === 'failed',
    );
    expect(vllm.states).not.toContain('ready');
    expect(vllm.launched).toHaveLength(START_TRIES);
    await instance.stop({ drain: false });
  });
});
