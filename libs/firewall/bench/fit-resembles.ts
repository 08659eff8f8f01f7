/**
 * Fits the weights of the judgment that a text resembles an attack (src/resembles/weights*.ts), the same bytes from the
 * same inputs: the families of wordings in resembles/*.txt and benign rows of public collections.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/firewall/bench/fit-resembles.ts <rows.jsonl> [--check]
 *
 * The threshold is the one above which a share of ordinary benign rows come out, each scored by weights that have not
 * seen its source; `certain` likewise. --check compares with the weights that are there, and writes nothing.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OF_DOCUMENTS, OF_QUESTIONS, type Likeness } from '../src/resembles/score-window.js';
import { readDocuments, readFamilies, readRows } from './resembles/read-examples.js';
import { kindsFound, scoreText, train, trainKinds, type Read } from './resembles/train.js';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' } },
  allowPositionals: true,
});
const [path] = positionals;
if (path === undefined) throw new Error('give a file of rows');
const families = (name: string): string => new URL(`resembles/${name}.txt`, import.meta.url).pathname;

interface Task {
  readonly likeness: Likeness;
  readonly name: string;
  readonly file: string;
  readonly examples: readonly Read[];
  /** Benign texts that carry the threshold, and those that carry certainty, by the beginning of their group. */
  readonly ordinary: RegExp;
  readonly share: number;
  readonly benign: RegExp;
  readonly certainShare: number;
}

const TASKS: readonly Task[] = [
  {
    likeness: OF_QUESTIONS,
    name: 'WEIGHTS',
    file: 'weights',
    examples: [
      ...readFamilies(families('attacks-en'), true, 'en'),
      ...readFamilies(families('attacks-zh'), true, 'zh'),
      ...readFamilies(families('questions-en'), false, 'en'),
      ...readFamilies(families('questions-zh'), false, 'zh'),
      ...readRows(path),
    ],
    ordinary: /^(?:xquad|self_instruct|nl2bash|cyberseceval|plexpt_zh_q|sysadmin)/,
    share: 0.004,
    benign: /^/,
    certainShare: 0.001,
  },
  {
    likeness: OF_DOCUMENTS,
    name: 'WEIGHTS_OF_DOCUMENTS',
    file: 'weights-of-documents',
    examples: [
      ...readDocuments(families('orders-en'), families('records-en'), 'en'),
      ...readDocuments(families('orders-zh'), families('records-zh'), 'zh'),
      ...readRows(path, OF_DOCUMENTS),
    ],
    ordinary: /^(?:xquad|bipia|tidb|owasp)/,
    share: 0.01,
    benign: /^(?:xquad|bipia|tidb|owasp)/,
    certainShare: 0.0005,
  },
];

/** Families of both languages are left out together: one is written after the other. */
const nameOf = ({ group }: Read): string => group.split(':').slice(0, -1).join(':');

interface Scored {
  readonly read: Read;
  readonly score: number;
}

/** Each source and each family is scored by weights that have seen all others. */
function heldOutScores({ examples, likeness }: Task): Scored[] {
  return [...new Set(examples.map(nameOf))].flatMap((name) => {
    const model = train(examples.filter((read) => nameOf(read) !== name));
    const left = examples.filter((read) => nameOf(read) === name);
    return left.map((read) => ({ read, score: scoreText(model, read.windows, likeness) }));
  });
}

/** The score above which such a share of those benign texts come out. */
function scoreAbove(scores: readonly Scored[], benign: RegExp, share: number): number {
  const chosen = scores.filter(({ read }) => !read.isAttack && benign.test(read.group));
  const sorted = chosen.map(({ score }) => score).sort((a, b) => b - a);
  return sorted[Math.floor(share * sorted.length)] ?? 0;
}

/** Weights as bytes, and what one of them is worth. */
function quantized(weights: readonly Float64Array[]): { base64: string; scale: number } {
  // A few are much larger than all others; those are cut.
  const sizes = weights.flatMap((list) => [...list].map(Math.abs)).sort((a, b) => b - a);
  const scale = Number(((sizes[Math.floor(sizes.length / 2_000)] ?? 1) / 127).toPrecision(6));
  const cut = (weight: number): number => Math.max(-127, Math.min(127, Math.round(weight / scale)));
  const bytes = weights.flatMap((list) => [...list].map(cut));
  return { base64: Buffer.from(Int8Array.from(bytes).buffer).toString('base64'), scale };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function fit(task: Task): string {
  const { examples, likeness } = task;
  const scores = heldOutScores(task);
  const threshold = Number(scoreAbove(scores, task.ordinary, task.share).toFixed(3));
  const certain = Number((scoreAbove(scores, task.benign, task.certainShare) - threshold).toFixed(3));
  const model = train(examples);
  const kinds = trainKinds(examples, model, likeness);
  const attacks = scores.filter(({ read }) => read.isAttack);
  const found = (more: number): string =>
    percent(attacks.filter(({ score }) => score > threshold + more).length / attacks.length);
  process.stdout.write(
    `${task.name}: ${examples.length} texts, threshold ${threshold}, certain ${certain} above; families left out: ` +
      `${found(0)} of ${attacks.length} attacks, ${found(certain)} with certainty, ` +
      `their kind (families seen): ${percent(kindsFound(examples, model, kinds))}\n`,
  );
  const [grams, concepts] = [quantized([model.grams]), quantized([model.concepts])];
  const sum = createHash('sha256').update(JSON.stringify(examples.map(({ group, text }) => [group, text])));
  return `/** Written by bench/fit-resembles.ts. Fitted to ${examples.length} texts with the SHA-256 ${sum.digest('hex')}. */
export const ${task.name} = {
  threshold: ${threshold},
  certain: ${certain},
  bias: ${Number(model.bias.toFixed(4))},
  gramScale: ${grams.scale},
  conceptScale: ${concepts.scale},
  grams:
    '${grams.base64}',
  concepts:
    '${concepts.base64}',
  kinds:
    '${quantized(kinds).base64}',
} as const;
`;
}

for (const task of TASKS) {
  const target = new URL(`../src/resembles/${task.file}.ts`, import.meta.url);
  const text = fit(task);
  if (!values.check) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) throw new Error(`other weights: ${task.file}`);
}
