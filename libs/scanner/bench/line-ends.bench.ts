/**
 * What words that are seen through the end of a line hit on ordinary text: places where Han stands on the two sides of one
 * end of a line, of a blank (seen through too) and of an empty line (not seen through), and in how many of them an entry
 * of a list goes through. Results are kept in record/line-ends.md.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/scanner/bench/line-ends.bench.ts \
 *     [--words FILE]… [--wrap COLUMNS] TEXT…
 *
 * FILE has one word a line; without any the default tier is measured. TEXT is `.jsonl` with the field `text`, or text.
 * --wrap breaks lines after so many characters, as PDFs and mail do.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BASE_FOLDS, baseFold, foldMask, Matcher } from '@lorekeep/kit/matching';
import { DEFAULT_TIER } from '../src/default-tier/default-tier.js';

const { values, positionals } = parseArgs({
  options: { words: { type: 'string', multiple: true }, wrap: { type: 'string' } },
  allowPositionals: true,
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const HAN = '[\\u3400-\\u9fff]';
const INDENT = '[ \\t\\u3000]*';
/** Between two Han characters. */
const GAPS = {
  line: `${INDENT}(?:\\r\\n|\\n|\\r)${INDENT}`,
  blank: '[ \\t\\u3000]+',
  'empty line': `${INDENT}\\n${INDENT}(?:\\n${INDENT})+`,
};
/** Units on each side in which a word that goes through a gap lies. */
const REACH = 12;

function textOf(file: string): string {
  const text = readFileSync(file, 'utf8');
  const rows = file.endsWith('.jsonl') ? text.split('\n').filter((line) => line !== '') : [];
  const whole =
    rows.length === 0 ? text : rows.map((line) => (JSON.parse(line) as { text: string }).text).join('\n\n\n');
  const columns = Number(values.wrap);
  return values.wrap ? whole.replace(new RegExp(`[^\\n]{${columns}}(?=[^\\n])`, 'gu'), '$&\n') : whole;
}

const words = (values.words ?? []).flatMap((file) => readFileSync(file, 'utf8').split('\n'));
const listed = values.words
  ? words.map((word) => word.trim()).filter((word) => new RegExp(`^${HAN}{2,12}$`).test(word))
  : DEFAULT_TIER.words.filter(({ allow }) => allow !== true).map(({ text }) => text);
const folds = foldMask(['interleave']);
const entries = [...new Set(listed)].map((text) => ({ id: text, text, folds }));
const matcher = new Matcher(entries, baseFold(BASE_FOLDS));
print(
  `words: ${entries.length}, of two characters ${entries.filter(({ text }) => text.length === 2).length}`,
);

/** Whether an entry would go through a gap if that were seen through: its two sides side by side. */
function goesThrough(before: string, after: string): boolean {
  return matcher
    .findAll(before + after)
    .some(({ start, end }) => start < before.length && end > before.length);
}

for (const file of positionals) {
  const text = textOf(file);
  const cells = Object.values(GAPS).map((gap) => {
    const places = [...text.matchAll(new RegExp(`(?<=${HAN})${gap}(?=${HAN})`, 'g'))];
    const hits = places.filter(({ 0: whole, index }) => {
      const before = new RegExp(`${HAN}*$`).exec(text.slice(Math.max(0, index - REACH), index));
      const after = new RegExp(`^${HAN}*`).exec(text.slice(index + whole.length).slice(0, REACH));
      return goesThrough(before?.[0] ?? '', after?.[0] ?? '');
    });
    return `${places.length} → ${hits.length}`;
  });
  print(`| ${file.split('/').at(-1) ?? ''} | ${text.length} | ${cells.join(' | ')} |`);
}
