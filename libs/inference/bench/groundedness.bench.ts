/**
 * Planted errors that the groundedness check marks and true sentences that it marks wrongly, by language and kind, with
 * the CPU time of an answer. Usage: node --import ./test/support/typescript.mjs -C lorekeep-source
 * libs/inference/bench/groundedness.bench.ts [handbook] [development | test | unseen | kinds | held | all] [--show]
 */
import { AnswerGroundedness } from '../src/groundedness/answer-groundedness.js';
import { makeSet, type Example } from './groundedness/make-set.js';

const [handbook = 'apps/cli/samples/handbook', half = 'all', show = ''] = process.argv.slice(2);
const set = makeSet(handbook).filter((one) => half === 'all' || one.half === half);

function judged({ text, passage }: Example): string | null {
  const groundedness = new AnswerGroundedness([passage]);
  const all = [...groundedness.push(text), ...groundedness.end()];
  return all.find(({ reason }) => reason !== null)?.reason ?? null;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const share = (part: number, all: number): string =>
  `${part}/${all} ${all === 0 ? '' : `${((part / all) * 100).toFixed(1)} %`}`;

for (const language of ['en', 'zh'] as const) {
  const mine = set.filter((one) => one.language === language);
  const kinds = [...new Set(mine.map(({ planted }) => planted))].sort((a, b) =>
    String(a).localeCompare(String(b)),
  );
  for (const one of mine) {
    const reason = judged(one);
    if (show && (reason === null) === (one.planted !== null))
      say(`  ${one.planted ?? 'TRUE'} → ${reason ?? 'missed'}: ${one.text}`);
  }
  for (const kind of kinds) {
    const of = mine.filter(({ planted }) => planted === kind);
    say(`${language} ${kind ?? 'true'}: marked ${share(of.filter((one) => judged(one)).length, of.length)}`);
  }
  const planted = mine.filter((one) => one.planted);
  say(
    `${language} planted in all (${half}): marked ${share(planted.filter((one) => judged(one)).length, planted.length)}`,
  );
}

/** An answer of six sentences over six passages that are read for it, written in pieces of four characters. */
const answer = set.filter(({ planted }) => !planted).slice(0, 6);
const passages = answer.map(({ passage }, at) => ({ ...passage, number: at + 1 }));
const text = answer.map((one, at) => one.text.replace('[1]', `[${at + 1}]`)).join(' ');
const RUNS = 200;
let before = process.cpuUsage();
for (let run = -50; run < RUNS; run++) {
  if (run === 0) before = process.cpuUsage();
  const groundedness = new AnswerGroundedness(passages);
  for (let at = 0; at < text.length; at += 4) groundedness.push(text.slice(at, at + 4));
  groundedness.end();
}
const { user, system } = process.cpuUsage(before);
const each = (user + system) / 1000 / RUNS;
say(`an answer of ${text.length} characters and ${passages.length} passages: ${each.toFixed(2)} ms of CPU`);
