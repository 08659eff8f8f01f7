import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { until } from '../support/until.js';
import { Report } from './keep-report.js';
import { freePort, startTestEngine, type EngineOptions, type TestEngine } from '../support/engine-host.js';

const report = new Report(
  'At the start of an engine',
  'engine-start.e2e-spec.ts: until it is ready, callers get 503 with Retry-After, and the gateway quotes. Each start of the fake takes a moment only.',
  ['fault', 'what was recorded', 'what came of it'],
);
let engine: TestEngine | undefined;
let begun = 0;
const started = async (options: EngineOptions): Promise<TestEngine> => {
  begun = performance.now();
  return (engine = await startTestEngine(options));
};
afterAll(() => report.keep());
afterEach(async () => {
  await noted();
  await engine?.remove();
  engine = undefined;
});

/** What the host says of itself at the end of a test, whatever was done to it. */
async function noted(): Promise<void> {
  const seen = await engine?.status().catch(() => undefined);
  const { currentTestName } = expect.getState();
  if (!engine || !seen || !currentTestName) return;
  const log = (await engine.log()).split('\n').filter((line) => line.includes('"host"'));
  const said = log
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .filter((text) => !/^(started|ready)/.test(text));
  report.add(
    currentTestName,
    [...new Set(said)].join(' '),
    `${seen.state} after ${Math.round(performance.now() - begun)} ms, restarts ${seen.restarts}, rung ${seen.rung}`,
  );
}

describe('a start of vLLM that nothing can heal', () => {
  it.each([
    ['bad-flag', /does not know the option --no-such-flag/],
    ['missing-model', /does not exist or is not complete/],
    ['too-many-gpus', /2 cards were asked for and 1 are there/],
    ['heads', /cannot be divided among 2 cards/],
    ['truncated-weights', /fetch the model again/],
  ])('%s is named in one sentence and not tried again', async (fail, reason) => {
    const host = await started({ starts: [{ fail, startMs: 50 }] });
    const seen = await host.reached('failed');
    expect(seen.reason).toMatch(reason);
    expect(seen).toMatchObject({ restarts: 0, crashes: 1, rung: 0, pid: null });
    expect((await fetch(`${host.url}/health`)).status).toBe(503);
    const asked = await host.post('/v1/chat/completions', { model: 'gpt-oss-20b', messages: [] });
    expect(asked.status).toBe(503);
    expect(Number(asked.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('chat completions without their vocabulary: the plain ones answer, and it is not ready all the same', async () => {
    const host = await started({ starts: [{ faults: [{ kind: 'no-vocabulary', times: -1 }] }] });
    const seen = await host.reached('failed');
    expect(seen.reason).toMatch(/vocabulary file .* is missing.*TIKTOKEN_ENCODINGS_BASE/);
    expect(seen).toMatchObject({ restarts: 0, crashes: 1, pid: null });
  });

  it('is tried again when somebody asks for it', async () => {
    const host = await started({ starts: [{ fail: 'missing-model', startMs: 50 }, {}] });
    await host.reached('failed');
    expect((await host.post('/engine/start')).status).toBe(200);
    await host.reached('ready');
  });

  it('without the program says how to get one', async () => {
    const host = await started({ environment: { ENGINE_VLLM_PROGRAM: '/nowhere/vllm' } });
    expect((await host.reached('failed')).reason).toMatch(/ENGINE_VLLM_PROGRAM/);
  });

  it('without weights says which folder is missing', async () => {
    const host = await started({ environment: { ENGINE_MODELS: '/nowhere/models' } });
    expect((await host.reached('failed')).reason).toMatch(/\/nowhere\/models\/gpt-oss-20b does not exist/);
  });
});

describe('a start that fails for want of memory', () => {
  it('takes the context that vLLM names', async () => {
    const host = await started({ starts: [{ contextMax: 19_280 }] });
    const seen = await host.reached('ready');
    expect(seen).toMatchObject({ rung: 1, restarts: 1 });
    expect(seen.plan.context).toBeLessThanOrEqual(19_280);
    expect(seen.plan.context).toBeGreaterThan(18_000);
    expect(await host.log()).toMatch(/19,280 tokens would fit.*one rung down: context 1\d{4}/s);
  });

  it('takes the memory that is free', async () => {
    const host = await started({ starts: [{ freeGib: 19.2, totalGib: 24 }] });
    const seen = await host.reached('ready');
    expect(seen.plan.utilization).toBeLessThanOrEqual(0.8);
    expect(seen.plan.utilization).toBeGreaterThan(0.77);
    expect(seen.rungs.map(({ step }) => step)).toEqual(['utilization']);
  });

  it('goes down the ladder after an out-of-memory: .85, then half the sequences', async () => {
    const host = await started({ starts: [{ oomAboveUtilization: 0.86, oomAboveSequences: 4 }] });
    const seen = await host.reached('ready');
    expect(seen.rungs.map(({ step }) => step)).toEqual(['utilization', 'sequences']);
    expect(seen.plan).toMatchObject({ utilization: 0.85, sequences: 4, eager: false });
    expect(seen.restarts).toBe(2);
  });

  it('asks for more of the card where nothing is left for the KV cache', async () => {
    const host = await started({ starts: [{ fail: 'no-cache-room', startMs: 50 }, {}] });
    expect((await host.reached('ready')).plan.utilization).toBe(0.95);
  });

  it('shortens a context that the model does not know', async () => {
    const host = await started({ starts: [{ fail: 'context-over-model', startMs: 50 }, {}] });
    expect((await host.reached('ready')).plan.context).toBe(8192);
  });
});

describe('cards that say they reach each other', () => {
  it('and die of it are tried without, once', async () => {
    const host = await started({
      starts: [{ brokenPeerToPeer: true }],
      environment: { ENGINE_P2P: 'true' },
    });
    const seen = await host.reached('ready');
    expect(seen).toMatchObject({ rung: 1, crashes: 1 });
    expect(seen.rungs.map(({ step }) => step)).toEqual(['peer-to-peer']);
    expect(await host.log()).toMatch(/CUDA error.*custom_all_reduce.*one rung down: peer-to-peer off/s);
  });

  it('and compute garbage are tried without', async () => {
    const host = await started({ starts: [{ garbageFrom: 1 }, {}], environment: { ENGINE_P2P: 'true' } });
    expect((await host.reached('ready')).rungs.map(({ step }) => step)).toEqual(['peer-to-peer']);
  });
});

describe('a start that may go well next time', () => {
  /** Its ten seconds pass while others start. */
  let late: { begunAt: number; host: Promise<TestEngine> } | undefined;
  const startLate = () => {
    const starts = [{ startMs: 60_000 }, {}];
    const host = startTestEngine({ starts, environment: { ENGINE_START_SECONDS: '10' } });
    return (late = { begunAt: performance.now(), host });
  };
  beforeAll(() => startLate().host.then(() => undefined), 60_000);
  afterAll(async () => (await late?.host)?.remove());

  it('is given up after five in a row, with a sentence that says how to go on', async () => {
    const host = await started({ starts: [...Array(5).fill({ fail: 'crash', startMs: 50 }), {}] });
    const seen = await host.reached('failed', 60_000);
    expect(seen.reason).toMatch(/^The start failed with KeyError.*5 starts in a row.*engine\/start/);
    expect(seen).toMatchObject({ crashes: 5, restarts: 4 });
    await host.post('/engine/start');
    await host.reached('ready');
  }, 120_000);

  it('is repeated with growing waits after a crash that nobody knows', async () => {
    const host = await started({ starts: [...Array(3).fill({ fail: 'crash', startMs: 50 }), {}] });
    const seen = await host.reached('ready');
    expect(seen).toMatchObject({ crashes: 3, restarts: 3, rung: 0 });
    expect(await host.log()).toContain('The start failed with KeyError: ….');
  });

  it('is repeated when chat completions are not answered', async () => {
    const host = await started({ starts: [{ faults: [{ kind: 'server-error', times: -1 }] }, {}] });
    expect((await host.reached('ready')).crashes).toBe(1);
    expect(await host.log()).toContain('Chat completions are not answered.');
  });

  it('is repeated when it takes too long', async () => {
    const { begunAt, host: starting } = late ?? startLate();
    const host = (engine = await starting);
    [begun, late] = [begunAt, undefined];
    const seen = await host.reached('ready', 60_000);
    expect(seen.crashes).toBe(1);
    expect(await host.log()).toContain('vLLM was not ready after 10 s.');
  });

  it('shows its progress while it is slow, never going back', async () => {
    const host = await started({ starts: [{ startMs: 8_000 }] });
    const seen: { percent: number; state: string }[] = [];
    for (;;) {
      const { state, progress } = await host.status();
      if (state === 'ready') break;
      if (progress) seen.push({ percent: progress.percent, state });
      await new Promise((go) => setTimeout(go, 100));
    }
    const percents = seen.map(({ percent }) => percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(new Set(percents).size).toBeGreaterThan(4);
  });

  it('waits for the port, says who has it, and starts when it is free', async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((open) => other.listen(port, '127.0.0.1', open));
    try {
      const host = await started({ environment: { ENGINE_FIRST_PORT: String(port) } });
      const taken = 'The port is taken by another program.';
      await until(async () => (await host.status()).reason === taken, 40_000);
    } finally {
      other.close();
    }
    await engine?.reached('ready');
  }, 90_000);
});

describe('a replica that answers wrongly', () => {
  it('is never ready while the second answer is garbage', async () => {
    const host = await started({ starts: [{ garbageFrom: 1 }, {}] });
    const seen = await host.reached('ready');
    expect(seen.crashes).toBe(1);
    expect(await host.log()).toContain('does not compute correctly');
  });
});
