/**
 * False alarms in manuals: whole files as documents, their paragraphs as what people paste into questions.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/firewall/bench/manuals.bench.ts <folder>...
 *
 * Any folder of Markdown, reStructuredText or plain text that was written to be read by people. Same texts count once.
 * Each is named that is held back, and each rule by which a paragraph is refused or flagged.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_IN, inspectText, type Inspection } from '../src/index.js';

const MANUAL = /\.(?:md|rst|txt)$/i;
/** Lists of words, tables of data and the like are no manuals. */
const PROSE = /[a-z]{3,} [a-z]{2,} [a-z]{2,}|[\u3400-\u9fff]{6,}/;
/** Units. */
const DOCUMENT_MIN = 400;
const DOCUMENT_MAX = 60_000;
const PARAGRAPH_MIN = 80;
const PARAGRAPH_MAX = 900;
const STEERING = /^(?:document-instruction|direct-injection|jailbreak|prompt-leak)\./;

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('give folders');
for (const folder of folders) {
  const documents = manualsIn(folder);
  const paragraphs = new Set(documents.flatMap(({ text }) => paragraphsOf(text)));
  const held: string[] = [];
  const [quarantined, flagged] = count(documents, ({ path, text }) => {
    const inspection = inspectText(BUILT_IN, text, 'document');
    if (inspection.action === 'refuse') held.push(`${path}: ${steeringOf(inspection).join(', ')}`);
    return inspection;
  });
  const rules = new Map<string, number>();
  const [refused, doubted] = count([...paragraphs], (text) => {
    const inspection = inspectText(BUILT_IN, text, 'user');
    for (const rule of steeringOf(inspection)) rules.set(rule, (rules.get(rule) ?? 0) + 1);
    return inspection;
  });
  console.log(
    `${folder}: ${documents.length} documents, ${share(quarantined, documents.length)} quarantined, ` +
      `${share(flagged, documents.length)} flagged; ${paragraphs.size} paragraphs as questions, ` +
      `${share(refused, paragraphs.size)} refused, ${share(doubted, paragraphs.size)} flagged`,
  );
  for (const line of held) console.log(`  ${line}`);
  const often = [...rules].sort(([, one], [, other]) => other - one).slice(0, 12);
  if (often.length > 0) console.log(`  ${often.map(([rule, times]) => `${rule} ${times}`).join(', ')}`);
}

interface Manual {
  readonly path: string;
  readonly text: string;
}

function manualsIn(folder: string): Manual[] {
  const seen = new Set<string>();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && MANUAL.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8').slice(0, DOCUMENT_MAX) }))
    .filter(
      ({ text }) => text.length >= DOCUMENT_MIN && PROSE.test(text) && !seen.has(text) && seen.add(text),
    );
}

function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(({ length }) => length >= PARAGRAPH_MIN && length <= PARAGRAPH_MAX)
    .filter((paragraph) => PROSE.test(paragraph));
}

function steeringOf({ action, hits }: Inspection): string[] {
  if (action === 'allow') return [];
  return [...new Set(hits.map(({ rule }) => rule).filter((rule) => STEERING.test(rule)))];
}

/** How many are refused, and how many are flagged for an attempt to steer, at most. */
function count<T>(texts: readonly T[], inspect: (text: T) => Inspection): [number, number] {
  let [refused, flagged] = [0, 0];
  for (const text of texts) {
    const inspection = inspect(text);
    if (inspection.action === 'refuse') refused++;
    else if (inspection.action === 'flag' && steeringOf(inspection).length > 0) flagged++;
  }
  return [refused, flagged];
}

function share(some: number, all: number): string {
  return `${((100 * some) / Math.max(1, all)).toFixed(2)} %`;
}
