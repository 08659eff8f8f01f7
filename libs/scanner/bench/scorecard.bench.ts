/**
 * What the folds find and what they cost: variants of listed words as evaders write them, by fold and style, from a
 * recorded seed; false alarms on clean text; English words that are hit though they are not listed. Results are kept
 * in record/scorecard.md.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/scanner/bench/scorecard.bench.ts \
 *     [--words FILE]… [--verbose] [TEXT…]
 *
 * FILE has one word a line; without any the default tier is measured. TEXT is clean text, `.jsonl` with the field
 * `text`; without any it is generated. --verbose adds styles below the goal, examples of misses and of false alarms.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  BASE_FOLDS,
  baseFold,
  CONTEXT_FOLDS,
  foldMask,
  Matcher,
  type FoldName,
  type MatcherEntry,
} from '@lorekeep/kit/matching';
import { DEFAULT_TIER } from '../src/default-tier/default-tier.js';
import { EVASIONS, type Evasion } from './evasions.js';
import { generateText, randomFrom } from './generate.js';

const SEED = 20261121;
const GOAL = 0.95;
const EXAMPLES = 5;
const ALL: readonly FoldName[] = [...BASE_FOLDS, ...CONTEXT_FOLDS];
const ENGLISH_SENTENCES = [
  ['He said ', ' and went away.'],
  ['Why do they write "', '" there?'],
  ['', ', that is all.'],
  ['It is about ', '!'],
] as const;
const CHINESE_SENTENCES = [
  ['他们又说', '这件事。'],
  ['请问', '？'],
  ['关于“', '”的讨论'],
  ['有人写了 ', ' 然后走了'],
] as const;

const { values, positionals } = parseArgs({
  options: { words: { type: 'string', multiple: true }, verbose: { type: 'boolean' } },
  allowPositionals: true,
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const row = (...cells: (string | number)[]) => print(`| ${cells.join(' | ')} |`);
const share = (found: number, of: number) => (of === 0 ? '–' : `${((100 * found) / of).toFixed(1)} %`);

function listedWords(): Omit<MatcherEntry, 'id'>[] {
  if (!values.words) return [...DEFAULT_TIER.words];
  const lines = values.words.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  const words = new Set(lines.map((line) => line.trim()).filter((line) => /[\p{L}\p{N}]/u.test(line)));
  return [...words].map((text) => ({ text }));
}

function cleanText(file: string): string {
  const text = readFileSync(file, 'utf8');
  if (!file.endsWith('.jsonl')) return text;
  const rows = text.split('\n').filter((line) => line !== '');
  return rows.map((line) => (JSON.parse(line) as { text: string }).text).join('\n');
}

const entries: MatcherEntry[] = listedWords().map((entry, index) => ({ id: String(index), ...entry }));
const matchers = new Map<string, Matcher>();

/** A matcher of the words with exactly these folds. */
function matcherOf(folds: readonly FoldName[]): Matcher {
  const key = folds.join();
  let matcher = matchers.get(key);
  if (!matcher) {
    const mask = foldMask(folds);
    matcher = new Matcher(
      entries.map((entry) => ({ ...entry, folds: mask })),
      baseFold(folds),
    );
    matchers.set(key, matcher);
  }
  return matcher;
}

interface Score {
  readonly fold: string;
  readonly style: string;
  readonly needs: readonly FoldName[];
  variants: number;
  off: number;
  alone: number;
  all: number;
  readonly missed: string[];
}

/** The same word is found within the variant. */
function finds(folds: readonly FoldName[], text: string, entry: number, from: number, to: number): boolean {
  return matcherOf(folds)
    .findAll(text)
    .some((match) => match.entry === entry && match.start < to && match.end > from);
}

function measure(evasion: Evasion, random: () => number): Score {
  const { fold, style, needs } = evasion;
  const score: Score = { fold, style, needs, variants: 0, off: 0, alone: 0, all: 0, missed: [] };
  entries.forEach((entry, index) => {
    const variant = entry.allow ? undefined : evasion.write(entry.text, random);
    if (variant === undefined || variant === entry.text) return;
    const sentences = /\p{Script=Han}/u.test(entry.text) ? CHINESE_SENTENCES : ENGLISH_SENTENCES;
    const sentence = sentences[Math.floor(random() * sentences.length)] ?? sentences[0];
    for (const [before, after] of [sentence, ['', '']]) {
      const text = (before ?? '') + variant + (after ?? '');
      const from = (before ?? '').length;
      const found = (folds: readonly FoldName[]) => finds(folds, text, index, from, from + variant.length);
      score.variants++;
      if (found([])) score.off++;
      const [alone, all] = [found(needs), found(ALL)];
      if (alone) score.alone++;
      if (all) score.all++;
      if (!alone || !all)
        score.missed.push(`${entry.text} → ${text}${all ? ' (alone)' : alone ? ' (all on)' : ''}`);
    }
  });
  return score;
}

function total(scores: readonly Score[], key: 'variants' | 'off' | 'alone' | 'all'): number {
  return scores.reduce((sum, score) => sum + score[key], 0);
}

const texts = positionals.length > 0 ? positionals.map(cleanText) : [generateText(200_000, SEED)];
const characters = texts.reduce((sum, text) => sum + text.length, 0);
const listed = new Set(entries.map(({ text }) => text.toLowerCase()));
const vocabulary = [
  ...new Set(
    texts.flatMap((text) => text.match(/(?<![\p{L}\p{N}'’])[A-Za-z]{2,}(?![\p{L}\p{N}'’])/gu) ?? []),
  ),
].filter((word) => !listed.has(word.toLowerCase()));

interface Alarms {
  readonly added: number;
  readonly words: string[];
  readonly examples: string[];
}

const alarms = new Map<string, Alarms>();

/** Matches that are not there with case alone (for case: with everything off), and unlisted words that are hit. */
function alarmsOf(folds: readonly FoldName[]): Alarms {
  const key = folds.join();
  const known = alarms.get(key);
  if (known) return known;
  const matcher = matcherOf(folds);
  const examples: string[] = [];
  let added = 0;
  for (const text of texts) {
    const base = key === 'case' ? [] : (['case'] as const);
    const plain = new Set(
      matcherOf(base)
        .findAll(text)
        .map(({ entry, start }) => `${entry} ${start}`),
    );
    for (const { entry, start, end } of matcher.findAll(text)) {
      if (plain.has(`${entry} ${start}`)) continue;
      added++;
      const around = text.slice(Math.max(0, start - 12), end + 12).replace(/\s+/g, ' ');
      examples.push(`${entries[entry]?.text ?? ''}: …${around}…`);
    }
  }
  const words = vocabulary.filter((word) => matcher.findAll(word).length > 0);
  const result = { added, words, examples };
  alarms.set(key, result);
  return result;
}

const perText = (added: number) => ((10_000 * added) / characters).toFixed(3);

print(
  `words: ${values.words ? 'given lists' : `default tier ${DEFAULT_TIER.id}`}, ${entries.length}; seed ${SEED}; ` +
    `clean text: ${positionals.length || 'generated'}, ${characters} characters, ${vocabulary.length} unlisted English words\n`,
);
print(
  '| fold | variants | off | this fold alone | all on | false alarms / 10,000, alone | unlisted words, alone |',
);
print('| --- | --- | --- | --- | --- | --- | --- |');
const random = randomFrom(SEED);
const scores = EVASIONS.map((evasion) => measure(evasion, random)).filter(({ variants }) => variants > 0);
for (const fold of new Set(scores.map((score) => score.fold))) {
  const own = scores.filter((score) => score.fold === fold);
  const variants = total(own, 'variants');
  const recalls = (['off', 'alone', 'all'] as const).map((key) => share(total(own, key), variants));
  const { added, words } = alarmsOf(own[0]?.needs ?? []);
  row(fold, variants, ...recalls, perText(added), words.length);
}
const everything = alarmsOf(ALL);
const defaults = alarmsOf(ALL.filter((fold) => fold !== 'leet'));
print(
  `\nall on: ${perText(everything.added)} false alarms / 10,000 (${everything.added}), ${everything.words.length} unlisted words`,
);
print(
  `all but leet: ${perText(defaults.added)} false alarms / 10,000 (${defaults.added}), ${defaults.words.length} unlisted words`,
);

const isLow = ({ variants, alone, all }: Score) => Math.min(alone, all) < GOAL * variants;
const low = scores.filter(isLow);
print(`\nstyles: ${scores.length}, below ${100 * GOAL} %: ${low.length}\n`);
if (low.length > 0) print('| fold | style | variants | alone | all on |\n| --- | --- | --- | --- | --- |');
for (const { fold, style, variants, alone, all } of low) {
  row(fold, `\`${style}\``, variants, share(alone, variants), share(all, variants));
}
if (values.verbose) {
  const spread = (list: readonly string[], count: number) =>
    list.filter((_, i) => i % Math.ceil(list.length / count) === 0);
  for (const { fold, style, missed } of scores.filter(({ missed }) => missed.length > 0)) {
    for (const text of spread(missed, EXAMPLES)) print(`missed ${fold} ${style}: ${text}`);
  }
  for (const [folds, { words, examples }] of alarms) {
    if (words.length > 0) print(`words ${folds}: ${words.join(' ')}`);
    for (const text of spread(examples, 4 * EXAMPLES)) print(`alarm ${folds}: ${text}`);
  }
}
