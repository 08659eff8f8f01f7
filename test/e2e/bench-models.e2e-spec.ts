import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { runBench, type BenchRun } from '../support/run-bench.js';
import { startStack, type Stack } from '../support/stack.js';

interface Report {
  models: {
    model: string;
    ownEnds: string[];
    levels: { target: string; figures: { successful: number; failures: Record<string, number> } }[];
  }[];
  notes: string[];
}

/** Servers of every task, and one whose format cannot be read past the end of an answer. */
describe('the models that lorekeep bench measures', () => {
  let folder: string;
  let writing: FakeVllm;
  let pooling: FakeVllm;
  let listening: FakeVllm;
  let stack: Stack;

  beforeAll(async () => {
    mkdirSync('.lorekeep', { recursive: true });
    folder = mkdtempSync(join(process.cwd(), '.lorekeep', 'bench-models-'));
    [writing, pooling, listening] = await Promise.all([
      startFakeVllm(['--model', 'gpt-oss-20b', '--model', 'llama-3.1-8b']),
      startFakeVllm(['--model', 'bge-m3', '--runner', 'pooling']),
      startFakeVllm(['--model', 'whisper-large-v3']),
    ]);
    const INFERENCE_URL = [writing, pooling, listening].map(({ url }) => url).join(',');
    stack = await startStack({ INFERENCE_URL }, { worker: false });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await Promise.all([writing, pooling, listening].map((server) => server?.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  const few = ['--requests', '3', '--concurrency', '2', '--rounds', '1', '--input-tokens', '40'];
  const bench = async (...words: string[]): Promise<BenchRun & { report: Report }> => {
    const json = join(folder, 'report.json');
    const run = await runBench(folder, [...words, ...few, '--json', json]);
    return { ...run, report: JSON.parse(readFileSync(json, 'utf8')) as Report };
  };
  const everywhere = () =>
    [writing, pooling, listening].map(({ url }, at) => `${url}=${['words', 'vectors', 'speech'][at]}`);
  const named = ({ models }: Report) => models.map(({ model }) => model);

  it('are those that answer questions, and it says which it leaves out', async () => {
    const { code, err, report } = await bench('--direct', ...everywhere());
    expect(code).toBe(0);
    expect(named(report)).toEqual(['gpt-oss-20b', 'llama-3.1-8b']);
    for (const left of ['bge-m3', 'whisper-large-v3'])
      expect(err).toContain(`${left}: left out, it answers no questions (--model tries it all the same)`);
  }, 120_000);

  it('are those too where a gateway alone is asked', async () => {
    const { body } = await stack.admin.call('POST', '/api/keys', { name: 'bench', scopes: ['ask'] });
    const { code, report } = await bench('--through', stack.url, '--key', (body as { key: string }).key);
    expect(code).toBe(0);
    expect(named(report)).toEqual(expect.arrayContaining(['gpt-oss-20b', 'llama-3.1-8b']));
    for (const left of ['bge-m3', 'whisper-large-v3', 'lorekeep-embedding'])
      expect(named(report)).not.toContain(left);
  }, 120_000);

  it('are always those that are named', async () => {
    const { code, report } = await bench('--direct', pooling.url, '--model', 'bge-m3');
    expect(code).toBe(1);
    expect(report.models[0]?.levels[0]?.figures).toMatchObject({ failures: { 'not-found': 3 } });
    const none = await runBench(folder, ['--direct', pooling.url]);
    expect(none).toMatchObject({ code: 1, out: '' });
    expect(none.err).toContain('None of bge-m3 answers questions; --model tries one all the same.');
  }, 120_000);

  it.each([
    ['the warm-up', []],
    ['a round', ['--warmup', '0']],
  ])(
    'end by themselves where the engine cannot be driven past their end, found out in %s',
    async (_, more) => {
      await writing.reset();
      const { code, err, report } = await bench('--direct', writing.url, '--model', 'gpt-oss-20b', ...more);
      expect(code).toBe(0);
      const [model] = report.models;
      expect(model).toMatchObject({
        ownEnds: ['direct'],
        levels: [{ figures: { successful: 3, failures: {} } }],
      });
      const line = 'gpt-oss-20b: direct fails past the end of an answer; going on without ignore_eos';
      expect(err.split(line)).toHaveLength(2);
      expect(report.notes.join('\n')).toContain('gpt-oss-20b at direct cannot be driven past the end');
      const { requests } = await writing.requests();
      const forced = requests.map(({ body }) => body['ignore_eos'] === true);
      expect(forced.lastIndexOf(true)).toBeLessThan(forced.indexOf(false));
    },
    60_000,
  );
});
