/**
 * The fold `pinyin`: how many disguised entries of the default tier are found, and how often ordinary text is hit.
 * Results are kept in record/pinyin.md.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/scanner/bench/pinyin.bench.ts TEXT…
 *
 * TEXT: files of ordinary text (plain, or JSON lines with `text`), Chinese and English. Every English word in them is
 * also tried alone. --words=FILE: a list, one entry a line, instead of the default tier. With --show the false alarms are printed.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  PINYIN_RULE,
  PinyinMatcher,
  PinyinReader,
  pinyinFold,
  type PinyinRule,
} from '@lorekeep/kit/matching';
import { DEFAULT_TIER } from '../src/default-tier/default-tier.js';
import { randomFrom } from './generate.js';
import { cpu } from './measure.js';

const HAN = /^\p{Script=Han}$/u;
const SEED = 7;
/** No word of the dictionary is so usual, no entry so long. */
const NEVER = 99;
const EXAMPLES = 15;
const RULES: Readonly<Record<string, PinyinRule>> = {
  'no dictionary': { ordinary: NEVER, edge: NEVER, mixed: NEVER },
  words: { ordinary: 1, edge: NEVER, mixed: NEVER },
  'usual words': { ordinary: 16, edge: NEVER, mixed: NEVER },
  'words, usual edges': { ordinary: 1, edge: 16, mixed: NEVER },
  'words, edges': { ordinary: 1, edge: 1, mixed: NEVER },
  'usual words, usual edges': { ordinary: 16, edge: 16, mixed: NEVER },
  'usual words, edges': { ordinary: 16, edge: 1, mixed: NEVER },
  'very usual words, edges': { ordinary: 24, edge: 1, mixed: NEVER },
  'usual words, edges, mixed from 3': { ordinary: 16, edge: 1, mixed: 3 },
  'as built': PINYIN_RULE,
};

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const shows = process.argv.includes('--show');
const print = (line: string) => process.stdout.write(`${line}\n`);
const row = (...cells: (string | number)[]) => print(`| ${cells.join(' | ')} |`);

const isHan = (text: string) => [...text].filter((character) => HAN.test(character)).length >= 2;
const [wordFile] = process.argv
  .filter((argument) => argument.startsWith('--words='))
  .map((argument) => argument.slice(8));
const listed = wordFile
  ? [
      ...new Set(
        readFileSync(wordFile, 'utf8')
          .split('\n')
          .map((line) => line.trim()),
      ),
    ]
  : DEFAULT_TIER.words.filter(({ allow }) => !allow).map(({ text }) => text);
const words = listed.filter(isHan);
const matcher = new PinyinMatcher(words.map((text) => ({ id: text, text })));
const fold = pinyinFold();
const soundOf = (character: string): string => {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint > 0xffff || !HAN.test(character)) return '';
  const single = fold.singles[codePoint] ?? 0;
  return single > 0 ? String.fromCharCode(single) : String.fromCharCode(...fold.expand(codePoint).units);
};

interface Hit {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

function hitsIn(text: string, rule: PinyinRule): Hit[] {
  const hits: Hit[] = [];
  const reader = new PinyinReader(matcher, undefined, rule);
  const collect = (entry: number, start: number, end: number): boolean => {
    hits.push({ word: words[entry] ?? '', start, end });
    return false;
  };
  reader.feed(text, collect);
  reader.finish(collect);
  return hits;
}

const textOf = (file: string): string => {
  const raw = readFileSync(file, 'utf8');
  if (!file.endsWith('.jsonl')) return raw;
  const lines = raw.split('\n').filter((line) => line !== '');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text).join('\n');
};
const corpora = files.map((file) => ({
  name: basename(file.replace(/\/corpus\.jsonl$/, '')),
  text: textOf(file),
}));

/** Characters of each sound as often as ordinary text has them: what an input method offers first. */
function soundAlikes(): Map<string, string[]> {
  const counts = new Map<string, number>();
  for (const { text } of corpora) {
    for (const character of text)
      if (soundOf(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const bySound = new Map<string, string[]>();
  for (const [character] of [...counts].sort(([, a], [, b]) => b - a)) {
    const sound = soundOf(character);
    const list = bySound.get(sound) ?? [];
    if (list.length < 8) list.push(character);
    bySound.set(sound, list);
  }
  return bySound;
}

const random = randomFrom(SEED);
const drawn = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
const alikes = soundAlikes();

type Change = (characters: readonly string[]) => string | undefined;
function replacing(count: (han: number) => number, by: (character: string) => string | undefined): Change {
  return (characters) => {
    const places = characters.flatMap((character, i) => (soundOf(character) ? [i] : []));
    const chosen = new Set<number>();
    const wanted = count(places.length);
    while (chosen.size < wanted) chosen.add(drawn(places) ?? 0);
    const changed = [...characters];
    for (const i of chosen) {
      const other = by(characters[i] ?? '');
      if (other === undefined) return undefined;
      changed[i] = other;
    }
    return changed.join('');
  };
}
const homophone = (character: string) =>
  drawn((alikes.get(soundOf(character)) ?? []).filter((other) => other !== character));
const spelling =
  (between: string): Change =>
  (characters) =>
    characters.every((character) => soundOf(character)) ? characters.map(soundOf).join(between) : undefined;
const STYLES: Readonly<Record<string, Change>> = {
  'one homophone': replacing(() => 1, homophone),
  'half of them homophones': replacing((han) => Math.floor(han / 2), homophone),
  'one syllable in Latin': replacing(() => 1, soundOf),
  'half of them in Latin': replacing((han) => Math.floor(han / 2), soundOf),
  'all but one in Latin': replacing((han) => han - 1, soundOf),
  'all in Latin': spelling(''),
  'all in Latin, blanks': spelling(' '),
  'all in Latin, hyphens': spelling('-'),
};

/** The sentences that disguised words stand in. */
const SENTENCES = [
  ['', ''],
  ['请问哪里有', '？'],
  ['他又说了', '这样的话'],
  ['有人天天', '，大家都知道'],
  ['关于“', '”的讨论'],
] as const;

const variants = Object.entries(STYLES).map(([style, change]) => ({
  style,
  texts: words.flatMap((word) =>
    SENTENCES.flatMap(([before, after]) => {
      const text = change([...word]);
      return text === undefined || text === word
        ? []
        : [{ word, text: before + text + after, from: before.length }];
    }),
  ),
}));

const vocabulary = [...new Set(corpora.flatMap(({ text }) => text.toLowerCase().match(/[a-z]+/g) ?? []))];
print(`${words.length} entries, ${vocabulary.length} English words; node ${process.version}`);
row(
  'rule',
  ...variants.map(({ style }) => style),
  ...corpora.map(({ name }) => `${name}: hits in 10,000`),
  'English words',
);
row(...Array.from({ length: variants.length + corpora.length + 2 }, () => '---'));
const examples = new Map<string, number>();
for (const [name, rule] of Object.entries(RULES)) {
  const recalls = variants.map(({ texts }) => {
    const found = texts.filter(({ word, text, from }) =>
      hitsIn(text, rule).some((hit) => hit.word === word && hit.start === from),
    );
    return `${((100 * found.length) / texts.length).toFixed(1)} %`;
  });
  const alarms = corpora.map((corpus) => {
    const hits = hitsIn(corpus.text, rule);
    if (shows && rule === PINYIN_RULE) {
      for (const { word, start, end } of hits) {
        const key = `${corpus.name}: ${word} in ${JSON.stringify(corpus.text.slice(start - 3, end + 3))}`;
        examples.set(key, (examples.get(key) ?? 0) + 1);
      }
    }
    return `${((10_000 * hits.length) / corpus.text.length).toFixed(3)} (${hits.length})`;
  });
  const wrong = vocabulary.filter((word) => hitsIn(word, rule).length > 0);
  row(
    name,
    ...recalls,
    ...alarms,
    wrong.length === 0 ? 0 : `${wrong.length}: ${wrong.slice(0, EXAMPLES).join(' ')}`,
  );
}
for (const [example, count] of examples) print(`${count} × ${example}`);
print('\n| text | ms/MB | held mean | held max |\n| --- | --- | --- | --- |');
for (const { name, text } of corpora) {
  const megabytes = Buffer.byteLength(text) / 1e6;
  const ms = Math.min(...[1, 2, 3].map(() => cpu(() => hitsIn(text, PINYIN_RULE))));
  const reader = matcher.reader();
  let [held, most] = [0, 0];
  const part = text.slice(0, 200_000);
  for (const unit of part) {
    reader.feed(unit, () => false);
    const now = reader.position - reader.undecidedFrom();
    held += now;
    most = Math.max(most, now);
  }
  row(name, (ms / megabytes).toFixed(1), (held / part.length).toFixed(2), most);
}
