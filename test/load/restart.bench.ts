// How long a model is away when its engine dies, and where that time goes: an engine host as a process of its own with the
// fake vLLM (2 s from its first line to its server), a gateway's inference before it, and one question after another.
// Crashes in turns: engine core killed (exit 0), a worker killed, the server killed.
//
//   node --import ./test/support/typescript.mjs -C lorekeep-source test/load/restart.bench.ts [--rounds 5]
//
// Medians in milliseconds since the kill. The host logs with the wall clock, so that it must not be set meanwhile.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createInference, InferenceFault, inferenceConfigSchema, type Inference } from '@lorekeep/inference';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { startTestEngine, type TestEngine } from '../support/engine-host.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const TENANT = '11111111-1111-4111-8111-111111111111';
const MODEL = 'gpt-oss-20b';
const START_MS = 2_000;
const PAUSE_MS = 50;
const WITHIN_MS = 60_000;
/** The host's own defaults, but for the waits: each crash of this run is a first one. */
const HOST = { ENGINE_LOOK_SECONDS: '1', ENGINE_QUIET_SECONDS: '1', ENGINE_BACKOFF_MAX_SECONDS: '1' };
const VICTIMS = ['VLLM::EngineCore', 'VLLM::Worker_TP1', 'vllm serve'] as const;
/** What the host says, by which each stage ends. */
const STAGES: readonly (readonly [string, RegExp])[] = [
  ['started anew', /^started vLLM/],
  ['its first line', /^vLLM \d/],
  ['listens', /^the server listens$/],
  ['ready', /^ready$/],
];

interface Entry {
  readonly at: number;
  readonly process: string;
  readonly text: string;
}

/** What questions were told while it was away, and how often. */
const told = new Map<string, number>();

const answered = async (inference: Inference): Promise<boolean> => {
  const ctx = systemContext(TENANT);
  const { driver } = await inference.models.choose(ctx, MODEL);
  const asked = {
    model: MODEL,
    messages: [{ role: 'user' as const, content: 'How are you?' }],
    passages: [],
  };
  const rest = {
    documents: 'none' as const,
    parameters: {},
    task: 'question' as const,
    locale: 'en' as const,
  };
  try {
    for await (const event of driver.answer(ctx, { ...asked, ...rest }))
      if (event.kind === 'text') return true;
  } catch (error) {
    if (!(error instanceof InferenceFault)) throw error;
    const { code, status, retryAfter } = error;
    const what = `${status} ${code}, again in ${retryAfter} s`;
    told.set(what, (told.get(what) ?? 0) + 1);
  }
  return false;
};

async function servingAgain(inference: Inference): Promise<number> {
  const end = performance.now() + WITHIN_MS;
  while (performance.now() < end) {
    if (await answered(inference)) return Date.now();
    await delay(PAUSE_MS);
  }
  throw new Error(`no answer within ${WITHIN_MS} ms`);
}

async function untilNoticed(engine: TestEngine): Promise<number> {
  while ((await engine.status()).state === 'ready') await delay(10);
  return Date.now();
}

async function crash(engine: TestEngine, inference: Inference, victim: string): Promise<number[]> {
  await delay(2_500);
  const pid = await engine.find(victim);
  const at = Date.now();
  process.kill(pid, 'SIGKILL');
  // Questions meet the engine while it dies; what it still answers is not yet service again.
  const noticing = untilNoticed(engine);
  for (let seen = false; !seen; seen = await Promise.race([noticing.then(() => true), delay(5, false)]))
    await answered(inference);
  const noticed = await noticing;
  const back = await servingAgain(inference);
  const log = (await engine.log()).split('\n').filter((line) => line !== '');
  const entries = log.map((line) => JSON.parse(line) as Entry).filter((entry) => entry.at >= at);
  if (process.env['BENCH_LOG'])
    for (const entry of entries) console.log(entry.at - at, entry.process, entry.text);
  const stages = STAGES.map(([, said]) => (entries.find(({ text }) => said.test(text))?.at ?? NaN) - at);
  return [noticed - at, ...stages, back - at];
}

/** Seconds that tasks have waited for a processor since the machine was started. */
function waited(): number {
  try {
    return Number(/total=(\d+)/.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1]) / 1e6;
  } catch {
    return NaN;
  }
}

const median = (all: readonly number[]): number =>
  Math.round([...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN);

const engine = await startTestEngine({ starts: [{ startMs: START_MS }], environment: HOST });
const inference = createInference(
  loadConfig(inferenceConfigSchema, {
    INFERENCE_URL: engine.url,
    INFERENCE_SALT_SECRET: 'a-salt-secret-for-benches-of-32-characters',
  }),
);
try {
  inference.start();
  await engine.reached('ready');
  await servingAgain(inference);
  const [begun, idle] = [performance.now(), waited()];
  const all = new Map<string, number[][]>(VICTIMS.map((victim) => [victim, []]));
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const victim of VICTIMS) all.get(victim)?.push(await crash(engine, inference, victim));
  const share = ((waited() - idle) / ((performance.now() - begun) / 1_000)) * 100;
  console.log(
    `load ${loadavg()[0]?.toFixed(1)}; tasks waited for a processor ${share.toFixed(0)} % of the time`,
  );
  const columns = ['noticed', ...STAGES.map(([name]) => name), 'first answer', 'least to most'];
  console.log(`| killed | ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length + 1)}`);
  for (const [victim, rows] of all) {
    const cells = rows[0]?.map((_, column) => median(rows.map((row) => row[column] ?? NaN))) ?? [];
    const last = rows.map((row) => Math.round(row.at(-1) ?? NaN));
    console.log(`| ${victim} | ${cells.join(' | ')} | ${Math.min(...last)} to ${Math.max(...last)} |`);
  }
  for (const [what, count] of told) console.log(`${count} x ${what}`);
} finally {
  await inference.close();
  await engine.remove();
}
