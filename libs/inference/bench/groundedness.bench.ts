/**
 * Planted errors that the groundedness check marks and true sentences that it marks wrongly, by language and kind, with
 * the CPU time of an answer. Usage: node --import ./test/support/typescript.mjs -C lorekeep-source
 * libs/inference/bench/groundedness.bench.ts [handbook] [development | test | unseen | kinds | held | all] [--show]
 */
import { AnswerGroundedness } from '../src/groundedness/answer-groundedness.js';
import { RecentEvidence } from '../src/groundedness/recent-evidence.js';
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

/** Answers of six sentences over six passages, written in pieces of four characters; read for each, or kept, in turns. */
const answers = (['en', 'zh'] as const).flatMap((language) => {
  const said = set.filter((one) => one.language === language && !one.planted);
  return [0, 6, 12].map((from) => {
    const six = said.slice(from, from + 6);
    const passages = six.map(({ passage }, at) => ({ ...passage, number: at + 1 }));
    return { passages, text: six.map((one, at) => one.text.replace('[1]', `[${at + 1}]`)).join(' ') };
  });
});
const RUNS = 100;
const WARM_UP = 30;
const kept = new RecentEvidence();
const spent = { anew: [] as number[], kept: [] as number[] };
for (let run = -WARM_UP; run < RUNS; run++) {
  for (const how of ['anew', 'kept'] as const) {
    const before = process.cpuUsage();
    for (const { passages, text } of answers) {
      const groundedness = new AnswerGroundedness(passages, how === 'kept' ? kept : new RecentEvidence());
      for (let at = 0; at < text.length; at += 4) groundedness.push(text.slice(at, at + 4));
      groundedness.end();
    }
    const { user, system } = process.cpuUsage(before);
    if (run >= 0) spent[how].push((user + system) / 1000 / answers.length);
  }
}
const units = answers.reduce((sum, { text }) => sum + text.length, 0) / answers.length;
for (const [how, all] of Object.entries(spent)) {
  all.sort((a, b) => a - b);
  const [least = 0, median = 0] = [all[0], all[RUNS / 2]];
  say(
    `an answer of ${units.toFixed(0)} characters, six passages read ${how}: median ${median.toFixed(2)}, least ${least.toFixed(2)} ms of CPU`,
  );
}
