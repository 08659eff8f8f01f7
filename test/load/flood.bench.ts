// What one tenant's flood does to another's first tokens (built product: npm run build first): one question a second,
// while the other tenant keeps so many going, from the moment on at which they all come at once.
//
//   node --import ./test/support/typescript.mjs -C lorekeep-source test/load/flood.bench.ts [--flood 0,16,200]
//     [--rounds 2] [--seconds 15] [--sequences 16] [--token-ms 20] [--documents] [--profile folder]
import { Agent } from 'node:http';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { askOne, askStreams, type Asked } from './ask-streams.js';
import { withBenchStack } from './bench-stack.js';

const { values } = parseArgs({
  options: {
    flood: { type: 'string', default: '0,16,200' },
    rounds: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '15' },
    sequences: { type: 'string', default: '16' },
    'token-ms': { type: 'string', default: '20' },
    documents: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const QUESTION = 'How many days of annual leave do I get?';
const SHORTEST = 8;
const SPREAD = 16;

const environment = { INFERENCE_SEQUENCES: values.sequences };
const nodeArguments = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];
await withBenchStack({ documents: values.documents, environment, nodeArguments }, async (stack) => {
  const other = { ...stack, documents: values.documents };
  const quiet = { ...other, key: await stack.anotherKey('quiet'), maxTokens: SHORTEST };
  const content = Array.from({ length: SHORTEST + SPREAD }, (_, at) => `w${at} `);
  await stack.vllm?.script({ content, reasoning: [], firstTokenMs: 20, tokenMs: Number(values['token-ms']) });
  for (const asked of [other, quiet]) await askStreams(asked, 8, 200);
  const levels = values.flood.split(',').map((level) => ({ level: Number(level), firsts: [] as number[][] }));
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const { level, firsts } of levels) firsts.push(await firstsBeside(quiet, other, level));
  const alone = of(0.5, levels[0]?.firsts.flat() ?? []);
  for (const { level, firsts } of levels) {
    const [median, p95] = [of(0.5, firsts.flat()), of(0.95, firsts.flat())];
    const ratios = [median, p95].map((ms) => (ms / alone).toFixed(2)).join(' ');
    const begin = firsts.map((round) => round.slice(0, 3).map(Math.round).join(' ')).join(', ');
    const load = loadavg()[0]?.toFixed(1);
    const line = { flood: level, median: Math.round(median), p95: Math.round(p95), ratios, begin, load };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
});

/** First tokens in milliseconds; one that failed took for ever. */
async function firstsBeside(quiet: Asked, other: Asked, level: number): Promise<number[]> {
  const [agent, floods] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
  const until = performance.now() + Number(values.seconds) * 1_000;
  const keepAsking = async (_: unknown, at: number) => {
    // Not all of one length, which would end and begin together.
    const asked = { ...other, maxTokens: SHORTEST + (at % SPREAD) };
    while (performance.now() < until) await pause((await askOne(asked, floods, QUESTION)).retryAfter * 1_000);
  };
  const flood = Array.from({ length: level }, keepAsking);
  const firsts: Promise<number>[] = [];
  while (performance.now() < until) {
    firsts.push(askOne(quiet, agent, QUESTION).then(({ first, ended }) => (ended ? first : Infinity)));
    await pause(1_000);
  }
  const all = await Promise.all(firsts);
  await Promise.all(flood);
  agent.destroy();
  floods.destroy();
  return all;
}

function of(share: number, numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? NaN;
}
