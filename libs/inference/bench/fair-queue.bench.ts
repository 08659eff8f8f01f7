/**
 * What one tenant's flood does to another's first token: a stand-in for vLLM with 8 sequences (50 ms to the first
 * token, 40 tokens at 10 ms), one tenant that asks with 64 questions at once all the time, and one that asks now and
 * then. Alone and beside the flood in turns, so that the ratio holds on a shared machine.
 *
 *     node --import ./test/support/typescript.mjs -C lorekeep-source libs/inference/bench/fair-queue.bench.ts [rounds]
 */
import { setMaxListeners } from 'node:events';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { createInference, inferenceConfigSchema, type AnswerRequest, type Inference } from '../src/index.js';
import { startFakeVllm } from '../../../test/support/fake-vllm/start.js';

const [FLOOD, GUEST] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const FLOOD_SIZE = 64;
/** Questions of the guest in one part of a round. */
const QUESTIONS = 60;
/** Milliseconds between two of them. */
const PAUSE = 50;

const request: AnswerRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'How many days of leave do I get?' }],
  passages: [],
  documents: 'none',
  parameters: {},
  task: 'question',
  locale: 'en',
};

async function firstToken(inference: Inference, tenant: string, signal?: AbortSignal): Promise<number> {
  const begun = performance.now();
  let first = NaN;
  const ctx = systemContext(tenant, signal ? { signal } : {});
  const { driver } = await inference.models.choose(ctx, 'm');
  for await (const event of driver.answer(ctx, request))
    if (event.kind === 'text' && Number.isNaN(first)) first = performance.now() - begun;
  return first;
}

/** The guest's first tokens; `lanes`: questions that it has open at once. */
async function askAsGuest(inference: Inference, lanes: number): Promise<number[]> {
  const times: number[] = [];
  const lane = async () => {
    for (let asked = 0; asked < QUESTIONS / lanes; asked++) {
      times.push(await firstToken(inference, GUEST));
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return times;
}

/** Keeps FLOOD_SIZE questions open until the function that it returns is called. */
function flood(inference: Inference): () => Promise<void> {
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  const ask = async () => {
    while (!over.signal.aborted) await firstToken(inference, FLOOD, over.signal).catch(() => undefined);
  };
  const all = Promise.all(Array.from({ length: FLOOD_SIZE }, ask));
  return async () => {
    over.abort();
    await all;
  };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return (
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN) * 10) / 10
  );
}

const rounds = Number(process.argv[2] ?? 3);
const fake = await startFakeVllm(['--model', 'm', '--first-token-ms', '50']);
await fake.script({ reasoning: [], content: Array(40).fill('word '), firstTokenMs: 50, tokenMs: 10 });
const config = loadConfig(inferenceConfigSchema, {
  INFERENCE_URL: fake.url,
  INFERENCE_SALT_SECRET: 'a secret of at least thirty-two characters',
  INFERENCE_SEQUENCES: '8',
});
const inference = createInference(config);
inference.start();
for (const lanes of [1, 2, 4]) {
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(...(await askAsGuest(inference, lanes)));
    const stop = flood(inference);
    await new Promise((resolve) => setTimeout(resolve, 600));
    beside.push(...(await askAsGuest(inference, lanes)));
    await stop();
  }
  const figures = (times: readonly number[]) => ({ p50: quantile(times, 0.5), p95: quantile(times, 0.95) });
  const ratio = quantile(beside, 0.95) / quantile(alone, 0.95);
  const line = {
    lanes,
    alone: figures(alone),
    beside: figures(beside),
    p95Ratio: Math.round(ratio * 100) / 100,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
await inference.close();
await fake.stop();
