/**
 * How much is refused and flagged, by group with its goal, or by category and source.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/firewall/bench/accuracy.bench.ts <rows.jsonl>… \
 *     [--preset strict] [--sources] [--show <part of a line's name>]
 *
 * A row: {source, label: "attack"|"benign", category, lang, text}. Rows whose category names a document are read as
 * documents, all others as questions. Intervals are Wilson's, 95 %. --show prints what was decided wrongly. Results are
 * kept in record/README.md.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inspectText, PRESET_POLICIES, type Preset } from '../src/index.js';
import { GROUPS, type Row } from './groups.js';

const { values, positionals } = parseArgs({
  options: { preset: { type: 'string' }, sources: { type: 'boolean' }, show: { type: 'string' } },
  allowPositionals: true,
});
if (positionals.length === 0) throw new Error('give files of rows');
const policy = PRESET_POLICIES[(values.preset ?? 'balanced') as Preset];

interface Count {
  rows: number;
  refused: number;
  flagged: number;
  /** What most rows of a template decided, for groups whose rows repeat a few templates. */
  readonly templates: Map<string, number>;
}

const counts = new Map<string, Count>();
const micros: number[] = [];
for (const path of positionals)
  for (const line of readFileSync(path, 'utf8').split('\n')) if (line) read(JSON.parse(line) as Row);

function read(row: Row): void {
  const role =
    row.category.includes('document') || row.category.startsWith('injection_indirect') ? 'document' : 'user';
  const began = performance.now();
  const { action, hits } = inspectText(policy, row.text, role);
  micros.push((performance.now() - began) * 1_000);
  const source = `${row.label.padEnd(6)} ${row.category}|${row.source}|${row.lang}`;
  const names = values.sources ? [source] : GROUPS.filter(({ holds }) => holds(row)).map(({ name }) => name);
  for (const name of names) {
    const count = counts.get(name) ?? {
      rows: 0,
      refused: 0,
      flagged: 0,
      templates: new Map<string, number>(),
    };
    count.rows += 1;
    if (action === 'refuse') count.refused += 1;
    if (action !== 'allow') count.flagged += 1;
    const template = row.text.slice(0, 8);
    count.templates.set(template, (count.templates.get(template) ?? 0) + (action === 'allow' ? -1 : 1));
    counts.set(name, count);
  }
  const wrong = row.label === 'attack' ? action === 'allow' : action !== 'allow';
  if (values.show && wrong && [source, ...names].some((name) => name.includes(values.show ?? '')))
    print(JSON.stringify({ action, rules: hits.map((hit) => hit.rule), text: row.text.slice(0, 400) }));
}

function wilson(part: number, of: number): string {
  const z = 1.96;
  const p = part / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return `${percent(p)} (${percent(Math.max(0, middle - half))}–${percent(Math.min(1, middle + half))})`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

print(`| ${values.sources ? 'rows' : 'group'} | rows | refused, % | refused or flagged, % | goal |`);
print('| --- | --- | --- | --- | --- |');
const goals = new Map(GROUPS.map(({ name, goal }) => [name, goal]));
const names = values.sources ? [...counts.keys()].sort() : GROUPS.map(({ name }) => name);
for (const name of names) {
  const count = counts.get(name);
  if (!count) continue;
  const { rows, refused, flagged, templates } = count;
  const found = [...templates.values()].filter((vote) => vote > 0).length;
  const byTemplate = name.includes('template') ? `; ${found} of ${templates.size} templates` : '';
  print(
    `| ${name} | ${rows} | ${wilson(refused, rows)} | ${wilson(flagged, rows)}${byTemplate} | ${goals.get(name) ?? ''} |`,
  );
}
micros.sort((a, b) => a - b);
const at = (share: number): string => (micros[Math.floor(share * (micros.length - 1))] ?? 0).toFixed(0);
print(`\nmicroseconds a text: p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`);
