// What starts cost in processor time (built product: npm run build first), of several trees in turns:
//
//   node --import ./test/support/typescript.mjs -C lorekeep-source test/load/start-cost.bench.ts [tree …] [--rounds 3]
//     [--seconds 20] [--node="--cpu-prof --cpu-prof-dir=…"]
//
// Milliseconds, medians: of gateway and worker until they are ready and in so many seconds without a request, with the
// megabytes resident then; of commands to their end.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cpuOf, ended, withBenchStack } from './bench-stack.js';

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    node: { type: 'string', default: '' },
  },
  allowPositionals: true,
});
const trees = (positionals.length > 0 ? positionals : ['.']).map((tree) => resolve(tree));
const nodeArguments = values.node.split(' ').filter((flag) => flag !== '');
const ONE_LINE = `${JSON.stringify({ id: 'a', text: 'How many days of leave do I get?', role: 'user' })}\n`;
const COMMANDS = [
  ['--help'],
  ['eval', 'firewall', '--help'],
  ['eval', 'firewall'],
  ['create-admin', '--help'],
  ['status'],
];
/** Tells on the fourth channel what a command used, threads included. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(3, String((user + system) / 1000)); });",
)}`;

type Environment = Readonly<Record<string, string>>;
type Costs = Map<string, number[]>;

async function costOfService(
  tree: string,
  app: 'gateway' | 'worker',
  environment: Environment,
  note: (what: string, value: number) => void,
): Promise<void> {
  const child = spawn(process.execPath, [...nodeArguments, join(tree, `apps/${app}/dist/main.js`)], {
    cwd: tree,
    env: { ...environment, PORT: '0' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  try {
    await new Promise((done, fail) => {
      child.once('message', done);
      child.once('exit', (code) => fail(new Error(`${app} ended with ${code}`)));
    });
    const pid = child.pid ?? 0;
    const before = cpuOf(pid);
    note(`${app}, until ready`, before);
    await delay(Number(values.seconds) * 1_000);
    note(`${app}, ${values.seconds} s afterwards`, cpuOf(pid) - before);
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    note(`${app}, MB resident`, (pages * 4_096) / 2 ** 20);
  } finally {
    await ended(child);
  }
}

async function costOfCommand(tree: string, words: string[], environment: Environment): Promise<number> {
  const main = join(tree, 'apps/cli/dist/main.js');
  const child = spawn(process.execPath, ['--import', TELL, main, ...words], {
    cwd: tree,
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  child.stdin?.end(ONE_LINE);
  let told = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await new Promise((done) => child.once('close', done));
  return Number(told);
}

async function round(tree: string, environment: Environment, costs: Costs): Promise<void> {
  const note = (what: string, value: number): void => {
    costs.set(what, [...(costs.get(what) ?? []), value]);
  };
  for (const app of ['gateway', 'worker'] as const) await costOfService(tree, app, environment, note);
  for (const words of COMMANDS)
    note(`lorekeep ${words.join(' ')}`, await costOfCommand(tree, words, environment));
}

function describe(values: readonly number[] = []): string {
  const sorted = [...values].sort((a, b) => a - b);
  const shown = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)].map((each) =>
    Math.round(each ?? 0),
  );
  return sorted.length > 1 ? `${shown[0]} (${shown[1]} to ${shown[2]})` : `${shown[0]}`;
}

await withBenchStack({ documents: false }, async ({ environment }) => {
  const costs: Costs[] = trees.map(() => new Map());
  for (let at = 0; at < Number(values.rounds); at += 1)
    for (const [index, tree] of trees.entries()) await round(tree, environment, costs[index] ?? new Map());
  console.log(`| load ${loadavg()[0]?.toFixed(1)} | ${trees.join(' | ')} |`);
  console.log(`| --- |${trees.map(() => ' --- |').join('')}`);
  for (const what of costs[0]?.keys() ?? [])
    console.log(`| ${what} | ${costs.map((each) => describe(each.get(what))).join(' | ')} |`);
});
