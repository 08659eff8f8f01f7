// What a gateway adds to a model server, from outside (built product: npm run build first), direct and through in turns:
//
//   node --import ./test/support/typescript.mjs -C lorekeep-source test/load/gateway-cost.bench.ts [--documents]
//     [--levels 1,16,64] [--answers 192] [--rounds 3] [--tokens 64] [--token-ms 1]
//     [--first-ms 5] [--words 0] [--warm 64]   (short answers before: V8 compiles a path that is new for a thousand of them)
//     [--limits] (rounds of a tenant without limits in turns with those of one that has a new tenant's, as it always is)
//     [--count] (statements, those within functions too) [--profile folder] [--statements] [--node="--max-semi-space-size=16"]
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
    limits: { type: 'boolean', default: false },
    count: { type: 'boolean', default: false },
    profile: { type: 'string' },
    statements: { type: 'boolean', default: false },
    node: { type: 'string', default: '' },
    upstream: { type: 'string' },
    model: { type: 'string', default: 'm' },
    'max-tokens': { type: 'string', default: '256' },
  },
});
const { documents, statements, count } = values;
const how = {
  ...{ documents, model: values.model, words: Number(values.words) },
  maxTokens: Number(values['max-tokens']),
};
const nodeArguments = values.profile
  ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`, '--cpu-prof-interval', '500']
  : values.node.split(' ').filter((flag) => flag !== '');

const real = values.upstream === undefined ? {} : { upstream: values.upstream };
await withBenchStack({ documents, nodeArguments, statements, count, ...real }, async (stack) => {
  const content = Array.from({ length: Number(values.tokens) }, (_, at) => `w${at} `);
  const tokenMs = Number(values['token-ms']);
  const firstTokenMs = Number(values['first-ms']);
  await stack.vllm?.script({ content, reasoning: [], firstTokenMs: 1, tokenMs: 0 });
  await askStreams({ ...stack, ...how, words: 0, maxTokens: 16 }, 8, Number(values.warm));
  await askStreams({ ...stack, ...how }, 8, 32);
  await stack.vllm?.script({ content, reasoning: [], firstTokenMs, tokenMs });
  for (const level of values.levels.split(',').map(Number)) await measure(stack, level);
});

interface Used {
  cpu: number;
  database: number;
  transactions: number;
  statements: number;
}

interface Side {
  readonly isLimited: boolean;
  readonly rounds: { direct: Level; through: Level }[];
  readonly used: Used[];
}

async function measure(stack: BenchStack, level: number): Promise<void> {
  const count = Math.max(level, Math.round((Number(values.answers) * Math.min(level, 16)) / 16));
  const sides = (values.limits ? [true, false] : [true]).map((isLimited): Side => ({
    isLimited,
    rounds: [],
    used: [],
  }));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const { isLimited, rounds, used } of round % 2 ? sides.toReversed() : sides) {
      if (values.limits) await stack.limit(isLimited);
      const direct = await askStreams({ url: stack.upstream, ...how }, level, count);
      const before = await usedBy(stack);
      rounds.push({ direct, through: await askStreams({ ...stack, ...how }, level, count) });
      const after = await usedBy(stack);
      used.push({
        cpu: after.cpu - before.cpu,
        database: after.database - before.database,
        transactions: after.transactions - before.transactions,
        statements: after.statements - before.statements,
      });
    }
  }
  for (const side of sides) process.stdout.write(`${JSON.stringify(lineOf(stack, level, side))}\n`);
}

async function usedBy(stack: BenchStack): Promise<Used> {
  // Postgres publishes what a connection did a little later.
  await new Promise((done) => setTimeout(done, 1_100));
  const transactions = await stack.transactions();
  const statements = await stack.statements();
  return { cpu: stack.cpu(), database: stack.databaseCpu(), transactions, statements };
}

function lineOf(stack: BenchStack, level: number, { isLimited, rounds, used }: Side) {
  const sum = (of: (round: Side['rounds'][number]) => number) =>
    rounds.reduce((total, round) => total + of(round), 0);
  const answers = sum(({ through }) => through.answers);
  const anAnswer = (what: keyof Used) =>
    (used.reduce((total, round) => total + round[what], 0) / answers).toFixed(2);
  const ratio = (what: 'first' | 'whole') =>
    rounds
      .map(({ direct, through }) => through[what] / direct[what])
      .sort((a, b) => a - b)
      .map((value) => value.toFixed(2))
      .join(' ');
  return {
    streams: level,
    ...(values.limits && { limits: isLimited }),
    first: `${middle(rounds, 'direct', 'first')} → ${middle(rounds, 'through', 'first')} ms`,
    firstRatio: ratio('first'),
    whole: `${middle(rounds, 'direct', 'whole')} → ${middle(rounds, 'through', 'whole')} ms`,
    wholeRatio: ratio('whole'),
    cpuMsAnAnswer: anAnswer('cpu'),
    databaseMsAnAnswer: anAnswer('database'),
    transactionsAnAnswer: anAnswer('transactions'),
    ...(values.count && { statementsAnAnswer: anAnswer('statements') }),
    residentMb: stack.resident().toFixed(0),
    failures: sum(({ through }) => through.failures),
    load: loadavg()[0]?.toFixed(1),
  };
}

function middle(
  rounds: { direct: Level; through: Level }[],
  side: 'direct' | 'through',
  what: 'first' | 'whole',
): string {
  const sorted = rounds.map((round) => round[side][what]).sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(1);
}
