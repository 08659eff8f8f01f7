/**
 * What the scanner costs: build, memory, whole texts against the fastest correct package of npm, streams, builds in a
 * thread, a million words. Results are kept in record/README.md.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source --expose-gc libs/scanner/bench/scan.bench.ts [TEXT [WORDS…]]
 *
 * TEXT is a file of ordinary text, WORDS are files with one word a line; without them both are generated from fixed
 * seeds. Times are CPU times, the least of several rounds; what is compared runs in turns in one process.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { AhoCorasick } from '@monyone/aho-corasick/fast';
import {
  exactFold,
  type Fold,
  Matcher,
  MatcherThread,
  type MatcherEntry,
  MatchList,
  standardFold,
} from '@lorekeep/kit/matching';
import { cut, generateText, generateWords } from './generate.js';
import { blocked, bytesOf, cpu, leastInTurns, quantile } from './measure.js';

const ROUNDS = 15;
const ANSWERS = 200;
const ANSWER_UNITS = 2000;
const MILLION = 1_000_000;

const [textFile, ...wordFiles] = process.argv.slice(2);
const text = textFile ? readFileSync(textFile, 'utf8') : generateText(500_000, 1);
const megabytes = Buffer.byteLength(text) / 1e6;
const linesOf = (file: string) => [
  ...new Set(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== ''),
  ),
];
const lists =
  wordFiles.length > 0
    ? wordFiles.map(linesOf)
    : [1_000, 10_000, 100_000].map((count) => generateWords(count, 2));

const print = (line: string) => process.stdout.write(`${line}\n`);
const row = (...cells: (string | number)[]) => print(`| ${cells.join(' | ')} |`);
const entriesOf = (words: readonly string[], wholeWord?: false): MatcherEntry[] =>
  words.map((word, i) => ({ id: String(i), text: word, wholeWord }));
const tablesOf = (matcher: Matcher) => bytesOf(matcher.tables) + bytesOf(matcher.policy.tables);

function built(entries: readonly MatcherEntry[], fold: Fold): Matcher {
  const matcher = new Matcher(entries, fold);
  // The rules of the entries are compiled when they are first asked for.
  return matcher.policy.matcher;
}

function compare(words: readonly string[]): void {
  const exact = built(entriesOf(words, false), exactFold());
  const folded = built(entriesOf(words), standardFold());
  const peer = new AhoCorasick([...words]);
  const list = new MatchList();
  const scan = (matcher: Matcher) => () => {
    list.clear();
    matcher.scan(text, list);
  };
  let hits = 0;
  const times = leastInTurns(ROUNDS, [
    () => void (hits = exact.findAll(text).length),
    scan(exact),
    () => void folded.findAll(text),
    scan(folded),
    () => void peer.matchInText(text),
  ]).map((ms) => ms / megabytes);
  if (hits !== peer.matchInText(text).length) throw new Error('the two do not find the same');
  const [objects = 0, numbers = 0, , , theirs = 0] = times;
  row(
    words.length,
    hits,
    ...times.map((ms) => ms.toFixed(2)),
    `${(theirs / objects).toFixed(1)} / ${(theirs / numbers).toFixed(1)}`,
  );
}

/** Wall time of each answer (they are too short for the CPU clock) and what is held after each piece. */
function stream(words: readonly string[]): void {
  const matcher = built(entriesOf(words), standardFold());
  const times: number[] = [];
  let [held, most, pieces] = [0, 0, 0];
  for (let i = 0; i < 3 * ANSWERS; i++) {
    const from = ((i % ANSWERS) * ANSWER_UNITS) % Math.max(1, text.length - ANSWER_UNITS);
    const chunks = cut(text.slice(from, from + ANSWER_UNITS), i % ANSWERS);
    const begin = performance.now();
    const cursor = matcher.cursor();
    const ignore = () => false;
    for (const chunk of chunks) {
      cursor.feed(chunk, ignore);
      const now = cursor.position - cursor.undecidedFrom();
      held += now;
      if (now > most) most = now;
    }
    cursor.finish(ignore);
    if (i >= ANSWERS) times.push(performance.now() - begin);
    pieces += chunks.length;
  }
  row(
    words.length,
    ...[quantile(times, 0.5), quantile(times, 0.99)].map((ms) => ms.toFixed(3)),
    (held / pieces).toFixed(2),
    most,
  );
}

async function buildApart(thread: MatcherThread, words: readonly string[]): Promise<void> {
  const entries = entriesOf(words);
  const least = { longest: Infinity, total: Infinity, wall: Infinity };
  for (let round = 0; round < 3; round++) {
    const now = await blocked(async () => (await thread.build(entries, { folds: FOLDS })).policy);
    least.longest = Math.min(least.longest, now.longest);
    least.total = Math.min(least.total, now.total);
    least.wall = Math.min(least.wall, now.wall);
  }
  row(words.length, ...[least.longest, least.total, least.wall].map((ms) => ms.toFixed(1)));
}

const FOLDS = ['case', 'width', 'compatibility', 'traditional'];

function buildHere(words: readonly string[], rounds: number): void {
  const entries = entriesOf(words);
  let matcher = built(entries, standardFold());
  const [ms = 0] = leastInTurns(rounds, [() => void (matcher = built(entries, standardFold()))]);
  const list = new MatchList();
  const times = Array.from({ length: 5 }, () =>
    cpu(() => {
      list.clear();
      matcher.scan(text, list);
    }),
  );
  row(
    words.length,
    ms.toFixed(0),
    (tablesOf(matcher) / 1e6).toFixed(1),
    (Math.min(...times) / megabytes).toFixed(2),
  );
}

print(
  `text: ${text.length} units, ${megabytes.toFixed(2)} MB; node ${process.version}; load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
print('\n| words | build ms (folds and rules too) | tables MB | scan ms/MB |\n| --- | --- | --- | --- |');
for (const words of lists) buildHere(words, 5);
print(
  '\n| words | hits | objects ms/MB | Int32 | folded objects | folded Int32 | @monyone 1.1.11 fast | ratio |',
);
print('| --- | --- | --- | --- | --- | --- | --- | --- |');
lists.forEach(compare);
print(
  '\n| words | cursor, ms an answer, median | p99 | held mean | held max |\n| --- | --- | --- | --- | --- |',
);
lists.forEach(stream);
print(
  '\n| words, built in a thread | longest block ms | blocked in all | until done |\n| --- | --- | --- | --- |',
);
const million = generateWords(MILLION, 3);
const thread = new MatcherThread();
await thread.build([], { folds: FOLDS });
for (const words of [...lists, million]) await buildApart(thread, words);
await thread.close();
print('\n| words | build ms | tables MB | scan ms/MB |\n| --- | --- | --- | --- |');
buildHere(million, 2);
