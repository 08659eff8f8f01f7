// What a gateway adds to a model server, from outside (built product: npm run build first), direct and through in turns:
//
//   node --import ./test/support/typescript.mjs -C lorekeep-source test/load/gateway-cost.bench.ts [--documents]
//     [--levels 1,16,64] [--answers 192] [--rounds 3] [--tokens 64] [--token-ms 1]
//     [--first-ms 5] [--words 0] [--warm 64]   (short answers before: V8 compiles a path that is new for a thousand of them)
//     [--profile folder] [--statements]
//     [--upstream http://127.0.0.1:8000 --model NAME --max-tokens 100]   (a real vLLM instead of the stand-in)
//
// Processor time counts on a machine that has other work; times of a clock only as ratios of the same round.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { askStreams, type Level } from './ask-streams.js';
import { withBenchStack, type BenchStack } from './bench-stack.js';

const { values } = parseArgs({
  options: {
    documents: { type: 'boolean', default: false },
    levels: { type: 'string', default: '1,16,64' },
    answers: { type: 'string', default: '192' },
    rounds: { type: 'string', default: '3' },
    tokens: { type: 'string', default: '64' },
    'token-ms': { type: 'string', default: '1' },
    'first-ms': { type: 'string', default: '5' },
    words: { type: 'string', default: '0' },
    warm: { type: 'string', default: '64' },
    profile: { type: 'string' },
    statements: { type: 'boolean', default: false },
    upstream: { type: 'string' },
    model: { type: 'string', default: 'm' },
    'max-tokens': { type: 'string', default: '256' },
  },
});
const { documents, statements } = values;
const how = {
  ...{ documents, model: values.model, words: Number(values.words) },
  maxTokens: Number(values['max-tokens']),
};
const nodeArguments = values.profile
  ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`, '--cpu-prof-interval', '500']
  : [];

const real = values.upstream === undefined ? {} : { upstream: values.upstream };
await withBenchStack({ documents, nodeArguments, statements, ...real }, async (stack) => {
  const content = Array.from({ length: Number(values.tokens) }, (_, at) => `w${at} `);
  const tokenMs = Number(values['token-ms']);
  const firstTokenMs = Number(values['first-ms']);
  await stack.vllm?.script({ content, reasoning: [], firstTokenMs, tokenMs });
  await askStreams({ ...stack, ...how, words: 0, maxTokens: 16 }, 8, Number(values.warm));
  await askStreams({ ...stack, ...how }, 8, 32);
  for (const level of values.levels.split(',').map(Number)) await measure(stack, level);
});

async function measure(stack: BenchStack, level: number): Promise<void> {
  const count = Math.max(level, Math.round((Number(values.answers) * Math.min(level, 16)) / 16));
  const rounds: { direct: Level; through: Level }[] = [];
  let [cpu, transactions, answers] = [0, 0, 0];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const direct = await askStreams({ url: stack.upstream, ...how }, level, count);
    const before = { cpu: stack.cpu(), transactions: await stack.transactions() };
    const through = await askStreams({ ...stack, ...how }, level, count);
    cpu += stack.cpu() - before.cpu;
    transactions += (await stack.transactions()) - before.transactions;
    answers += through.answers;
    rounds.push({ direct, through });
  }
  const failures = rounds.reduce((sum, { through }) => sum + through.failures, 0);
  const ratio = (what: 'first' | 'whole') =>
    rounds
      .map(({ direct, through }) => through[what] / direct[what])
      .sort((a, b) => a - b)
      .map((value) => value.toFixed(2));
  const line = {
    streams: level,
    first: `${middle(rounds, 'direct', 'first')} → ${middle(rounds, 'through', 'first')} ms`,
    firstRatio: ratio('first').join(' '),
    whole: `${middle(rounds, 'direct', 'whole')} → ${middle(rounds, 'through', 'whole')} ms`,
    wholeRatio: ratio('whole').join(' '),
    cpuMsAnAnswer: (cpu / answers).toFixed(2),
    transactionsAnAnswer: (transactions / answers).toFixed(2),
    residentMb: stack.resident().toFixed(0),
    failures,
    load: loadavg()[0]?.toFixed(1),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function middle(
  rounds: { direct: Level; through: Level }[],
  side: 'direct' | 'through',
  what: 'first' | 'whole',
): string {
  const sorted = rounds.map((round) => round[side][what]).sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(1);
}
