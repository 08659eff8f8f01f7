import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/engine-host.js';
import { until } from '../support/until.js';

const ROOT = process.cwd();
const LONG_MS = 180_000;

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What an operator of a GPU host does; vLLM is the fake one. */
describe('lorekeep engine', () => {
  let dataDir: string;
  let environment: Record<string, string | undefined>;
  let port: number;

  beforeAll(async () => {
    mkdirSync(join(ROOT, '.lorekeep'), { recursive: true });
    dataDir = mkdtempSync(join(ROOT, '.lorekeep', 'engine-cli-'));
    const models = join(dataDir, 'models');
    mkdirSync(join(models, 'gpt-oss-20b'), { recursive: true });
    writeFileSync(join(models, 'gpt-oss-20b', 'config.json'), '{}');
    writeFileSync(join(dataDir, 'steer.json'), JSON.stringify({ starts: [{ startMs: 5_000 }] }));
    port = await freePort();
    environment = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATA_DIR: dataDir,
      VLLM_FAKE_STEER: join(dataDir, 'steer.json'),
      ENGINE_LISTEN: `127.0.0.1:${port}`,
      ENGINE_FIRST_PORT: String(await freePort()),
      ENGINE_MODELS: models,
      ENGINE_VLLM_PROGRAM: join(ROOT, 'test/support/fake-vllm/vllm'),
      ENGINE_GPUS: '2x24564MiB',
      ENGINE_DRAIN_SECONDS: '1',
    };
  });
  afterAll(async () => {
    await run('stop');
    rmSync(dataDir, { recursive: true, force: true });
  }, LONG_MS);

  async function run(...words: string[]): Promise<Finished> {
    return runWith({}, ...words);
  }

  async function runWith(more: Record<string, string>, ...words: string[]): Promise<Finished> {
    const child = spawn(process.execPath, [join(ROOT, 'apps/cli/bin/lorekeep.mjs'), 'engine', ...words], {
      env: { ...environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    // The engine host of a detached start holds none of these: exit is the end.
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  }

  it('plans for several models by commas, and tells wrong use from what does not fit by exit code', async () => {
    const models = 'gpt-oss-20b,llama-3.1-8b';
    expect(await run('plan', '--model', models, '--gpus', '2x24564MiB')).toMatchObject({
      code: 0,
      out: expect.stringContaining('llama-3.1-8b'),
    });
    for (const wrong of [
      ['--model', 'nope'],
      ['--model', 'gpt-oss-20b', '--gpus', 'nonsense'],
    ])
      expect((await run('plan', ...wrong)).code).toBe(2);
    const small = await run('plan', '--model', 'gpt-oss-20b', '--gpus', '2x1GiB');
    expect(small).toMatchObject({ code: 1, out: '' });
    expect(small.err).toMatch(/nothing is left for it of/);
    expect(small.err).not.toMatch(/and 0 of/);
  });

  it(
    'says in one sentence what is missing',
    async () => {
      const none = await runWith({ ENGINE_GPUS: '', PATH: '/nowhere' }, 'start', '--model', 'gpt-oss-20b');
      expect(none).toMatchObject({ code: 1, out: '' });
      expect(none.err).toMatch(/There is no nvidia-smi here/);
      for (const command of ['plan', 'start'])
        expect((await runWith({ ENGINE_GPUS: '2xfoo' }, command, '--model', 'gpt-oss-20b')).err).toMatch(
          /configuration is not valid:\s+ENGINE_GPUS: must be like 2x24564MiB/,
        );
      expect((await run('start')).err).toMatch(/No model is named: --model gpt-oss-20b/);
      expect((await run('start', '--model', 'nope')).err).toMatch(
        /The catalogue has no nope; it has gpt-oss-20b/,
      );
      expect((await run('start', '--model', 'llama-3.1-8b')).err).toMatch(
        /There are no weights of llama-3\.1-8b/,
      );
      const program = await runWith(
        { ENGINE_VLLM_PROGRAM: '/nowhere/vllm' },
        'start',
        '--model',
        'gpt-oss-20b',
      );
      expect(program.err).toMatch(/The program of vLLM was not found/);
      expect(await run('status')).toMatchObject({ code: 1, out: 'stopped\n' });
      expect((await run('logs')).err).toMatch(/No engine host runs/);
      expect(await run('stop')).toMatchObject({ code: 0 });
    },
    LONG_MS,
  );

  it(
    'starts with progress, shows its state, and ends leaving nothing behind',
    async () => {
      const started = await run('start', '--model', 'gpt-oss-20b', '--detach');
      expect(started.code).toBe(0);
      const percents = [...started.err.matchAll(/, (\d+) % \(/g)].map(([, percent]) => Number(percent));
      expect(percents.length).toBeGreaterThan(3);
      expect(percents).toEqual([...percents].sort((a, b) => a - b));
      expect(started.err).toMatch(/about \d+ s left/);
      expect(started.err).toMatch(/gpt-oss-20b: ready/);

      const status = await run('status');
      expect(status).toMatchObject({ code: 0 });
      expect(status.out).toMatch(
        /^gpt-oss-20b: ready \(cards 0, 1; context 32768; .*KV cache 604,114 tokens/,
      );
      expect(status.out).toContain('weights unchecked');
      expect(status.err).toMatch(/weights of gpt-oss-20b were not checked.* verify gpt-oss-20b --record/);
      const json = JSON.parse((await run('status', '--json')).out) as { instances: { pid: number }[] };
      const answered = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({ model: 'gpt-oss-20b', messages: [{ role: 'user', content: 'Hello?' }] }),
      });
      expect(answered.status).toBe(200);
      expect((await run('logs')).out).toMatch(/gpt-oss-20b Worker_TP0: memory: weights 6\.65 GiB/);
      expect((await run('start')).err).toMatch(/runs already/);

      expect(await run('stop')).toMatchObject({ code: 0 });
      const pid = json.instances[0]?.pid ?? 0;
      expect(pid).toBeGreaterThan(1);
      expect(() => readFileSync(`/proc/${pid}/stat`)).toThrow();
      expect(await run('status')).toMatchObject({ code: 1, out: 'stopped\n' });
    },
    LONG_MS,
  );

  it(
    'starts only weights whose sums are known where that is required, and says how to get them',
    async () => {
      const strict = { ENGINE_REQUIRE_SUMS: 'true' };
      const start = ['start', '--model', 'gpt-oss-20b'];
      const refused = await runWith(strict, ...start);
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.err).toMatch(/sums of gpt-oss-20b are not known.* verify gpt-oss-20b --record/);
      expect(await run('verify', 'gpt-oss-20b', '--record')).toMatchObject({ code: 0 });
      const foreground = runWith(strict, ...start);
      await until(async () => (await run('status')).out.includes('ready'), LONG_MS);
      const status = await run('status');
      expect([status.code, status.err]).toEqual([0, '']);
      expect(status.out).not.toContain('unchecked');
      expect(await run('stop')).toMatchObject({ code: 0 });
      const { code, err } = await foreground;
      expect([code, err.trimEnd().split('\n').at(-1)]).toEqual([0, 'The engine host was asked to end.']);
    },
    LONG_MS,
  );

  it(
    'a start that somebody else ends says so, without the log of the host',
    async () => {
      writeFileSync(join(dataDir, 'slow.json'), JSON.stringify({ starts: [{ startMs: 240_000 }] }));
      const starting = runWith(
        { VLLM_FAKE_STEER: join(dataDir, 'slow.json') },
        ...['start', '--model', 'gpt-oss-20b'],
      );
      await until(async () => (await run('status')).out.includes('starting'), LONG_MS);
      expect(await run('stop')).toMatchObject({ code: 0 });
      const { code, err } = await starting;
      expect([code, err.split('\n').at(-2)]).toEqual([
        1,
        'The engine host was asked to end while it started.',
      ]);
    },
    LONG_MS,
  );
});
