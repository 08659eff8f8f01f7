import { describe, expect, it } from '@jest/globals';
import { GIVEN_UP, START_TRIES } from './start-tries.js';
import { aPlan } from './testing/a-plan.js';
import { IDLE, oom, Stage, type Life } from './testing/staged-instance.js';

describe('an instance', () => {
  it('goes from checking over starting and warming to ready, and back to stopped', async () => {
    const stage = new Stage([{}]);
    expect(await stage.is('ready')).toMatchObject({ restarts: 0, crashes: 0, rung: 0, progress: null });
    await stage.instance.stop({ drain: true });
    expect(stage.states).toEqual(['checking', 'starting', 'warming', 'ready', 'draining', 'stopped']);
    // Whoever asked for the end gets the whole grace: running answers may need it.
    expect(stage.ended).toEqual([40_000]);
  });

  it('takes an exit with code 0 for a crash, and starts again at once', async () => {
    const stage = new Stage([{ exitAfter: 5_000 }, {}]);
    const again = await stage.until(({ state, restarts }) => state === 'ready' && restarts === 1);
    expect(again).toMatchObject({ crashes: 1, rung: 0 });
    expect(stage.said).toContain('vLLM ended by itself with exit code 0.');
    expect(stage.ended[0]).toBe(2_000);
    await stage.instance.stop({ drain: false });
  });

  it('takes no more questions while what is left of a dead engine ends', async () => {
    const stage = new Stage([{ endsIn: 2_000 }, {}]);
    stage.deadFrom = 5_000;
    expect((await stage.is('draining')).reason).toBe('vLLM says of itself that its engine is dead.');
    stage.deadFrom = Infinity;
    expect(await stage.is('ready')).toMatchObject({ crashes: 1, restarts: 1 });
    expect(stage.states.slice(3, 6)).toEqual(['ready', 'draining', 'backoff']);
    await stage.instance.stop({ drain: false });
  });

  it.each([
    [1_200, 'vLLM was ended by SIGKILL.'],
    [9_000, 'vLLM says of itself that its engine is dead.'],
  ])(
    'names what killed the leader, where that is told %i ms after its engine was seen dead',
    async (after, why) => {
      const killed = { code: null, signal: 'SIGKILL' };
      const stage = new Stage([{ exitAfter: after, exit: killed }, {}]);
      // Seen by the look of the first second.
      stage.deadFrom = 1_000;
      const seen = await stage.until(({ crashes }) => crashes === 1);
      stage.deadFrom = Infinity;
      expect(seen.reason).toBe(why);
      await stage.instance.stop({ drain: false });
    },
  );

  it('waits longer with each crash', async () => {
    const stage = new Stage([{ lines: [], exitAfter: 10, exit: { code: 1, signal: null } }]);
    await stage.until(({ crashes }) => crashes === 5);
    // 0 + 2 + 4 + 8 s
    expect(stage.pace.now()).toBeGreaterThanOrEqual(14_000);
    expect(stage.pace.now()).toBeLessThan(18_000);
    await stage.instance.stop({ drain: false });
  });

  const dies: Life = { lines: [], exitAfter: 10, exit: { code: 1, signal: null } };

  it('gives up after five starts in a row that nobody can explain, until somebody asks again', async () => {
    const stage = new Stage([...Array<Life>(START_TRIES).fill(dies), {}]);
    expect(await stage.is('failed')).toMatchObject({
      crashes: 5,
      retryAt: null,
      reason: `vLLM ended by itself with exit code 1. ${GIVEN_UP}`,
    });
    expect(stage.launched).toHaveLength(5);
    stage.instance.start();
    await stage.is('ready');
    await stage.instance.stop({ drain: false });
  });

  it('counts the starts anew once it was ready', async () => {
    const four = Array<Life>(START_TRIES - 1).fill(dies);
    const stage = new Stage([...four, { exitAfter: 5_000 }, ...four, {}]);
    await stage.until(({ state, crashes }) => state === 'ready' && crashes === 9);
    expect(stage.states).not.toContain('failed');
    await stage.instance.stop({ drain: false });
  });

  it('waits for a port that another program has, however long it takes', async () => {
    const stage = new Stage([{}]);
    stage.unprepared = { kind: 'port-taken' };
    await stage.until(({ crashes }) => crashes > 2 * START_TRIES);
    expect(stage.states).not.toContain('failed');
    stage.unprepared = undefined;
    await stage.is('ready');
    await stage.instance.stop({ drain: false });
  });

  it('tries without peer-to-peer when a start dies while the cards meet', async () => {
    const lines = [
      '(Worker pid=3) INFO 11-21 00:00:00 [parallel_state.py:1615] world_size=2 rank=0 local_rank=0',
    ];
    const stage = new Stage([{ ...dies, lines }, {}], aPlan({ sequences: 8 }, true));
    expect(await stage.is('ready')).toMatchObject({ rung: 1, crashes: 1, rungsTaken: 1 });
    expect(stage.launched.map(({ environment }) => environment['NCCL_P2P_DISABLE'])).toEqual([
      undefined,
      '1',
    ]);
    expect(stage.said).toContain('one rung down: peer-to-peer off');
    await stage.instance.stop({ drain: false });
  });

  it('climbs back after a quiet time, when it is idle', async () => {
    const stage = new Stage([{ lines: [oom], exitAfter: 10, exit: { code: 1, signal: null } }, {}]);
    await stage.is('ready');
    expect(stage.instance.plan.utilization).toBe(0.85);
    stage.metrics = { ...IDLE, running: 1 };
    const busyUntil = stage.pace.now() + 700_000;
    await stage.until(() => {
      stage.metrics = { ...stage.metrics, generatedTokens: stage.pace.now() };
      return stage.pace.now() > busyUntil;
    });
    expect(stage.instance.status().rung).toBe(1);
    stage.metrics = { ...IDLE, generatedTokens: 1 };
    const up = await stage.until(({ rung, state }) => rung === 0 && state === 'ready');
    expect(up).toMatchObject({ crashes: 1, restarts: 2, rungsTaken: 1 });
    expect(stage.launched.map(({ utilization }) => utilization)).toEqual([0.9, 0.85, 0.9]);
    await stage.instance.stop({ drain: false });
  });

  it.each([
    ['an hour ahead', 3_600_000],
    ['a day back', -86_400_000],
  ])('goes on as before when the clock is set %s', async (_, jump) => {
    const stage = new Stage([{ lines: [oom], exitAfter: 10, exit: { code: 1, signal: null } }, {}]);
    await stage.is('ready');
    stage.pace.jump(jump);
    const at = stage.pace.monotonic();
    await stage.until(() => stage.pace.monotonic() > at + 300_000);
    // Half of the quiet time: neither a stall nor a reason to climb.
    expect(stage.instance.status()).toMatchObject({ state: 'ready', crashes: 1, restarts: 1, rung: 1 });
    await stage.until(({ rung, state }) => rung === 0 && state === 'ready');
    expect(stage.pace.monotonic() - at).toBeGreaterThanOrEqual(590_000);
    await stage.instance.stop({ drain: false });
  });

  it('that cannot be healed waits for somebody, and is stopped all the same', async () => {
    const stage = new Stage([{}]);
    stage.unprepared = { kind: 'weights', text: 'They are not there.' };
    const failed = await stage.is('failed');
    expect(failed).toMatchObject({ reason: 'They are not there.', retryAt: null, crashes: 1 });
    stage.unprepared = undefined;
    stage.instance.start();
    await stage.is('ready');
    await stage.instance.stop({ drain: false });
    expect(stage.instance.status().state).toBe('stopped');
  });

  it('without its vocabulary is never ready, and waits for somebody', async () => {
    const stage = new Stage([{}]);
    stage.chat = 'no-vocabulary';
    expect((await stage.is('failed')).reason).toContain('TIKTOKEN_ENCODINGS_BASE');
    expect(stage.launched).toHaveLength(1);
    expect(stage.states).not.toContain('ready');
    await stage.instance.stop({ drain: false });
  });

  it('that answers no chat completion is tried again, and says so', async () => {
    const stage = new Stage([{}]);
    stage.chat = 'unanswered';
    expect((await stage.until(({ crashes }) => crashes === 2)).reason).toMatch(
      /^Chat completions are not answered\./,
    );
    stage.chat = 'answered';
    await stage.is('ready');
    await stage.instance.stop({ drain: false });
  });

  it('drains for as long as something runs, but not for ever', async () => {
    const stage = new Stage([{}]);
    await stage.is('ready');
    stage.metrics = { ...IDLE, running: 1 };
    const ticking = setInterval(() => {
      stage.metrics = { ...stage.metrics, generatedTokens: stage.metrics.generatedTokens + 1 };
    }, 0);
    await stage.until(({ running }) => running === 1);
    const at = stage.pace.now();
    // Every look is another token: the standstill is not what ends it.
    stage.metrics = { ...stage.metrics, cacheUsage: 0.5 };
    await stage.instance.stop({ drain: true });
    clearInterval(ticking);
    expect(stage.pace.now() - at).toBeGreaterThanOrEqual(6_000);
    expect(stage.pace.now() - at).toBeLessThanOrEqual(35_000);
  });

  it('is started again after a stop', async () => {
    const stage = new Stage([{}]);
    await stage.is('ready');
    await stage.instance.stop({ drain: false });
    stage.instance.start();
    await stage.is('ready');
    expect(stage.launched).toHaveLength(2);
    await stage.instance.stop({ drain: false });
  });
});
