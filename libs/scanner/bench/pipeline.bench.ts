/**
 * What a whole answer costs: own words with exceptions, the default tier, contextual folds, personal data, secrets,
 * redaction. Results are kept in record/README.md.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/scanner/bench/pipeline.bench.ts [TEXT WORDS]
 *
 * Answers of 2,000 units in pieces of 1 to 6, each timed on its own by the clock of the wall. On a machine that others use
 * the last column tells most: of each answer the least of all rounds, what it costs while nobody disturbs.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { DETECTOR_CATEGORIES } from '../src/category-defaults.js';
import {
  compileWordTable,
  DEFAULT_TIER,
  type ScanTable,
  StreamScanner,
  type WordEntry,
} from '../src/index.js';
import { cut, generateText, generateWords } from './generate.js';
import { quantile } from './measure.js';

const ANSWERS = 200;
const ROUNDS = 12;
const UNITS = 2_000;
/** A character that no text has. */
const UNHEARD_OF = '\u3404';

const [textFile, wordFile] = process.argv.slice(2);
const text = textFile ? readFileSync(textFile, 'utf8') : generateText(500_000, 1);
const list = wordFile
  ? readFileSync(wordFile, 'utf8')
      .split('\n')
      .filter((line) => line.trim())
  : generateWords(100_000, 2);
const words = list.map((one, i): WordEntry => ({
  id: String(i),
  text: one,
  category: 'own',
  action: 'redact',
}));
const exceptions = list.slice(0, 1_000).map((one, i): WordEntry => ({
  id: `e${i}`,
  text: `${one}x`,
  category: 'own',
  action: 'redact',
  allow: true,
}));
const actions = Object.fromEntries(DETECTOR_CATEGORIES.map(({ name }) => [name, 'redact' as const]));
const tier = DEFAULT_TIER.words.map((one, i): WordEntry => ({ ...one, id: `t${i}`, action: 'redact' }));

function everything(own: readonly WordEntry[]): ScanTable {
  const table = compileWordTable([...own.slice(0, 99_000), ...exceptions], { actions });
  const [shared] = compileWordTable(tier).units;
  if (!shared) throw new Error('no unit');
  return { ...table, units: [...table.units, { ...shared, id: 'tier', kind: 'tier' as const }] };
}

const variants = {
  'words alone, base folds': compileWordTable(words.slice(0, 99_000), {
    folds: ['case', 'width', 'compatibility', 'traditional'],
  }),
  'words, contextual folds': compileWordTable(words.slice(0, 99_000)),
  'everything on': everything(words),
  // All prefixes of words are there, and no word: what most answers are.
  'everything on, no word found': everything(
    words.map((one) => ({ ...one, text: `${one.text}${UNHEARD_OF}` })),
  ),
};

process.stdout.write(`${words.length} words, node ${process.version}, load ${loadavg()[0]?.toFixed(2)}\n`);
process.stdout.write(
  '| pipeline | ms an answer, median | p99 | held mean | held max | least of rounds, median |\n| --- | --- | --- | --- | --- | --- |\n',
);
for (const [name, table] of Object.entries(variants)) {
  const times: number[] = [];
  const least = new Float64Array(ANSWERS).fill(Infinity);
  let [held, heldMost, pieces] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < ANSWERS; i++) {
      const from = (i * UNITS) % Math.max(1, text.length - UNITS);
      const chunks = cut(text.slice(from, from + UNITS), i);
      const scanner = new StreamScanner(table);
      const begin = performance.now();
      for (const chunk of chunks) scanner.push('content', chunk);
      scanner.end('content');
      const took = performance.now() - begin;
      if (round > 0) {
        times.push(took);
        least[i] = Math.min(least[i] ?? took, took);
        continue;
      }
      const again = new StreamScanner(table);
      for (const chunk of chunks) {
        again.push('content', chunk);
        const now = again.held('content');
        held += now;
        heldMost = Math.max(heldMost, now);
        pieces++;
      }
    }
  }
  const at = (share: number) => quantile(times, share).toFixed(3);
  process.stdout.write(
    `| ${name} | ${at(0.5)} | ${at(0.99)} | ${(held / pieces).toFixed(2)} | ${heldMost} | ${quantile([...least], 0.5).toFixed(3)} |\n`,
  );
}
