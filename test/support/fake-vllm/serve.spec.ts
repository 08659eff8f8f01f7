import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../engine-host.js';
import { until } from '../until.js';

// As recorded from vLLM 0.26.0, in this order.
const LINES = [
  /version 0\.26\.0/,
  /non-default args: /,
  /Initializing a V1 LLM engine/,
  /world_size=2 rank=0/,
  /Starting to load model/,
  /Loading safetensors checkpoint shards: 100% Completed \| 3\/3/,
  /Model loading took 6\.65 GiB/,
  /torch\.compile took/,
  /Available KV cache memory: 13\.84 GiB/,
  /GPU KV cache size: 604,114 tokens/,
  /Capturing CUDA graphs \(mixed prefill-decode, PIECEWISE\): 100%/,
  /Graph capturing finished in/,
  /init engine \(profile, create kv cache, warmup model\) took/,
  /Starting vLLM server on http:\/\/127\.0\.0\.1:/,
  /Application startup complete\./,
];
const COMPLETION =
  'id object created model choices service_tier system_fingerprint usage kv_transfer_params ec_transfer_params metrics';
const CHOICE =
  'index text logprobs finish_reason stop_reason token_ids prompt_logprobs prompt_token_ids routed_experts';

describe('the fake vllm serve', () => {
  let folder: string;
  let port: number;
  let child: ChildProcess | undefined;
  let output: string;
  /** What came by stdout, and by stderr. */
  let pipes: [string, string];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fake-vllm-'));
    port = await freePort();
  });
  afterEach(async () => {
    if (child && child.exitCode === null) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function serve(start: Record<string, unknown>, ...flags: string[]): Promise<number | null> {
    const steer = join(folder, 'steer.json');
    writeFileSync(steer, JSON.stringify({ starts: [start] }));
    output = '';
    pipes = ['', ''];
    const args = [
      'serve',
      '/models/m',
      '--served-model-name',
      'm',
      '--host',
      '127.0.0.1',
      '--port',
      `${port}`,
    ];
    const started = spawn(
      join(process.cwd(), 'test/support/fake-vllm/vllm'),
      [...args, '--tensor-parallel-size', '2', ...flags],
      { env: { PATH: process.env['PATH'], VLLM_FAKE_STEER: steer, VLLM_API_KEY: 'k' } },
    );
    child = started;
    for (const pipe of [0, 1] as const)
      [started.stdout, started.stderr][pipe]?.on('data', (data: Buffer) => {
        output += data.toString();
        pipes[pipe] += data.toString();
      });
    return new Promise((done) => started.once('close', done));
  }
  const health = (): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      ({ status }) => status,
      () => 0,
    );
  const ready = (): Promise<boolean> => until(async () => (await health()) === 200);
  /** A process takes its title a moment after it was started. */
  const pidOf = (title: string): Promise<number> => until(async () => Number(findChild(title) ?? 0) || null);
  function findChild(title: string): string | undefined {
    return readdirSync('/proc').find((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return parent === child?.pid && readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith(title);
      } catch {
        return false;
      }
    });
  }

  it('says the recorded lines in their order and refuses connections until the last', async () => {
    const begun = performance.now();
    const ended = serve({ startMs: 800 });
    await ready();
    // However slow this machine is: it cannot have answered before it was ready.
    expect(performance.now() - begun).toBeGreaterThan(700);
    await until(async () => output.includes('Application startup complete.'));
    const at = LINES.map((line) => output.search(line));
    expect(at).not.toContain(-1);
    // Two pipes, of which either may be read first.
    for (const pipe of pipes) {
      const order = LINES.map((line) => pipe.search(line)).filter((place) => place >= 0);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
    child?.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('completes a text with the recorded fields, behind its key', async () => {
    void serve({});
    await ready();
    const ask = (key: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/v1/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ model: 'm', prompt: 'hello', max_tokens: 5, temperature: 0 }),
      });
    expect((await ask('wrong')).status).toBe(401);
    const body = (await (await ask('k')).json()) as { choices: { text: string; finish_reason: string }[] };
    expect(Object.keys(body).join(' ')).toBe(COMPLETION);
    expect(Object.keys(body.choices[0] ?? {}).join(' ')).toBe(CHOICE);
    expect(body.choices[0]).toMatchObject({ text: 'one two three four five', finish_reason: 'length' });
  });

  it.each([
    ['bad-flag', 2, /main\.py: error: unrecognized arguments/],
    ['out-of-memory', 1, /torch\.OutOfMemoryError: CUDA out of memory/],
    ['free-memory', 1, /Free memory on device cuda:0 .* is less than desired/],
    ['no-cache-room', 1, /No available memory for the cache blocks/],
    ['truncated-weights', 1, /SafetensorError/],
    ['missing-model', 1, /HFValidationError/],
  ])('%s ends with %i and its message', async (fail, code, message) => {
    expect(await serve({ fail, startMs: 30 })).toBe(code);
    expect(output).toMatch(message);
  });

  it('knows only real flags', async () => {
    expect(await serve({}, '--swap-space', '4')).toBe(2);
    expect(output).toMatch(/unrecognized arguments: --swap-space/);
  });

  it('whose core is killed says 503 and ends with 0', async () => {
    const ended = serve({ deathScale: 0.2 });
    await ready();
    process.kill(await pidOf('VLLM::EngineCore'), 'SIGKILL');
    await until(async () => (await health()) === 503);
    expect(await ended).toBe(0);
    expect(output).toMatch(/engine core exited unexpectedly.*Finished server process/s);
  });

  it('whose worker is killed stays healthy for as long as recorded, then ends with 0', async () => {
    const ended = serve({ deathScale: 0.1 });
    await ready();
    process.kill(await pidOf('VLLM::Worker_TP1'), 'SIGKILL');
    await until(async () => output.includes('died unexpectedly'));
    expect(await health()).toBe(200);
    expect(await ended).toBe(0);
  });
});
