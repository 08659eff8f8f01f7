/**
 * What the scanner costs: build, whole texts, streams, detectors. Results are kept in record/README.md.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source --expose-gc libs/scanner/bench/scan.bench.ts [TEXT [WORDS…]]
 *
 * TEXT is a file of ordinary text, WORDS are files with one word a line; without them both are generated from
 * fixed seeds. Times are CPU times of this process, so that a shared machine disturbs them little.
 */
import { readFileSync } from 'node:fs';
import { findPersonalData, findSecrets } from '@lorekeep/kit/matching';
import { compileWordTable, StreamScanner, type WordEntry, type WordTable } from '../src/index.js';
import { cut, generateText, generateWords } from './generate.js';

const ROUNDS = 15;
const ANSWERS = 200;
const ANSWER_UNITS = 2000;

const [textFile, ...wordFiles] = process.argv.slice(2);
const read = (file: string) => readFileSync(file, 'utf8');
const text = textFile ? read(textFile) : generateText(500_000, 1);
const lists =
  wordFiles.length > 0
    ? wordFiles.map((file) =>
        read(file)
          .split('\n')
          .filter((line) => line.trim() !== ''),
      )
    : [1_000, 10_000, 100_000].map((count) => generateWords(count, 2));
const megabytes = Buffer.byteLength(text) / 1e6;

function cpu(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const used = process.cpuUsage(begin);
  return (used.user + used.system) / 1000;
}

function quantile(values: number[], share: number): number {
  return (
    [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  );
}

function tableBytes(table: WordTable): number {
  const { automaton, codeOf, policy } = table.matcher;
  const arrays = [
    automaton.cells,
    automaton.own,
    automaton.depth,
    automaton.codes,
    codeOf,
    policy.ahead,
    policy.hold,
  ];
  return arrays.reduce((sum, array) => sum + array.byteLength, 0);
}

function scanAll(table: WordTable): { ms: number; hits: number } {
  let hits = 0;
  const times = Array.from({ length: ROUNDS }, () =>
    cpu(() => {
      hits = 0;
      const count = () => {
        hits++;
        return false;
      };
      const cursor = table.matcher.cursor();
      cursor.feed(text, count);
      cursor.finish(count);
    }),
  );
  return { ms: Math.min(...times), hits };
}

/** Wall time of each answer (they are too short for the CPU clock) and what was held back after each chunk. */
function streamAnswers(table: WordTable) {
  const times: number[] = [];
  let held = 0;
  let heldMost = 0;
  let chunks = 0;
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < ANSWERS; i++) {
      const from = (i * ANSWER_UNITS) % Math.max(1, text.length - ANSWER_UNITS);
      const pieces = cut(text.slice(from, from + ANSWER_UNITS), i);
      const scanner = new StreamScanner(table);
      const begin = performance.now();
      for (const piece of pieces) {
        scanner.push('content', piece);
        const now = scanner.held('content');
        held += now;
        if (now > heldMost) heldMost = now;
      }
      scanner.end('content');
      if (round > 0) times.push(performance.now() - begin);
      chunks += pieces.length;
    }
  }
  return { median: quantile(times, 0.5), p99: quantile(times, 0.99), heldMean: held / chunks, heldMost };
}

const print = (line: string) => process.stdout.write(`${line}\n`);
print(`text: ${text.length} units, ${megabytes.toFixed(2)} MB; node ${process.version}`);
print('| words | build ms | tables MB | scan ms/MB | hits | answer ms median | p99 | held mean | held max |');
print('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const list of lists) {
  const words = list.map((word, i): WordEntry => ({
    id: String(i),
    text: word,
    category: 'bench',
    action: 'redact',
  }));
  let table = compileWordTable(words);
  const build = Math.min(
    ...Array.from({ length: 3 }, () => cpu(() => void (table = compileWordTable(words)))),
  );
  const scan = scanAll(table);
  const stream = streamAnswers(table);
  print(
    `| ${[
      ...[
        list.length,
        build.toFixed(0),
        (tableBytes(table) / 1e6).toFixed(1),
        (scan.ms / megabytes).toFixed(2),
      ],
      ...[
        scan.hits,
        stream.median.toFixed(3),
        stream.p99.toFixed(3),
        stream.heldMean.toFixed(2),
        stream.heldMost,
      ],
    ].join(' | ')} |`,
  );
}
const answers = Array.from({ length: ANSWERS }, (_, i) =>
  text.slice(i * ANSWER_UNITS, (i + 1) * ANSWER_UNITS),
);
for (const [name, find] of [
  ['secrets', findSecrets],
  ['personal data', findPersonalData],
] as const) {
  for (const answer of answers) find(answer);
  const ms = cpu(() => answers.forEach((answer) => find(answer))) / ANSWERS;
  print(`${name}: ${ms.toFixed(4)} ms for ${ANSWER_UNITS} units`);
}
