/**
 * Fits the weights of the judgment that a text resembles an attack (src/resembles/weights*.ts), the same bytes from the
 * same inputs: the families of wordings in resembles/*.txt and benign rows of public collections.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/firewall/bench/fit-resembles.ts <rows.jsonl> \
 *     [--check] [--authors]
 *
 * The threshold is the one above which a share of ordinary benign rows come out, each scored by weights that have not
 * seen its source; `certain` likewise. --check compares with the weights that are there, and writes nothing.
 * --authors tells what is found where all that one author wrote is left out, and writes nothing either.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OF_DOCUMENTS, OF_QUESTIONS, type Likeness } from '../src/resembles/score-window.js';
import { readDocuments, readFamilies, readRows } from './resembles/read-examples.js';
import {
  aroundLikeliest,
  kindsFound,
  OF_AROUND,
  OF_WINDOWS,
  scoreSeen,
  scoreText,
  SETTINGS,
  train,
  trainKinds,
  type Model,
  type Read,
  type Settings,
} from './resembles/train.js';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' }, authors: { type: 'boolean' } },
  allowPositionals: true,
});
const [path] = positionals;
if (path === undefined) throw new Error('give a file of rows');
const LANGS = ['en', 'zh'] as const;
/** What the authors of the rules wrote, and what others did; the last wrote no orders in documents. */
const AUTHORS = ['', 'more-', 'wide-'] as const;
const AUTHORS_OF_DOCUMENTS = ['', 'more-'] as const;
const families = (name: string): string => new URL(`resembles/${name}.txt`, import.meta.url).pathname;
const both = (read: (author: string, lang: string) => Read[], authors: readonly string[] = AUTHORS): Read[] =>
  authors.flatMap((author) => LANGS.flatMap((lang) => read(author, lang)));

/** A share of benign texts, which are chosen by the beginning of their group. */
interface Cut {
  readonly benign: RegExp;
  readonly share: number;
}

const ORDINARY = /^(?:xquad|self_instruct|nl2bash|cyberseceval|plexpt_zh_q|sysadmin)/;
const ORDINARY_DOCUMENTS = /^(?:xquad|bipia|tidb|owasp)/;
const OWN = /^own:/;

interface Task {
  readonly likeness: Likeness;
  readonly name: string;
  readonly file: string;
  readonly examples: readonly Read[];
  readonly threshold: Cut;
  /** The highest of these is where certainty begins. */
  readonly certain: readonly Cut[];
  readonly settings: Settings;
}

const TASKS: readonly Task[] = [
  {
    likeness: OF_QUESTIONS,
    name: 'WEIGHTS',
    file: 'weights',
    examples: [
      ...both((author, lang) => readFamilies(families(`${author}attacks-${lang}`), true, lang)),
      ...both((author, lang) => readFamilies(families(`${author}questions-${lang}`), false, lang)),
      // What documents hold is pasted into questions.
      ...both((author, lang) => readFamilies(families(`${author}records-${lang}`), false, lang)),
      ...LANGS.flatMap((lang) => readFamilies(families(`statements-${lang}`), false, lang)),
      ...readRows(path),
    ],
    threshold: { benign: ORDINARY, share: 0.003 },
    certain: [
      { benign: ORDINARY, share: 0.001 },
      { benign: OWN, share: 0.011 },
    ],
    // Longer steps let ordinary documents of sources left out look like orders; questions gain by them.
    settings: { ...SETTINGS, rate: 0.4 },
  },
  {
    likeness: OF_DOCUMENTS,
    name: 'WEIGHTS_OF_DOCUMENTS',
    file: 'weights-of-documents',
    examples: [
      ...both((author, lang) => {
        const [orders, records] = [`${author}orders-${lang}`, `${author}records-${lang}`];
        return readDocuments(families(orders), families(records), lang);
      }, AUTHORS_OF_DOCUMENTS),
      ...LANGS.flatMap((lang) => readFamilies(families(`statements-${lang}`), false, lang, OF_DOCUMENTS)),
      ...readRows(path, OF_DOCUMENTS),
    ],
    threshold: { benign: ORDINARY_DOCUMENTS, share: 0.008 },
    certain: [
      { benign: ORDINARY_DOCUMENTS, share: 0.002 },
      { benign: OWN, share: 0.05 },
    ],
    settings: SETTINGS,
  },
];

/** Families of both languages are left out together: one is written after the other. */
const nameOf = ({ group }: Read): string => group.split(':').slice(0, -1).join(':');

interface Scored {
  readonly read: Read;
  readonly score: number;
}

/** Of so many parts of the sources and families, each is scored by weights that have seen all others. */
const FOLDS = 8;

/** Weights of both looks. */
interface Fitted {
  readonly windows: Model;
  readonly around: Model;
}

function fitted(examples: readonly Read[], likeness: Likeness, settings: Settings): Fitted {
  const windows = train(examples, OF_WINDOWS, settings);
  const around = train(aroundLikeliest(windows, examples, likeness), OF_AROUND, settings);
  return { windows, around };
}

function scored({ windows, around }: Fitted, reads: readonly Read[], likeness: Likeness): Scored[] {
  return reads.map((read) => {
    const first = scoreText(windows, read.windows, likeness);
    if (!(first > likeness.from)) return { read, score: -Infinity };
    const [seen] = aroundLikeliest(windows, [read], likeness)[0]?.windows ?? [];
    return { read, score: seen ? first + scoreSeen(around, seen) : -Infinity };
  });
}

function heldOutScores({ examples, likeness, settings }: Task, foldOf: (read: Read) => number): Scored[] {
  // Weights that only measure.
  const oneTurn = { ...settings, turns: 1 };
  return [...new Set(examples.map(foldOf))].flatMap((fold) => {
    const model = fitted(
      examples.filter((read) => foldOf(read) !== fold),
      likeness,
      oneTurn,
    );
    return scored(
      model,
      examples.filter((read) => foldOf(read) === fold),
      likeness,
    );
  });
}

/** Sources and families in so many parts. */
function byFamily(examples: readonly Read[]): (read: Read) => number {
  const folds = new Map([...new Set(examples.map(nameOf))].map((name, at) => [name, at % FOLDS]));
  return (read) => folds.get(nameOf(read)) ?? 0;
}

/** Each author apart, with some of the sources. */
function byAuthor(examples: readonly Read[]): (read: Read) => number {
  const authors = [...new Set(examples.flatMap(({ author }) => author ?? []))];
  const others = [...new Set(examples.filter(({ author }) => author === undefined).map(nameOf))];
  return (read) =>
    read.author === undefined ? others.indexOf(nameOf(read)) % authors.length : authors.indexOf(read.author);
}

/** The score above which such a share of those benign texts come out. */
function scoreAbove(scores: readonly Scored[], { benign, share }: Cut): number {
  const chosen = scores.filter(({ read }) => !read.isAttack && benign.test(read.group));
  const sorted = chosen.map(({ score }) => score).sort((a, b) => b - a);
  return sorted[Math.floor(share * sorted.length)] ?? 0;
}

/** Weights as bytes, and what one of them is worth. */
function quantized(weights: readonly (Float32Array | Float64Array)[]): { base64: string; scale: number } {
  // A few are much larger than all others; those are cut.
  const sizes = weights.flatMap((list) => [...list].map(Math.abs)).sort((a, b) => b - a);
  const scale = Number(((sizes[Math.floor(sizes.length / 2_000)] ?? 1) / 127).toPrecision(6));
  const cut = (weight: number): number => Math.max(-127, Math.min(127, Math.round(weight / scale)));
  const bytes = weights.flatMap((list) => [...list].map(cut));
  return { base64: Buffer.from(Int8Array.from(bytes).buffer).toString('base64'), scale };
}

function lookOf({ bias, parts }: Model): string {
  const lists = parts.map((part) => quantized([part]));
  return `{
    bias: ${Number(bias.toFixed(4))},
    scales: [${lists.map(({ scale }) => scale).join(', ')}],
    parts: [
${lists.map(({ base64 }) => `      '${base64}',`).join('\n')}
    ],
  }`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function cutsOf(task: Task, scores: readonly Scored[]): Record<'threshold' | 'certain', number> {
  const threshold = Number(scoreAbove(scores, task.threshold).toFixed(3));
  const sure = Math.max(...task.certain.map((cut) => scoreAbove(scores, cut)));
  return { threshold, certain: Number((sure - threshold).toFixed(3)) };
}

/** What is found of authors whose texts the weights have not seen, attacks and others; the measure by which changes are chosen. */
function tellAuthors(task: Task): void {
  const scores = heldOutScores(task, byAuthor(task.examples));
  const { threshold, certain } = cutsOf(task, scores);
  const authors = [...new Set(scores.flatMap(({ read }) => read.author ?? []))];
  for (const author of authors)
    for (const isAttack of [true, false]) {
      const own = scores.filter(({ read }) => read.author === author && read.isAttack === isAttack);
      const above = (least: number): string =>
        percent(own.filter(({ score }) => score > least).length / own.length);
      const what = isAttack ? 'attacks' : 'others';
      if (own.length > 0)
        process.stdout.write(
          `${task.name}, ${author}: ${own.length} ${what}, ${above(threshold)} found, ${above(threshold + certain)} with certainty\n`,
        );
    }
}

function fit(task: Task): string {
  const { examples, likeness, settings } = task;
  const scores = heldOutScores(task, byFamily(examples));
  const { threshold, certain } = cutsOf(task, scores);
  const { windows, around } = fitted(examples, likeness, settings);
  const kinds = trainKinds(examples, windows, likeness);
  const attacks = scores.filter(({ read }) => read.isAttack);
  const found = (more: number): string =>
    percent(attacks.filter(({ score }) => score > threshold + more).length / attacks.length);
  process.stdout.write(
    `${task.name}: ${examples.length} texts, threshold ${threshold}, certain ${certain} above; families left out: ` +
      `${found(0)} of ${attacks.length} attacks, ${found(certain)} with certainty, ` +
      `their kind (families seen): ${percent(kindsFound(examples, windows, kinds))}\n`,
  );
  const sum = createHash('sha256').update(JSON.stringify(examples.map(({ group, text }) => [group, text])));
  return `/** Written by bench/fit-resembles.ts. Fitted to ${examples.length} texts with the SHA-256 ${sum.digest('hex')}. */
export const ${task.name} = {
  threshold: ${threshold},
  certain: ${certain},
  windows: ${lookOf(windows)},
  around: ${lookOf(around)},
  kinds:
    '${quantized(kinds).base64}',
} as const;
`;
}

for (const task of TASKS) {
  if (values.authors) {
    tellAuthors(task);
    continue;
  }
  const target = new URL(`../src/resembles/${task.file}.ts`, import.meta.url);
  const text = fit(task);
  if (!values.check) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) throw new Error(`other weights: ${task.file}`);
}
