import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const ROOT = process.cwd();
const CLI = join(ROOT, 'apps/cli/bin/lorekeep.mjs');

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The engine's commands that need neither a GPU nor a database, as an operator types them. */
describe('lorekeep engine', () => {
  let folder: string;
  beforeAll(() => {
    mkdirSync(join(ROOT, '.lorekeep'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.lorekeep', 'engine-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (
    words: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    onStart: (child: ChildProcess) => void = () => undefined,
  ): Promise<Finished> => {
    const child = spawn(process.execPath, [CLI, 'engine', ...words], {
      // No database, no folder of data, and nothing on the path.
      env: {
        PATH: folder,
        DATA_DIR: join(folder, 'data'),
        ENGINE_MODELS: join(folder, 'models'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onStart(child);
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...text };
  };

  describe('plan', () => {
    it('prints the plan, the memory, the reasons and the command of the reference host', async () => {
      const { code, out, err } = await run(['plan', '--model', 'gpt-oss-20b', '--gpus', '2x24564MiB']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/gpt-oss-20b: cards 0, 1, tensor parallelism 2, utilisation 0\.9/);
      expect(out).toMatch(/weights +7\.\d\d\n/);
      expect(out).toMatch(/NCCL_P2P_DISABLE=1 \\\n/);
      expect(out).toMatch(/ {2}--disable-custom-all-reduce \\\n/);
      expect(existsSync(join(folder, 'data'))).toBe(false);
    });

    it('is JSON for machines, with the wishes in it', async () => {
      const { code, out } = await run([
        ...['plan', '--model', 'gpt-oss-20b', 'llama-3.1-8b', '--gpus', '2x80GiB@9.0', '--p2p', '--json'],
        ...['--context', '16384', '--sequences', '16', '--first-port', '9100'],
      ]);
      expect(code).toBe(0);
      const plan = JSON.parse(out) as { instances: { command: string[] }[]; reasons: string[] };
      expect(plan.instances).toMatchObject([
        { id: 'gpt-oss-20b', gpus: [0, 1], context: 16_384, sequences: 16, port: 9100 },
        { id: 'llama-3.1-8b', gpus: [0, 1], context: 16_384, sequences: 16, port: 9101 },
      ]);
      expect(plan.instances[0]?.command).not.toContain('--disable-custom-all-reduce');
      const replicas = await run([
        'plan',
        '--model',
        'gpt-oss-20b',
        '--gpus',
        '2x24564MiB',
        '--replicas',
        '2',
        '--json',
      ]);
      expect(JSON.parse(replicas.out)).toMatchObject({ instances: [{ gpus: [0] }, { gpus: [1] }] });
    });

    it('is the plan of the engine host where only its settings are given', async () => {
      const { out } = await run(['plan', '--json', '--context', '8192'], {
        ENGINE_MODEL_IDS: 'gpt-oss-20b',
        ENGINE_GPUS: '2x24564MiB',
        ENGINE_CONTEXT: '4096',
        ENGINE_SEQUENCES: '4',
        ENGINE_VLLM_PROGRAM: '/opt/vllm',
      });
      const plan = JSON.parse(out) as { instances: { command: string[] }[] };
      expect(plan.instances).toMatchObject([{ context: 8192, sequences: 4, gpus: [0, 1] }]);
      expect(plan.instances[0]?.command[0]).toBe('/opt/vllm');
    });

    it('refuses what cannot work with the arithmetic, exit code 1', async () => {
      const words = ['plan', '--model', 'llama-3.1-8b', '--gpus', '24564MiB', '--context', '131072'];
      const { code, out, err } = await run(words);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(
        /needs 16\.00 GiB of KV cache a card, and \d+\.\d\d GiB is there\. A context of [\d,]+ tokens/,
      );
      const json = await run([...words, '--json']);
      expect(JSON.parse(json.out)).toMatchObject({ refused: { code: 'NO_ROOM_FOR_CONTEXT' } });
    });

    it.each([
      [['plan', '--gpus', '2x24564MiB'], 2, /--model/],
      [['plan', '--model', 'gpt-oss-20b', '--gpus', '2x24GB'], 2, /needs MiB or GiB/],
      [
        ['plan', '--model', 'gpt-oss-20b', '--gpus', '2x24GiB', '--context', 'long'],
        2,
        /--context must be a number/,
      ],
      [['plan', '--model', 'gpt-oss-20b', '--gpus', '2x24GiB', '--placement', 'x'], 2, /shared or apart/],
      [['plan', '--model', 'nope', '--gpus', '2x24GiB'], 1, /no model "nope" .*gpt-oss-20b, llama-3\.1-8b/],
      [['plan', '--model', 'gpt-oss-20b'], 1, /no nvidia-smi here.*--gpus/],
    ])('%j', async (words, code, sentence) => {
      const finished = await run(words);
      expect(finished).toMatchObject({ code, out: '', err: expect.stringMatching(sentence) });
      expect(finished.err).not.toMatch(/ at .*\.js/);
    });

    it('asks nvidia-smi where no cards are given', async () => {
      const card = (index: number): string =>
        `${index}, GPU-${index}, NVIDIA GeForce RTX 4090 D, 24564, 20, 8.9, 550.1, 354, [N/A], [N/A]`;
      const script = `#!/bin/sh\nif [ "$1" = topo ]; then printf ' \\tGPU0\\tGPU1\\n GPU0\\tX\\tCNS\\n GPU1\\tCNS\\tX\\n'; else printf '${card(0)}\\n${card(1)}\\n'; fi\n`;
      writeFileSync(join(folder, 'nvidia-smi'), script);
      chmodSync(join(folder, 'nvidia-smi'), 0o755);
      const { code, out } = await run(['plan', '--model', 'gpt-oss-20b', '--json']);
      rmSync(join(folder, 'nvidia-smi'));
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ instances: [{ tensorParallel: 2 }] });
      expect(out).toContain('--disable-custom-all-reduce');
    });

    it("takes models of the operator's catalogue, and names what is wrong in it", async () => {
      const catalogue = join(folder, 'models.json');
      const environment = { ENGINE_CATALOGUE: catalogue };
      const words = ['plan', '--model', 'gpt-oss-20b', '--gpus', '2x24GiB'];
      writeFileSync(catalogue, JSON.stringify({ models: [{ id: 'gpt-oss-20b', folder: '/data/oss' }] }));
      expect((await run(words, environment)).out).toContain('vllm serve /data/oss \\');
      writeFileSync(
        catalogue,
        JSON.stringify({ models: [{ id: 'gpt-oss-20b', context: { default: 1, max: 0 } }] }),
      );
      expect(await run(words, environment)).toMatchObject({
        code: 1,
        err: expect.stringContaining('model gpt-oss-20b: context.max'),
      });
    });
  });

  describe('fetch and verify', () => {
    const weights = randomBytes(100_000);
    let server: Server;
    let url: string;
    let halting = false;
    const asked: string[] = [];
    beforeAll(async () => {
      const sum = createHash('sha256').update(weights).digest('hex');
      const files: Record<string, Buffer> = {
        '/gpt-oss-20b/SHA256SUMS': Buffer.from(`${sum}  model.safetensors\n`),
        '/gpt-oss-20b/model.safetensors': weights,
        '/llama-3.1-8b/SHA256SUMS': Buffer.from(`${sum}  model.safetensors\n`),
        '/llama-3.1-8b/model.safetensors': weights,
      };
      server = createServer((request, response) => {
        const content = files[request.url ?? ''];
        const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
        asked.push(`${request.method} ${request.url} ${from}`);
        if (from > 0)
          response.setHeader('content-range', `bytes ${from}-${weights.length - 1}/${weights.length}`);
        response.writeHead(
          content ? (from > 0 ? 206 : 200) : 404,
          content && { 'content-length': content.length - from },
        );
        if (request.method === 'HEAD' || !content) response.end();
        else if (halting && content === weights) response.write(content.subarray(from, 40_000));
        else response.end(content.subarray(from));
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    it('brings the weights, finds them right, and names a damaged file', async () => {
      const place = join(folder, 'models', 'llama-3.1-8b');
      expect((await run(['verify', 'llama-3.1-8b'])).err).toMatch(/sums of llama-3\.1-8b are not known/);
      const fetched = await run(['fetch', 'llama-3.1-8b', '--from', url]);
      expect(fetched).toMatchObject({
        code: 0,
        out: expect.stringMatching(/1 files, .* 1 were fetched, all are right/),
      });
      expect(readFileSync(join(place, 'model.safetensors')).equals(weights)).toBe(true);
      expect(readdirSync(place).sort()).toEqual(['.verified.json', 'SHA256SUMS', 'model.safetensors']);
      expect(JSON.parse((await run(['verify', 'llama-3.1-8b', '--json'])).out)).toMatchObject({
        state: 'verified',
        read: 0,
      });
      writeFileSync(join(place, 'model.safetensors'), randomBytes(100_000));
      const damaged = await run(['verify', 'llama-3.1-8b']);
      expect(damaged).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/model\.safetensors is not what its SHA-256/),
      });
      const repaired = await run(['fetch', 'llama-3.1-8b', '--from', url, '--json']);
      expect(JSON.parse(repaired.out)).toMatchObject({ model: 'llama-3.1-8b', fetched: 1 });
      expect((await run(['verify', 'llama-3.1-8b', '--thorough'])).code).toBe(0);
    });

    it('goes on where a killed or interrupted fetch ended, and never shows half a file', async () => {
      const place = join(folder, 'models', 'gpt-oss-20b');
      const part = join(place, 'model.safetensors.part');
      halting = true;
      for (const [signal, code] of [
        ['SIGKILL', null],
        ['SIGINT', 130],
      ] as const) {
        const before = asked.length;
        const isReading = (): boolean =>
          asked.slice(before).some((line) => line.startsWith('GET /gpt-oss-20b/model')) &&
          existsSync(part) &&
          statSync(part).size === 40_000;
        const finished = run(['fetch', 'gpt-oss-20b', '--from', url], {}, (child) => {
          const timer = setInterval(() => {
            if (!isReading()) return;
            clearInterval(timer);
            child.kill(signal);
          }, 50);
          child.once('exit', () => clearInterval(timer));
        });
        expect((await finished).code).toBe(code);
        expect(readdirSync(place)).not.toContain('model.safetensors');
        expect(statSync(part).size).toBe(40_000);
      }
      halting = false;
      expect(await run(['fetch', 'gpt-oss-20b', '--from', url])).toMatchObject({ code: 0 });
      expect(asked.at(-1)).toBe('GET /gpt-oss-20b/model.safetensors 40000');
      expect(readFileSync(join(place, 'model.safetensors')).equals(weights)).toBe(true);
      expect(readdirSync(place).sort()).toEqual(['.verified.json', 'SHA256SUMS', 'model.safetensors']);
    });

    it('says in a sentence what it cannot fetch', async () => {
      const missing = await run(['fetch', 'gpt-oss-20b', '--from', `${url}/elsewhere`]);
      expect(missing).toMatchObject({ code: 1, out: '', err: expect.stringContaining('has no gpt-oss-20b') });
      const nowhere = await run(['fetch', 'gpt-oss-20b', '--from', join(folder, 'nowhere')]);
      expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('holds no gpt-oss-20b') });
    });
  });
});
