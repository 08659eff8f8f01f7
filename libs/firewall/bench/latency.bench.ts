/**
 * What one text costs: ordinary prompts of 2,000 characters, and texts made to cost as much as they can.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/firewall/bench/latency.bench.ts <rows.jsonl> [every]
 *
 * Prompts are the benign rows of the file (as in accuracy.bench.ts), joined within a category until they are long
 * enough. Hostile texts repeat literals, examples and parts of examples of every rule; every so many of them, and always
 * those of all rules at once. Processor time for hostile texts, the least of TRIES; each prompt's least of ROUNDS, and all
 * rounds as they came, so that it can be seen what other processes cost. What a small text costs is the mean of the quarters
 * of the large one: each holds other rules, or other numbers.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { BUILT_IN, inspectText } from '../src/index.js';
import { canonicalText } from '../src/canonical/canonical-text.js';
import { RULES } from '../src/rules/all-rules.js';

const PROMPT = 2_000;
const ROUNDS = 10;
const SMALL = 8_192;
const LARGE = 32_768;
const TRIES = 5;

const [path, every = '1'] = process.argv.slice(2);
if (!path) throw new Error('give a file of rows');
const prompts = readPrompts(path);
for (let i = 0; i < 400; i++) inspectText(BUILT_IN, prompts[i % prompts.length] ?? '', 'user');
const all: number[] = [];
const least = prompts.map(() => Infinity);
for (let round = 0; round < ROUNDS; round++)
  prompts.forEach((prompt, at) => {
    const began = process.hrtime.bigint();
    inspectText(BUILT_IN, prompt, 'user');
    const micros = Number(process.hrtime.bigint() - began) / 1_000;
    all.push(micros);
    least[at] = Math.min(least[at] ?? Infinity, micros);
  });
const shares = (micros: number[]): string => {
  micros.sort((a, b) => a - b);
  const at = (share: number): string => (micros[Math.floor(share * (micros.length - 1))] ?? 0).toFixed(0);
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}`;
};
console.log(
  `${prompts.length} prompts of ${PROMPT} characters, µs: least of ${ROUNDS} ${shares(least)}; as they came ${shares(all)}; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
);

const hostile = hostileUnits()
  .map((unit) => ({ unit, small: costOfQuarter(unit), large: cost(textOf(unit, LARGE)) }))
  .sort((a, b) => b.large - a.large);
console.log(
  `${hostile.length} hostile texts of ${LARGE} units, the dearest, ms (and ${SMALL} units, ratio; above 2 ms at most ${mostRatio()}):`,
);
for (const { unit, small, large } of hostile.slice(0, 15))
  console.log(
    `${large.toFixed(1).padStart(7)} ${small.toFixed(2).padStart(7)} ${(large / small).toFixed(1).padStart(5)}  ${JSON.stringify(unit).slice(0, 70)}`,
  );

function readPrompts(file: string): string[] {
  const made: string[] = [];
  const begun = new Map<string, string>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line) continue;
    const row = JSON.parse(line) as { label: string; category: string; lang: string; text: string };
    if (row.label !== 'benign') continue;
    const key = `${row.category} ${row.lang}`;
    const text = `${begun.get(key) ?? ''}${row.text}\n`;
    if (text.length >= PROMPT) made.push(text.slice(0, PROMPT));
    begun.set(key, text.length >= PROMPT ? '' : text);
  }
  return made;
}

/** Smaller ones cost what any text does, whatever its length. */
function mostRatio(): string {
  return Math.max(...hostile.map(({ small, large }) => (small > 2 ? large / small : 0))).toFixed(1);
}

function textOf(unit: string, length: number): string {
  // Numbers between, or it would be refused as a flood.
  let text = '';
  for (let i = 0; text.length < length; i++)
    text += i % 8 === 7 ? `${unit}${Math.imul(i, 2_654_435) >>> 8} ` : unit;
  return text.slice(0, length);
}

function cost(text: string): number {
  let least = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const before = process.cpuUsage();
    inspectText(BUILT_IN, text, 'user');
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

function costOfQuarter(unit: string): number {
  const text = textOf(unit, LARGE);
  let sum = 0;
  for (let from = 0; from < LARGE; from += SMALL) sum += cost(text.slice(from, from + SMALL));
  return sum / (LARGE / SMALL);
}

function hostileUnits(): string[] {
  const units = new Set<string>();
  const always = new Set<string>([
    ' ',
    'a',
    'A',
    '\u200b',
    '%25',
    '&#x26;',
    '\\u005c',
    'QUFB',
    '0x41,',
    'i g n o r e ',
    'а',
  ]);
  for (const rule of RULES) {
    for (const literal of rule.literals) for (const glue of ['', ' ', ' a ']) units.add(literal + glue);
    for (const example of rule.catches) {
      const text = canonicalText(example).text;
      for (const share of [0.3, 0.6, 0.9, 1])
        units.add(`${text.slice(0, Math.max(1, Math.floor(text.length * share)))} `);
    }
  }
  // All literals at once make every pattern run.
  always.add(RULES.flatMap(({ literals }) => literals).join(' '));
  always.add(RULES.flatMap(({ catches }) => catches.map((text) => text.slice(0, -2))).join(' '));
  always.add(
    RULES.flatMap(({ catches }) => catches)
      .reverse()
      .join('\n'),
  );
  return [...always, ...[...units].filter((_, at) => at % Number(every) === 0)];
}
