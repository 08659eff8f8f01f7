/**
 * Recall and false alarms of the detectors of secrets and personal data, what they cost, and how much they hold.
 * Results are kept in record/detectors.md.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/scanner/bench/detectors.bench.ts \
 *     [--rows JSONL] [--gitleaks DIR] [--secretlint DIR] [--trufflehog DIR] [--presidio DIR] [--text FILE]... [--misses SOURCE]
 *
 * Folders are checkouts of the projects. A sample counts as found if anything of its sort is found in it.
 * `--misses` prints the samples of one source that were judged wrong. CPU time of the process, least of several rounds.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { DETECTOR_KINDS, DetectorCursor, findPersonalData, findSecrets } from '@lorekeep/kit/matching';
import { drawPersonalData, drawSecrets } from './detector-generators.js';
import {
  fromFirewallRows,
  fromGitleaks,
  fromPresidio,
  fromSecretlint,
  fromTrufflehog,
  readRows,
  type Sample,
} from './detector-samples.js';
import { cut, randomFrom } from './generate.js';
import { leastInTurns } from './measure.js';

const SEED = 20261121;
const ROUNDS = 5;

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    gitleaks: { type: 'string' },
    secretlint: { type: 'string' },
    trufflehog: { type: 'string' },
    presidio: { type: 'string' },
    text: { type: 'string', multiple: true, default: [] },
    misses: { type: 'string' },
  },
});
const rows = values.rows ? readRows(values.rows) : [];
const samples: Sample[] = [
  ...fromFirewallRows(rows),
  ...(values.gitleaks ? fromGitleaks(values.gitleaks, randomFrom(SEED)) : []),
  ...(values.secretlint ? fromSecretlint(values.secretlint) : []),
  ...(values.trufflehog ? fromTrufflehog(values.trufflehog) : []),
  ...(values.presidio ? fromPresidio(values.presidio) : []),
  ...drawSecrets(randomFrom(SEED + 1)),
  ...drawPersonalData(randomFrom(SEED + 2)),
];

process.stdout.write(`node ${process.version}, load ${loadavg()[0]?.toFixed(2)}\n\n`);
reportSamples();
reportText();

/** Interval of Wilson, 95 %. */
function wilson(hits: number, count: number): string {
  const z = 1.96;
  const share = hits / count;
  const middle = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half =
    (z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))) / (1 + z ** 2 / count);
  return `${(100 * Math.max(0, middle - half)).toFixed(1)}–${(100 * Math.min(1, middle + half)).toFixed(1)}`;
}

function reportSamples(): void {
  const bySource = new Map<string, { hits: number; count: number }>();
  for (const sample of samples) {
    const entry = bySource.get(sample.source) ?? { hits: 0, count: 0 };
    bySource.set(sample.source, entry);
    const found = (sample.wants === 'secret' ? findSecrets : findPersonalData)(sample.text);
    entry.count++;
    if (found.length > 0) entry.hits++;
    if (sample.source !== values.misses || found.length > 0 === sample.positive) continue;
    const what = found.map(({ kind, start, end }) => `${kind} ${sample.text.slice(start, end)}`).join(' | ');
    process.stdout.write(`${sample.group}: ${JSON.stringify(sample.text.slice(0, 400))} ${what}\n`);
  }
  process.stdout.write('| samples | found | of | share | 95 % |\n| --- | --- | --- | --- | --- |\n');
  for (const [source, { hits, count }] of bySource)
    process.stdout.write(
      `| ${source} | ${hits} | ${count} | ${((100 * hits) / count).toFixed(1)} % | ${wilson(hits, count)} |\n`,
    );
}

function reportText(): void {
  const texts = values.text.map((file) => ({ name: basename(file), text: readFileSync(file, 'utf8') }));
  const benign = rows.filter(({ category }) => category.startsWith('benign') && !category.includes('secret'));
  if (benign.length > 0)
    texts.push({ name: 'benign rows', text: benign.map(({ text }) => text).join('\n\n') });
  texts.push(tableOfNumbers());
  process.stdout.write(
    '\n| text | MB | ms/MB whole | ms/MB stream | secrets | personal data | held mean | held max |\n' +
      '| --- | --- | --- | --- | --- | --- | --- | --- |\n',
  );
  for (const { name, text } of texts) {
    const bytes = Buffer.byteLength(text) / 1e6;
    const [whole = 0, stream = 0] = leastInTurns(ROUNDS, [
      () => void [findSecrets(text), findPersonalData(text)],
      () => void held(text),
    ]);
    const { mean, most } = held(text);
    process.stdout.write(
      `| ${name} | ${bytes.toFixed(2)} | ${(whole / bytes).toFixed(1)} | ${(stream / bytes).toFixed(1)} | ` +
        `${findSecrets(text).length} | ${findPersonalData(text).length} | ${mean.toFixed(2)} | ${most} |\n`,
    );
  }
}

function tableOfNumbers(): { name: string; text: string } {
  const random = randomFrom(SEED + 3);
  const row = (): string =>
    Array.from({ length: 12 }, () => String(Math.floor(10 ** (1 + 5 * random())))).join(' ');
  return { name: 'a table of numbers', text: Array.from({ length: 2_000 }, row).join(' ') };
}

/** Units held after each piece of 1 to 6 units. */
function held(text: string): { mean: number; most: number } {
  const cursor = new DetectorCursor(new Set(DETECTOR_KINDS));
  let sum = 0;
  let most = 0;
  const pieces = cut(text, SEED);
  for (const piece of pieces) {
    cursor.feed(piece, () => false);
    const length = cursor.position - cursor.undecidedFrom();
    sum += length;
    most = Math.max(most, length);
  }
  cursor.finish(() => false);
  return { mean: sum / pieces.length, most };
}
