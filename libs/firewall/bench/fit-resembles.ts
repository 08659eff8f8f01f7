/**
 * Fits the weights of the judgment that a text resembles an attack (src/resembles/weights.ts), the same bytes from the
 * same inputs: the families of wordings in resembles/*.txt and benign rows of public collections.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/firewall/bench/fit-resembles.ts <rows.jsonl> [--check]
 *
 * The threshold is the one above which THRESHOLD_SHARE of ordinary benign rows come out, each scored by weights that
 * have not seen its source. --check compares with the weights that are there, and writes nothing.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readFamilies, readRows } from './resembles/read-examples.js';
import { kindsFound, scoreText, train, trainKinds, type Read } from './resembles/train.js';

const THRESHOLD_SHARE = 0.003;
const ORDINARY = /^(?:xquad|self_instruct|nl2bash|cyberseceval|plexpt_zh_q|sysadmin)/;
const TARGET = new URL('../src/resembles/weights.ts', import.meta.url);

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' } },
  allowPositionals: true,
});
const [path] = positionals;
if (path === undefined) throw new Error('give a file of rows');
const families = (name: string): string => new URL(`resembles/${name}.txt`, import.meta.url).pathname;
const examples: Read[] = [
  ...readFamilies(families('attacks-en'), true, 'en'),
  ...readFamilies(families('attacks-zh'), true, 'zh'),
  ...readFamilies(families('questions-en'), false, 'en'),
  ...readFamilies(families('questions-zh'), false, 'zh'),
  ...readRows(path),
];

/** Families of both languages are left out together: one is written after the other. */
const nameOf = ({ group }: Read): string => group.split(':').slice(0, -1).join(':');

/** Each source and each family is scored by weights that have seen all others. */
function heldOutScores(): { read: Read; score: number }[] {
  return [...new Set(examples.map(nameOf))].flatMap((name) => {
    const model = train(examples.filter((read) => nameOf(read) !== name));
    const left = examples.filter((read) => nameOf(read) === name);
    return left.map((read) => ({ read, score: scoreText(model, read.windows) }));
  });
}

const scores = heldOutScores();
const ordinary = scores.filter(({ read }) => ORDINARY.test(read.group)).map(({ score }) => score);
ordinary.sort((a, b) => b - a);
const threshold = Number((ordinary[Math.floor(THRESHOLD_SHARE * ordinary.length)] ?? 0).toFixed(3));
const attacks = scores.filter(({ read }) => read.isAttack);
const found = attacks.filter(({ score }) => score > threshold).length / attacks.length;

const model = train(examples);
const kinds = trainKinds(examples, model);

/** Weights as bytes, and what one of them is worth. */
function quantized(weights: readonly Float64Array[]): { base64: string; scale: number } {
  // A few are much larger than all others; those are cut.
  const sizes = weights.flatMap((list) => [...list].map(Math.abs)).sort((a, b) => b - a);
  const scale = Number(((sizes[Math.floor(sizes.length / 2_000)] ?? 1) / 127).toPrecision(6));
  const cut = (weight: number): number => Math.max(-127, Math.min(127, Math.round(weight / scale)));
  const bytes = weights.flatMap((list) => [...list].map(cut));
  return { base64: Buffer.from(Int8Array.from(bytes).buffer).toString('base64'), scale };
}

const [grams, concepts] = [quantized([model.grams]), quantized([model.concepts])];
const sum = createHash('sha256').update(JSON.stringify(examples.map(({ group, text }) => [group, text])));
const text = `/** Written by bench/fit-resembles.ts. Fitted to ${examples.length} texts with the SHA-256 ${sum.digest('hex')}. */
export const WEIGHTS = {
  threshold: ${threshold},
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
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
process.stdout.write(
  `${examples.length} texts, threshold ${threshold}; families left out: ${percent(found)} of ${attacks.length} attacks, ` +
    `their kind (families seen): ${percent(kindsFound(examples, model, kinds))}\n`,
);
if (!values.check) writeFileSync(TARGET, text);
else if (readFileSync(TARGET, 'utf8') !== text) throw new Error('other weights');
