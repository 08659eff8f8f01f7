// How many passages a second of processor time are analysed (other work on the machine does not count), and their terms:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/kit/src/text/bench/analyze.bench.ts PATH… [--record]
// PATH: a file of JSON lines {title?, text}, or a folder with corpus.jsonl. With --record also writes record/analyze.json.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { analyze, dominantLanguage } from '../index.js';

const ROUNDS = 5;
const paths = process.argv.slice(2).filter((argument) => argument !== '--record');
if (paths.length === 0) throw new Error('give a file or folder');

const record: Record<string, unknown>[] = [];
for (const path of paths) {
  const file = statSync(path).isDirectory() ? join(path, 'corpus.jsonl') : path;
  const texts = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { title?: string; text: string })
    .map(({ title, text }) => (title ? `${title}\n${text}` : text));
  for (const language of ['en', 'zh'] as const) {
    const own = texts.filter((text) => dominantLanguage(text) === language);
    if (own.length > 0) record.push({ set: basename(path), language, ...measure(own) });
  }
}
const output = `[\n${record.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`;
process.stdout.write(output);
if (process.argv.includes('--record')) {
  const folder = new URL('record/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('analyze.json', folder), output);
}

/** Per second of processor time. `cold`: the first pass of this process over these texts, words not yet stemmed; `warm`: the best of the further ones. */
function measure(texts: readonly string[]): Record<string, number> {
  let terms = 0;
  const seconds = Array.from({ length: ROUNDS }, () => {
    terms = 0;
    const began = process.cpuUsage();
    for (const text of texts) terms += analyze(text).length;
    return process.cpuUsage(began).user / 1e6;
  });
  const [cold = 1, ...warm] = seconds;
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return {
    passages: texts.length,
    characters: Math.round(characters / texts.length),
    terms: Math.round(terms / texts.length),
    coldPerSecond: Math.round(texts.length / cold),
    warmPerSecond: Math.round(texts.length / Math.min(...warm)),
  };
}
