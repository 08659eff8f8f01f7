import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isRunning, startTestEngine, type Seen, type TestEngine } from '../support/engine-host.js';
import { until } from '../support/until.js';

let engine: TestEngine | undefined;
let scratch: string;
const asking = { goesOn: false };
/** The operator's catalogue: what is written to it counts with the next command. */
let catalogue: string;
const MODEL = 'gpt-oss-20b';
const LONG_MS = 180_000;
const READY_MS = 60_000;
/** Room for two, one beside the other. */
const ROOM = { ENGINE_GPUS: '2x141GiB', ENGINE_UTILIZATION: '0.2', ENGINE_DRAIN_SECONDS: '20' };

const describeAs = (more: object): Promise<void> =>
  writeFile(catalogue, JSON.stringify({ models: [{ id: MODEL, ...more }] }));
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'engine-replace-'));
  catalogue = join(scratch, 'catalogue.json');
  await describeAs({});
});
afterEach(async () => {
  asking.goesOn = false;
  await engine?.remove();
  engine = undefined;
  await rm(scratch, { recursive: true, force: true });
});

async function ready(environment: Record<string, string> = {}): Promise<TestEngine> {
  engine = await startTestEngine({
    starts: [{ startMs: 300, tokenMs: 20 }],
    environment: { ENGINE_CATALOGUE: catalogue, ...ROOM, ...environment },
  });
  await engine.reached('ready');
  return engine;
}
interface Status {
  instances: (Seen & { id: string; model: string })[];
  changing: boolean;
}
const status = async (host: TestEngine): Promise<Status> =>
  (await (await fetch(`${host.url}/engine/status`)).json()) as Status;
const settled = (host: TestEngine): Promise<Status> =>
  until(async () => {
    const now = await status(host);
    return !now.changing && now;
  }, READY_MS);
const setModels = async (host: TestEngine, ...models: string[]): Promise<number> =>
  (await host.post('/engine/models', { models })).status;
const ask = async (host: TestEngine, model = MODEL, words = 20): Promise<string> => {
  const messages = [{ role: 'user', content: `Hello ${'word '.repeat(words)}?` }];
  return (await host.post('/v1/chat/completions', { model, stream: true, messages })).text();
};
const WHOLE = /"finish_reason":"stop".*data: \[DONE\]\n\n$/s;

/** Four callers who ask again and again; what they got, once told to stop. */
function callers(host: TestEngine): () => Promise<string[]> {
  const texts: string[] = [];
  asking.goesOn = true;
  const one = async (): Promise<void> => {
    while (asking.goesOn) texts.push(await ask(host).catch((error: unknown) => String(error)));
  };
  const all = Promise.all([one(), one(), one(), one()]);
  return async () => {
    asking.goesOn = false;
    await all;
    return texts;
  };
}

describe('a model that is replaced under its own name', () => {
  it(
    'by another description or other weights starts beside the old one, and no answer is lost; by the same, stays',
    async () => {
      const host = await ready();
      const [first] = (await status(host)).instances;
      const stop = callers(host);
      expect(await setModels(host, MODEL)).toBe(202);
      expect((await settled(host)).instances).toMatchObject([{ id: MODEL, pid: first?.pid }]);

      await describeAs({ title: 'Described anew' });
      expect(await setModels(host, MODEL)).toBe(202);
      const described = (await settled(host)).instances;
      expect(described).toMatchObject([{ id: `${MODEL}@2`, model: MODEL, state: 'ready' }]);
      expect(await isRunning(first?.pid ?? 0)).toBe(false);

      await writeFile(join(host.folder, 'models', MODEL, 'model.safetensors'), 'other weights');
      expect(await setModels(host, MODEL)).toBe(202);
      expect((await settled(host)).instances).toMatchObject([{ id: MODEL, model: MODEL, state: 'ready' }]);
      const texts = await stop();
      expect(texts.length).toBeGreaterThan(8);
      expect(texts.filter((text) => !WHOLE.test(text))).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'by one that does not start goes on, and the next command tries again',
    async () => {
      const host = await ready();
      const [first] = (await status(host)).instances;
      await writeFile(catalogue, 'no JSON');
      const unread = await host.post('/engine/models', { models: [MODEL] });
      expect([unread.status, await unread.json()]).toEqual([
        409,
        { code: 'CATALOGUE', sentences: [expect.stringContaining('is not JSON')] },
      ]);
      await describeAs({ vllm: { arguments: ['--no-such-flag'] } });
      expect(await setModels(host, MODEL)).toBe(202);
      expect((await settled(host)).instances).toMatchObject([
        { id: MODEL, state: 'ready', pid: first?.pid },
        { id: `${MODEL}@2`, state: 'failed', reason: expect.stringContaining('--no-such-flag') },
      ]);
      expect(await ask(host)).toMatch(WHOLE);
      await describeAs({ title: 'Mended' });
      expect(await setModels(host, MODEL)).toBe(202);
      expect((await settled(host)).instances).toMatchObject([{ id: `${MODEL}@2`, state: 'ready' }]);
    },
    LONG_MS,
  );

  it(
    'where both do not fit ends what it answers first',
    async () => {
      const host = await ready({ ENGINE_GPUS: '2x24564MiB', ENGINE_UTILIZATION: '0' });
      // Some ten seconds, twice as fast as it may take to end.
      const running = ask(host, MODEL, 400);
      await until(async () => (await host.status()).running === 1);
      await describeAs({ title: 'Described anew' });
      expect(await setModels(host, MODEL)).toBe(202);
      expect(await running).toMatch(WHOLE);
      expect((await settled(host)).instances).toMatchObject([{ id: MODEL }]);
      await host.reached('ready');
    },
    LONG_MS,
  );
});

describe('one model of several', () => {
  it(
    'is stopped and started by its name while the other answers',
    async () => {
      const other = 'llama-3.1-8b';
      const host = await ready({ ENGINE_MODEL_IDS: `${MODEL},${other}`, ENGINE_UTILIZATION: '0.8' });
      expect((await host.post('/engine/drain', { instance: other })).status).toBe(200);
      const states = async () => (await status(host)).instances.map(({ model, state }) => [model, state]);
      expect(await states()).toEqual([
        [MODEL, 'ready'],
        [other, 'stopped'],
      ]);
      expect(await ask(host)).toMatch(WHOLE);
      expect((await host.post('/engine/start', { instance: other })).status).toBe(200);
      await host.reached('ready');
      expect(await ask(host, other)).toMatch(WHOLE);
      expect((await host.post('/engine/start', { instance: 'nope' })).status).toBe(404);
    },
    LONG_MS,
  );
});

describe('a host that was killed', () => {
  it(
    'beside whose model another ran leaves nothing to the next host that has neither',
    async () => {
      const first = await ready();
      await describeAs({ title: 'Described anew' });
      await setModels(first, MODEL);
      const [replaced] = (await settled(first)).instances;
      await first.end('SIGKILL');
      engine = await startTestEngine({
        folder: first.folder,
        environment: { ...ROOM, ENGINE_MODEL_IDS: 'llama-3.1-8b' },
      });
      await engine.reached('ready');
      expect(await isRunning(replaced?.pid ?? 0)).toBe(false);
    },
    LONG_MS,
  );
});
