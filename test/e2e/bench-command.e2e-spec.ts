import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startTestEngine } from '../support/engine-host.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { runBench } from '../support/run-bench.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const ROOT = process.cwd();
const TOKENS = 32;
const TOKEN_MS = 20;
const FIRST_MS = 60;

interface Spread {
  p50: number;
}
interface Level {
  target: string;
  concurrency: number;
  figures: {
    successful: number;
    failed: number;
    failures: Record<string, number>;
    inputTokens: number;
    outputTokens: number;
    peakConcurrent: number;
    goodShare: number;
    ttft: Spread;
    firstContent: Spread;
    tpot: Spread;
    itl: Spread;
    e2el: Spread;
  };
}
interface Report {
  interrupted: boolean;
  routes: { useCases: { useCase: string }[] } | null;
  models: {
    model: string;
    promptTokens: string;
    memoryAtRest: number | null;
    coldStartSeconds: number | null;
    levels: Level[];
    sweep: object | null;
    tasks: { id: string; passed: boolean }[];
    shares: { ttftRatio: number; e2elRatio: number; shareOf100: number }[];
  }[];
}

/** A model server whose pace is known, so that what is measured can be held to it. */
describe('lorekeep bench', () => {
  let folder: string;
  let vllm: FakeVllm;
  beforeAll(async () => {
    mkdirSync(join(ROOT, '.lorekeep'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.lorekeep', 'bench-'));
    vllm = await startFakeVllm(['--model', 'fast', '--model', 'faster']);
  });
  afterEach(() => vllm.reset());
  afterAll(async () => {
    await vllm.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (
    words: readonly string[],
    environment?: NodeJS.ProcessEnv,
    onStart?: (child: ChildProcess) => void,
  ) => runBench(folder, words, environment, onStart);
  const measured = async (...words: string[]): Promise<Report> => {
    const file = join(folder, 'report.json');
    const { code, err } = await run([...words, '--json', file]);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  };
  const pace = (): Promise<void> =>
    vllm.script({
      reasoning: ['so ', 'then '],
      content: Array.from({ length: TOKENS - 2 }, (_, at) => `word${at} `),
      firstTokenMs: FIRST_MS,
      tokenMs: TOKEN_MS,
      finish: 'length',
    });
  const short = ['--output-tokens', String(TOKENS), '--input-tokens', '100', '--rounds', '2'];

  it('tells the pace of a server whose pace is known', async () => {
    await pace();
    const { models } = await measured(
      ...['--direct', vllm.url, '--model', 'fast', ...short],
      ...['--concurrency', '1,4', '--requests', '8', '--goodput', 'ttft:5000,tpot:1000'],
    );
    expect(models).toMatchObject([{ model: 'fast', promptTokens: 'counted' }]);
    const levels = models[0]?.levels ?? [];
    expect(levels.map(({ concurrency }) => concurrency)).toEqual([1, 4]);
    for (const { figures, concurrency } of levels) {
      expect(figures).toMatchObject({ successful: 8, failed: 0, goodShare: 1, peakConcurrent: concurrency });
      expect(figures.outputTokens).toBe(8 * TOKENS);
      expect(figures.inputTokens / 8).toBeCloseTo(100, -0.5);
      // The first chunk carries the role alone, one token's time before the first text.
      expect(figures.ttft.p50).toBeGreaterThan(FIRST_MS + TOKEN_MS - 5);
      // A timer never fires early; on a busy machine it fires late.
      for (const measure of [figures.tpot.p50, figures.itl.p50])
        expect(measure / TOKEN_MS).toBeGreaterThan(0.95);
      expect(figures.firstContent.p50 - figures.ttft.p50).toBeGreaterThan(0);
      expect(figures.e2el.p50).toBeGreaterThan(FIRST_MS + (TOKENS - 1) * TOKEN_MS * 0.95);
    }
  });

  it('asks with the length, never the same prompt twice, and asks for usage', async () => {
    await measured(
      '--direct',
      vllm.url,
      '--model',
      'fast',
      ...short,
      '--requests',
      '4',
      '--concurrency',
      '2',
    );
    const { requests } = await vllm.requests();
    const prompts = requests.map(({ body }) => JSON.stringify(body.messages));
    // A warm-up of two, and four that count.
    expect(new Set(prompts).size).toBe(6);
    for (const { body } of requests)
      expect(body).toMatchObject({
        max_tokens: TOKENS,
        ignore_eos: true,
        stream: true,
        stream_options: { include_usage: true },
      });
  });

  it('compares models side by side, with a sweep, tasks and a report with plots', async () => {
    await vllm.script({
      content: ['Answer: ', '17802'],
      ...{ firstTokenMs: 20, tokenMs: 2, finish: 'stop', usage: { prompt: 100, completion: 2, cached: 0 } },
    });
    const html = join(folder, 'report.html');
    const { models, routes } = await measured(
      ...[
        '--direct',
        vllm.url,
        '--model',
        'fast',
        'faster',
        ...short,
        '--concurrency',
        '2',
        '--requests',
        '4',
      ],
      ...['--sweep', '--sweep-max', '4', '--tasks', '--html', html],
      ...['--goodput', 'ttft:20000,tpot:5000'],
    );
    expect(models.map(({ model }) => model)).toEqual(['fast', 'faster']);
    // Nothing is preferred by these names, and one server answers for both.
    expect(routes?.useCases.map(({ useCase }) => useCase)).toEqual([
      ...['question', 'drafting', 'code', 'creative', 'batch'],
    ]);
    for (const { sweep, tasks } of models) {
      expect(sweep).toMatchObject({ highestStable: 4, atLimit: true, goals: { ttft: 20_000, tpot: 5_000 } });
      expect(sweep).toMatchObject({ inputTokens: 512, outputTokens: 256 });
      expect(tasks.filter(({ passed }) => passed).map(({ id }) => id)).toEqual(['product']);
    }
    const page = readFileSync(html, 'utf8');
    for (const text of ['Models side by side', '1/12', 'Routes by these figures', 'Sweep: output throughput'])
      expect(page).toContain(text);
  });

  it('counts what fails by its kind and goes on', async () => {
    await vllm.fault('server-error');
    await vllm.fault('error-mid-stream', { after: 2 });
    await vllm.fault('abort', { after: 2 });
    const { models } = await measured(
      ...['--direct', vllm.url, '--model', 'fast', ...short],
      ...['--requests', '6', '--concurrency', '1', '--warmup', '0'],
    );
    expect(models[0]?.levels[0]?.figures).toMatchObject({
      successful: 3,
      failed: 3,
      failures: { 'server-error': 1, 'error-event': 1, aborted: 1 },
    });
  });

  it('ends with exit code 130 at Ctrl-C and prints what it has', async () => {
    await pace();
    const started: ChildProcess[] = [];
    const ended = run(
      ['--direct', vllm.url, '--model', 'fast', ...short, '--requests', '400', '--concurrency', '2'],
      {},
      (child) => started.push(child),
    );
    // Two of the warm-up, and some that count; making the prompts takes its time before.
    const answered = async () => (await vllm.requests()).requests.filter(({ endedAt }) => endedAt !== null);
    await until(async () => (await answered()).length > 6, 60_000);
    started[0]?.kill('SIGINT');
    const { code, out } = await ended;
    expect(code).toBe(130);
    expect(out).toMatch(/^2 +direct +[1-9]/m);
    expect(out).toContain('Interrupted: these figures are of what was measured until then.');
  }, 120_000);

  it('says before it measures that a report cannot be written', async () => {
    const { code, out, err } = await run(['--direct', vllm.url, '--html', '/nowhere/bench.html']);
    expect([code, out, err.trim()]).toEqual([1, '', '/nowhere/bench.html cannot be written: ENOENT.']);
    expect((await vllm.requests()).requests).toEqual([]);
  });

  it('says in one sentence what is wrong', async () => {
    const sentence = async (...words: string[]): Promise<string> => {
      const { code, err, out } = await run(words);
      expect(out).toBe('');
      return `${code} ${err.trim()}`;
    };
    expect(await sentence('--direct', 'http://127.0.0.1:9')).toBe(
      '1 direct (http://127.0.0.1:9) cannot be reached: nothing listens there.',
    );
    expect(await sentence('--direct', vllm.url, '--model', 'none')).toBe(
      `1 There is no model none: direct (${vllm.url}) has fast, faster.`,
    );
    expect(await sentence('--direct', 'localhost:8000')).toMatch(
      /^2 --direct must be an http or https address/,
    );
    expect(await sentence()).toMatch(/^2 Say what is measured/);
    expect(await sentence('--direct', vllm.url, '--key-env', 'NO_SUCH')).toMatch(/^2 --key-env NO_SUCH/);
    expect(await sentence('--direct', vllm.url, '--goodput', 'itl:5')).toMatch(/^2 --goodput knows/);
  });

  it('takes memory and cold start from the engine host, and measures through its door', async () => {
    const engine = await startTestEngine();
    try {
      await engine.reached('ready', 30_000);
      const file = join(folder, 'engine.json');
      const { code, out, err } = await run(
        ['--direct', engine.url, ...short, '--concurrency', '2', '--requests', '4', '--json', file],
        { ENGINE_DATA_DIR: join(engine.folder, 'data') },
      );
      expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
      const [model] = (JSON.parse(readFileSync(file, 'utf8')) as Report).models;
      expect(model).toMatchObject({ model: 'gpt-oss-20b', promptTokens: 'counted' });
      // Two cards of 24 GB, most of them in use.
      expect((model?.memoryAtRest ?? 0) / 2 ** 30).toBeGreaterThan(30);
      expect((model?.memoryAtRest ?? 0) / 2 ** 30).toBeLessThan(48);
      expect(model?.coldStartSeconds).toBeGreaterThan(0);
      // No nvidia-smi here: of its memory under load nothing is known.
      expect(out).toMatch(/^gpt-oss-20b +– +\d\d\.\d GiB +\d/m);
      expect(out).not.toContain('The cold start of');
    } finally {
      await engine.remove();
    }
  }, 120_000);

  describe('through a gateway', () => {
    let stack: Stack;
    beforeAll(async () => {
      stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'fast' }, { worker: false });
    }, 120_000);
    afterAll(() => stack.stop());

    it('measures both doors in turns and says what is ours', async () => {
      const { body } = await stack.admin.call('POST', '/api/keys', { name: 'bench', scopes: ['ask'] });
      const { key } = body as { key: string };
      await pace();
      const file = join(folder, 'through.json');
      const { code, out } = await run(
        [
          ...['--direct', vllm.url, '--through', `${stack.url}=lorekeep`, '--key-env', 'BENCH_KEY'],
          ...['--model', 'fast', ...short, '--requests', '8', '--concurrency', '4', '--json', file],
        ],
        { BENCH_KEY: key },
      );
      expect(code).toBe(0);
      const text = readFileSync(file, 'utf8');
      expect(text + out).not.toContain(key);
      const [model] = (JSON.parse(text) as Report).models;
      expect(
        model?.levels.map(({ target, figures }) => [target, figures.successful, figures.failed]),
      ).toEqual([
        ['direct', 8, 0],
        ['lorekeep', 8, 0],
      ]);
      const [share] = model?.shares ?? [];
      expect(share?.ttftRatio).toBeGreaterThan(0);
      expect(share).toMatchObject({ e2elRatio: expect.any(Number), shareOf100: expect.any(Number) });
      expect(out).toContain('What Lorekeep adds');
    });

    it('says that the key is not right', async () => {
      const { code, err } = await run(['--through', stack.url, '--key', 'lk-nothing']);
      expect(code).toBe(1);
      expect(err).toMatch(/^through \(http:\S+\) refuses the key \(401\): give an API key/);
    });
  });
});
