import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startTestEngine, type EngineOptions, type Seen, type TestEngine } from '../support/engine-host.js';
import { until } from '../support/until.js';

const MODEL = 'gpt-oss-20b';
const LONG_MS = 180_000;
const SOON_MS = 60_000;
const WHOLE = /"finish_reason":"stop".*data: \[DONE\]\n\n$/s;
/** The first start runs out of memory; what comes after does not. */
const starts = (below: number) => [
  { startMs: 200, tokenMs: 20, oomAboveUtilization: below },
  { startMs: 200, tokenMs: 20 },
];

let engine: TestEngine | undefined;
const scratch: string[] = [];
const asking = { goesOn: false };
afterEach(async () => {
  asking.goesOn = false;
  await engine?.remove();
  engine = undefined;
  for (const made of scratch.splice(0)) await rm(made, { recursive: true, force: true });
});

async function ready(options: EngineOptions): Promise<TestEngine> {
  const environment = { ENGINE_DRAIN_SECONDS: '20', ENGINE_QUIET_SECONDS: '3', ...options.environment };
  engine = await startTestEngine({ ...options, environment });
  await engine.reached('ready');
  return engine;
}
const instances = async (host: TestEngine): Promise<(Seen & { id: string })[]> =>
  ((await (await fetch(`${host.url}/engine/status`)).json()) as { instances: (Seen & { id: string })[] })
    .instances;
const ask = async (host: TestEngine, words: number): Promise<{ status: number; text: string }> => {
  const messages = [{ role: 'user', content: `Hello ${'word '.repeat(words)}?` }];
  const response = await host.post('/v1/chat/completions', { model: MODEL, stream: true, messages });
  return { status: response.status, text: await response.text() };
};
const isLost = ({ text }: { text: string }): boolean => !WHOLE.test(text);

/** Callers who ask again and again, out of step; what they got, once told to stop. */
function callers(host: TestEngine): () => Promise<{ status: number; text: string }[]> {
  const answers: { status: number; text: string }[] = [];
  asking.goesOn = true;
  const one = async (words: number): Promise<void> => {
    while (asking.goesOn)
      answers.push(await ask(host, words).catch((error: unknown) => ({ status: 0, text: String(error) })));
  };
  const all = Promise.all([13, 29, 47, 61].map(one));
  return async () => {
    asking.goesOn = false;
    await all;
    return answers;
  };
}

describe('cards that stay fuller than 95 %', () => {
  it(
    'are relieved by one rung once the running answer has ended, which is logged, counted, shown, and climbed back',
    async () => {
      const bin = await mkdtemp(join(tmpdir(), 'engine-ladder-'));
      scratch.push(bin);
      const used = (first: number): Promise<void> =>
        writeFile(join(bin, 'use.csv'), `0, 24564, ${first}, 0\n1, 24564, 1000, 0\n`);
      await used(1_000);
      await writeFile(join(bin, 'nvidia-smi'), `#!/bin/sh\ncat ${join(bin, 'use.csv')}\n`);
      await chmod(join(bin, 'nvidia-smi'), 0o755);
      const host = await ready({
        starts: [{ startMs: 200, tokenMs: 100 }],
        environment: {
          PATH: `${bin}:${process.env['PATH']}`,
          ENGINE_MEMORY_SECONDS: '1',
          ENGINE_DRAIN_SECONDS: '60',
        },
      });
      await used(23_900);
      const running = ask(host, 200);
      const draining = await until(async () => {
        const seen = await host.status();
        return seen.state === 'draining' && seen;
      }, SOON_MS);
      expect(draining.reason).toContain('memory was 97 % full for too long');
      await host.hurryAnswers();
      expect(isLost(await running)).toBe(false);
      await until(async () => (await host.status()).rung === 1, SOON_MS);
      await used(1_000);
      const lowered = await host.reached('ready', SOON_MS);
      expect(lowered).toMatchObject({ rung: 1, rungs: [{ step: 'utilization' }], climb: 'quiet' });
      expect(lowered.inForce).toEqual(['utilization 0.85, context 32768']);
      const metrics = async (): Promise<string> => (await fetch(`${host.url}/metrics`)).text();
      expect(await metrics()).toMatch(/lorekeep_engine_rungs_total\{[^}]*\} 1\n/);
      expect(await metrics()).toMatch(/lorekeep_engine_rung\{[^}]*\} 1\n/);
      const climbed = await until(async () => {
        const seen = await host.status();
        return seen.rung === 0 && seen.state === 'ready' && seen;
      }, SOON_MS);
      expect(climbed).toMatchObject({ inForce: [], climb: null, plan: { utilization: 0.9 } });
      expect(await metrics()).toMatch(/lorekeep_engine_rung\{[^}]*\} 0\n/);
      expect(await host.log()).toMatch(
        /97 % full.*one rung down: utilization 0\.85.*one rung up, to rung 0/s,
      );
    },
    LONG_MS,
  );
});

describe('a lowered instance under steady load', () => {
  it(
    'climbs back beside itself where both fit, and no answer is lost',
    async () => {
      const host = await ready({
        starts: starts(0.19),
        environment: { ENGINE_GPUS: '2x141GiB', ENGINE_UTILIZATION: '0.2' },
      });
      expect((await host.status()).rung).toBe(1);
      const stop = callers(host);
      await until(async () => {
        const seen = await instances(host);
        return seen.length === 1 && seen[0]?.rung === 0 && seen[0].state === 'ready';
      }, SOON_MS);
      const answers = await stop();
      expect(answers.length).toBeGreaterThan(4);
      expect(answers.filter(isLost)).toEqual([]);
      expect((await host.status()).rungs.map(({ step }) => step)).toEqual(['utilization', 'up']);
    },
    LONG_MS,
  );

  it(
    'climbs back while another replica answers, and no answer is lost',
    async () => {
      const host = await ready({ starts: starts(0.86), environment: { ENGINE_REPLICAS: '2' } });
      expect((await instances(host)).map(({ rung }) => rung).sort()).toEqual([0, 1]);
      const stop = callers(host);
      await until(async () => {
        const seen = await instances(host);
        return seen.every(({ rung, state }) => rung === 0 && state === 'ready');
      }, SOON_MS);
      expect((await stop()).filter(isLost)).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'alone says that it waits, and climbs when an operator asks, after the running answers',
    async () => {
      const host = await ready({ starts: starts(0.86) });
      const stop = callers(host);
      await until(async () => (await host.status()).climb === 'waiting', SOON_MS);
      expect(await host.log()).toContain('never idle: it waits');
      expect(await host.status()).toMatchObject({ rung: 1, state: 'ready', restarts: 1 });
      expect((await host.post('/engine/climb')).status).toBe(202);
      await until(async () => {
        const seen = await host.status();
        return seen.rung === 0 && seen.state === 'ready';
      }, SOON_MS);
      const answers = await stop();
      // Gateways quote meanwhile: nobody was promised an answer.
      expect(answers.filter(({ status }) => status !== 503).filter(isLost)).toEqual([]);
      expect((await host.post('/engine/climb')).status).toBe(409);
    },
    LONG_MS,
  );
});
