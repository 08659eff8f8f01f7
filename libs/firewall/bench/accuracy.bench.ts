/**
 * How much is refused and flagged, by category and source.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/firewall/bench/accuracy.bench.ts <rows.jsonl> [--json]
 *
 * A row: {source, label: "attack"|"benign", category, lang, text}. Rows whose category names a document are read as
 * documents, all others as questions. Intervals are Wilson's, 95 %.
 */
import { readFileSync } from 'node:fs';
import { BUILT_IN, inspectText } from '../src/index.js';

interface Row {
  source: string;
  label: string;
  category: string;
  lang: string;
  text: string;
}
interface Count {
  rows: number;
  refused: number;
  flagged: number;
}

const [path, ...options] = process.argv.slice(2);
if (!path) throw new Error('give a file of rows');
const show = options.find((option) => option.startsWith('--show='))?.slice('--show='.length);
const counts = new Map<string, Count>();
const micros: number[] = [];
for (const line of readFileSync(path, 'utf8').split('\n')) {
  if (!line) continue;
  const row = JSON.parse(line) as Row;
  const role =
    row.category.includes('document') || row.category.startsWith('injection_indirect') ? 'document' : 'user';
  const started = performance.now();
  const { action, hits } = inspectText(BUILT_IN, row.text, role);
  micros.push((performance.now() - started) * 1000);
  const key = `${row.label.padEnd(6)} ${row.category}|${row.source}|${row.lang}`;
  const count = counts.get(key) ?? { rows: 0, refused: 0, flagged: 0 };
  count.rows += 1;
  if (action === 'refuse') count.refused += 1;
  if (action !== 'allow') count.flagged += 1;
  counts.set(key, count);
  if (show && key.includes(show) && (row.label === 'attack') === (action === 'allow'))
    console.log(JSON.stringify({ action, rules: hits.map((hit) => hit.rule), text: row.text.slice(0, 300) }));
}

function wilson(part: number, of: number): string {
  const z = 1.96;
  const p = part / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return `${(100 * Math.max(0, middle - half)).toFixed(1)}–${(100 * Math.min(1, middle + half)).toFixed(1)}`;
}

micros.sort((a, b) => a - b);
const at = (share: number): number => Math.round(micros[Math.floor(share * (micros.length - 1))] ?? 0);
const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
if (options.includes('--json')) {
  console.log(
    JSON.stringify({ rows: Object.fromEntries(lines), micros: { p50: at(0.5), p99: at(0.99), max: at(1) } }),
  );
} else {
  for (const [key, { rows, refused, flagged }] of lines)
    console.log(
      `${key.padEnd(62)} ${String(rows).padStart(5)}  refused ${((100 * refused) / rows).toFixed(1).padStart(5)} (${wilson(refused, rows)})  any ${((100 * flagged) / rows).toFixed(1).padStart(5)}`,
    );
  console.log(`microseconds a text: p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`);
}
