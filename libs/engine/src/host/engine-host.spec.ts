import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import { parseGpuNotation } from '../hardware/parse-gpu-notation.js';
import type { PlanWishes } from '../plan/plan-wishes.js';
import { IDLE, oom, ScriptedVllm, untilSo, type Life } from '../supervise/testing/staged-instance.js';
import { EngineHost, type HostStatus } from './engine-host.js';

const MODEL = 'gpt-oss-20b';
const READY: Life = {};
const OUT_OF_MEMORY: Life = { lines: [oom], exitAfter: 10, exit: { code: 1, signal: null } };
const CARDS_MEET =
  '(Worker pid=3) INFO 11-21 00:00:00 [parallel_state.py:1615] world_size=2 rank=0 local_rank=0';
const NOT_TOGETHER: Life = { lines: [CARDS_MEET], exitAfter: 10, exit: { code: 1, signal: null } };
const BAD_FLAG: Life = {
  lines: ['vllm: error: unrecognized arguments: --no-such-flag'],
  exitAfter: 10,
  exit: { code: 2, signal: null },
};
/** Room for one, and for two. */
const [ONE, TWO] = ['2x24564MiB', '2x141GiB'];

function hostOf(lives: readonly Life[], cards: string, wishes: PlanWishes = {}) {
  const vllm = new ScriptedVllm(lives);
  const folder = { haveWeightsChanged: (): Promise<boolean> => Promise.resolve(false) };
  const host = new EngineHost({
    catalogue: () => Promise.resolve(readCatalogue()),
    hardware: { gpus: parseGpuNotation(cards), peerToPeer: true },
    wishes: { sequences: 8, ...wishes },
    endOrphans: () => Promise.resolve(),
    haveWeightsChanged: () => folder.haveWeightsChanged(),
    instanceParts: (own) => ({ ...vllm.parts(), ...own }),
  });
  const until = (wanted: (status: HostStatus) => boolean) => untilSo(() => host.status(), wanted);
  const settled = () =>
    until(({ changing, instances }) => !changing && instances.every(({ state }) => state === 'ready'));
  const replace = async (): Promise<void> => {
    folder.haveWeightsChanged = () => Promise.resolve(true);
    await host.setModels([MODEL]);
  };
  const begin = async () => {
    await host.setModels([MODEL]);
    return settled();
  };
  return { vllm, host, folder, until, settled, begin, replace };
}

describe('a change of models that fails', () => {
  it('is told in the log, changes nothing that runs, and does not keep the next one off', async () => {
    const { host, folder, settled, begin } = hostOf([READY], ONE);
    await begin();
    folder.haveWeightsChanged = () => Promise.reject(new Error('EIO: i/o error, scandir'));
    await host.setModels([MODEL]);
    expect(await settled()).toMatchObject({ instances: [{ id: MODEL, restarts: 0 }] });
    const said = host.status().log.at(-1);
    expect(said).toMatchObject({ instance: 'host', process: 'host' });
    expect(said?.text).toMatch(/^the change of models came to no end.*: EIO: i\/o error, scandir$/);
    await host.setModels([]);
    await settled();
    expect(host.status().instances).toEqual([]);
  });
});

describe('a host that is asked whether it serves', () => {
  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('looks now: what has just died has not been noticed yet', async () => {
    const { vllm, host, begin } = hostOf([READY], ONE);
    const core = spawn('sleep', ['600'], { argv0: 'VLLM::EngineCore', stdio: 'ignore' });
    vllm.pids = [core.pid ?? 0];
    try {
      expect(host.isServing()).toBe(false);
      await begin();
      expect(host.isServing()).toBe(true);
      core.kill('SIGKILL');
      await once(core, 'exit');
      expect(host.status().instances).toMatchObject([{ state: 'ready' }]);
      expect(host.isServing()).toBe(false);
    } finally {
      core.kill('SIGKILL');
      await host.stop(undefined, { drain: false });
    }
  });
});

describe('a model that gives way to another', () => {
  it('is not begun again by who starts all models meanwhile: nobody would look after it', async () => {
    const { vllm, host, settled, begin, replace } = hostOf([{ endsIn: 5_000 }, READY], ONE);
    await begin();
    await replace();
    await untilSo(
      () => vllm.ended.length,
      (ended) => ended === 1,
    );
    expect(host.start()).toBe(true);
    await settled();
    expect(vllm.launched).toHaveLength(2);
    await host.stop(undefined, { drain: false });
    expect(vllm.ended).toHaveLength(2);
  });
});

describe('a model that is replaced while it is on a rung', () => {
  const lowered = { rung: 1, rungsTaken: 1, rungs: [{ step: 'utilization' }], plan: { utilization: 0.85 } };
  const anew = { rung: 0, inForce: [], climb: null, rungsTaken: 1, rungs: [{ step: 'utilization' }] };

  it('begins with its plan, and status still shows what the one before went down', async () => {
    const { vllm, host, settled, begin, replace } = hostOf([OUT_OF_MEMORY, READY], ONE);
    expect(await begin()).toMatchObject({ instances: [lowered] });
    await replace();
    const after = await settled();
    expect(after).toMatchObject({ instances: [{ ...anew, id: MODEL, plan: { utilization: 0.9 } }] });
    expect(vllm.launched.map(({ utilization }) => utilization)).toEqual([0.9, 0.85, 0.9]);
    await host.stop(undefined, { drain: false });
  });

  it('adds to them where it goes down itself, and waits for twice as long after a climb of either', async () => {
    const lives = [OUT_OF_MEMORY, READY, READY, OUT_OF_MEMORY, READY];
    const { vllm, host, until, settled, begin, replace } = hostOf(lives, ONE);
    await begin();
    await until(({ instances: [one] }) => one?.state === 'ready' && one.rung === 0);
    await replace();
    const steps = ['utilization', 'up', 'utilization'].map((step) => ({ step }));
    expect(await settled()).toMatchObject({ instances: [{ rung: 1, rungsTaken: 2, rungs: steps }] });
    const begun = vllm.pace.monotonic();
    await until(({ instances: [one] }) => one?.state === 'ready' && one.rung === 0);
    expect(vllm.pace.monotonic() - begun).toBeGreaterThanOrEqual(2 * vllm.parts().limits.climbAfterMs);
    await host.stop(undefined, { drain: false });
  });

  it('is shown beside the one that replaces it, which leaves it on its rung where it cannot start', async () => {
    const lives = [OUT_OF_MEMORY, READY, BAD_FLAG];
    const { vllm, host, until, begin, replace } = hostOf(lives, TWO, { utilization: 0.2 });
    await begin();
    // Busy: else it climbs by itself.
    vllm.metrics = { ...IDLE, running: 1 };
    await replace();
    const both = await until(({ changing, instances }) => !changing && instances.length === 2);
    expect(both.instances).toMatchObject([
      { id: MODEL, state: 'ready', rung: 1, rungsTaken: 1 },
      { ...anew, id: `${MODEL}@2`, state: 'failed' },
    ]);
    await host.stop(undefined, { drain: false });
  });

  it('keeps cards apart that could not reach each other, and says so, climbed beside itself or replaced', async () => {
    const lives = [NOT_TOGETHER, OUT_OF_MEMORY, READY];
    const { vllm, host, until, settled, begin, replace } = hostOf(lives, TWO, { utilization: 0.2 });
    expect(await begin()).toMatchObject({ instances: [{ id: MODEL, rung: 2, rungsTaken: 2 }] });
    const apart = { rung: 1, inForce: ['peer-to-peer off'], climb: null, rungsTaken: 2 };
    const climbed = await until(({ changing, instances: [one] }) => !changing && one?.id === `${MODEL}@2`);
    expect(climbed).toMatchObject({ instances: [{ ...apart, state: 'ready' }] });
    expect(climbed.instances[0]?.rungs.at(-1)).toMatchObject({ step: 'up', text: 'back to rung 1' });
    await replace();
    expect(await settled()).toMatchObject({ instances: [{ ...apart, id: MODEL }] });
    const reached = vllm.launched.map(({ command }) => !command.includes('--disable-custom-all-reduce'));
    expect(reached).toEqual([true, false, false, false, false]);
    await host.stop(undefined, { drain: false });
  });
});
