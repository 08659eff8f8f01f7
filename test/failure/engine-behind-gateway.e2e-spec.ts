import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Asked } from '../support/client.js';
import { startTestEngine, type TestEngine } from '../support/engine-host.js';
import { readAlong } from '../support/read-along.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const KEY = 'a-key-for-hosts-of-32-characters-and-more';
const QUESTION = 'How many days of annual leave do I get?';
const LEAVE = '# Leave\n\n## Annual leave\n\nEvery employee gets 27 days of annual leave a year.\n';
const LONG_QUESTION = `Please describe how a small team could keep the notes of its meetings: who writes them, where
  they are put, how somebody new finds the last decision, when a page is old enough to be thrown away, what belongs into
  a summary for people who were on holiday, and which three rules would help a team that never wrote anything down.`;
const SOON_MS = 60_000;
const LONG_MS = 180_000;
const START = { startMs: 2_000, firstTokenMs: 700, tokenMs: 60 };

describe('an engine host behind the gateway', () => {
  let stack: Stack;
  let engine: TestEngine | undefined;

  beforeAll(async () => {
    stack = await startStack({ INFERENCE_REGISTRATION_KEY: KEY, INFERENCE_WATCH_MS: '200' });
    const made = await stack.admin.call('POST', '/api/collections', { slug: 'h', name: 'Handbook' });
    const { id } = made.body as { id: string };
    const readers = [{ principal: 'everyone', effect: 'allow' }];
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, { readers });
    const uploaded = await stack.admin.upload(id, 'leave.md', LEAVE);
    await stack.admin.settled((uploaded.body as { id: string }).id);
  }, 120_000);
  afterEach(async () => {
    await engine?.remove();
    engine = undefined;
  });
  afterAll(async () => {
    await stack?.stop();
  });

  async function startHost(
    starts: Record<string, unknown>[] = [START],
    more: Record<string, string> = {},
  ): Promise<TestEngine> {
    const environment = {
      ENGINE_GATEWAYS: stack.url,
      ENGINE_REGISTRATION_KEY: KEY,
      ENGINE_STALL_SECONDS: '2',
    };
    return (engine = await startTestEngine({ starts, environment: { ...environment, ...more } }));
  }
  const driverOf = (events: Asked['events']): unknown =>
    events.filter(({ kind }) => kind === 'model').at(-1)?.driver;
  const asked = async () => {
    const { events } = await stack.admin.ask(QUESTION);
    return { driver: driverOf(events), last: events.at(-1) };
  };
  const serving = (): Promise<unknown> =>
    until(async () => (await asked()).driver === 'openai-compatible', SOON_MS);

  it(
    'whose model is replaced where both do not fit ends running answers, quotes meanwhile, and answers again',
    async () => {
      const host = await startHost([START], { ENGINE_DRAIN_SECONDS: '30' });
      await host.reached('ready');
      await serving();
      const running = readAlong(
        stack.admin.raw('POST', '/api/ask', { question: LONG_QUESTION, documents: 'none' }),
      );
      await running.begun;
      const before = (await host.status()).restarts;
      await writeFile(join(host.folder, 'models', 'gpt-oss-20b', 'model.safetensors'), 'other weights');
      expect((await host.post('/engine/models', { models: ['gpt-oss-20b'] })).status).toBe(202);
      const drivers: unknown[] = [];
      await until(async () => {
        const { driver, last } = await asked();
        expect(last).toMatchObject({ kind: 'end', outcome: 'answered' });
        drivers.push(driver);
        if (driver === 'extractive') await host.hurryAnswers();
        return drivers.includes('extractive') && driver === 'openai-compatible';
      }, SOON_MS);
      expect((await running.whole).at(-1)).toMatchObject({ kind: 'end', finishReason: 'stop' });
      expect([before, (await host.status()).restarts, (await host.status()).crashes]).toEqual([0, 0, 0]);
    },
    LONG_MS,
  );

  it(
    'whose worker is stopped is started again, although the gateway gives its questions up before a stall counts',
    async () => {
      const host = await startHost([START], {
        ENGINE_STALL_SECONDS: '8',
        ENGINE_PROBE_SECONDS: '3',
        ENGINE_PROBE_TIMEOUT_SECONDS: '2',
      });
      await host.reached('ready');
      await serving();
      const running = readAlong(
        stack.admin.raw('POST', '/api/ask', { question: LONG_QUESTION, documents: 'none' }),
      );
      await running.begun;
      process.kill(await host.find('VLLM::Worker_TP1'), 'SIGSTOP');
      expect((await running.whole).at(-1)).toMatchObject({ kind: 'error' });
      await until(async () => (await host.status()).crashes === 1, SOON_MS);
      await serving();
    },
    LONG_MS,
  );
});
