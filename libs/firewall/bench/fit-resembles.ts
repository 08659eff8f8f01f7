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
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  OF_DOCUMENTS,
  OF_QUESTIONS,
  SCRIPTS,
  scriptOf,
  type Cuts,
  type Likeness,
  type Script,
} from '../src/resembles/score-window.js';
import { lookOf, quantized } from './resembles/quantize.js';
import { byAuthor, byFamily } from './resembles/partings.js';
import { readDocuments, readFamilies, readRows } from './resembles/read-examples.js';
import { readPackages } from './resembles/read-packages.js';
import { aroundLikeliest, trainAround } from './resembles/around.js';
import {
  kindsFound,
  scoreSeen,
  scoreText,
  SETTINGS,
  trainKinds,
  trainWindows,
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
/** What the authors of the rules wrote, and what others did: who wrote what, the names of the files tell. */
const AUTHORS = [
  '',
  'more-',
  'wide-',
  'broad-',
  'voices-',
  'plain-',
  'doors-',
  'keys-',
  'offices-',
  'technical-',
  'field-',
  'letters-',
  'yard-',
  'press-',
  'manual-',
  'quay-',
  'fern-',
  'reed-',
];
const ROOT = new URL('../../..', import.meta.url).pathname;
const pathOf = (name: string): string => new URL(`resembles/${name}.txt`, import.meta.url).pathname;
/** Of each author who wrote such texts, in both languages. */
const families = (what: string, read: (path: string, lang: string, author: string) => Read[]): Read[] =>
  AUTHORS.filter((author) => existsSync(pathOf(`${author}${what}-en`))).flatMap((author) =>
    LANGS.flatMap((lang) => read(pathOf(`${author}${what}-${lang}`), lang, author)),
  );

/** A share of benign texts, which are chosen by the beginning of their group. */
interface Cut {
  readonly benign: RegExp;
  readonly share: number | Readonly<Record<Script, number>>;
}

const ORDINARY = /^(?:xquad|self_instruct|nl2bash|cyberseceval|plexpt_zh_q|sysadmin)/;
const ORDINARY_DOCUMENTS = /^(?:xquad|bipia|tidb|owasp)/;
/** Manuals of programs. */
const MANUALS = /^package/;
const OWN = /^own:/;

interface Task {
  readonly likeness: Likeness;
  readonly name: string;
  readonly file: string;
  readonly examples: readonly Read[];
  /** The highest of these is the threshold, and where certainty begins. */
  readonly threshold: readonly Cut[];
  readonly certain: readonly Cut[];
  readonly settings: Settings;
}

const TASKS: readonly Task[] = [
  {
    likeness: OF_QUESTIONS,
    name: 'WEIGHTS',
    file: 'weights',
    examples: [
      ...families('attacks', (path, lang) => readFamilies(path, true, lang)),
      ...families('questions', (path, lang) => readFamilies(path, false, lang)),
      // What documents hold is pasted into questions.
      ...families('records', (path, lang) => readFamilies(path, false, lang)),
      ...families('statements', (path, lang) => readFamilies(path, false, lang)),
      ...readPackages(ROOT, OF_QUESTIONS),
      ...readRows(path),
    ],
    threshold: [
      { benign: ORDINARY, share: 0.004 },
      { benign: MANUALS, share: 0.004 },
      { benign: OWN, share: { latin: 0.035, han: 0.03 } },
    ],
    certain: [
      { benign: ORDINARY, share: 0.0015 },
      { benign: MANUALS, share: 0.0015 },
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
      ...families('orders', (path, lang, author) =>
        readDocuments(path, pathOf(`${author}records-${lang}`), lang),
      ),
      ...families('statements', (path, lang) => readFamilies(path, false, lang, OF_DOCUMENTS)),
      ...readPackages(ROOT, OF_DOCUMENTS),
      ...readRows(path, OF_DOCUMENTS),
    ],
    threshold: [
      { benign: ORDINARY_DOCUMENTS, share: 0.04 },
      { benign: MANUALS, share: 0.02 },
      { benign: OWN, share: 0.15 },
    ],
    certain: [
      { benign: ORDINARY_DOCUMENTS, share: 0.009 },
      { benign: MANUALS, share: 0.004 },
      { benign: OWN, share: 0.035 },
    ],
    settings: SETTINGS,
  },
];

interface Scored {
  readonly read: Read;
  readonly score: number;
}

/** Weights of both looks. */
interface Fitted {
  readonly windows: Model;
  readonly around: Model;
}

function fitted(examples: readonly Read[], likeness: Likeness, settings: Settings): Fitted {
  const windows = trainWindows(examples, settings);
  const around = trainAround(aroundLikeliest(windows, examples, likeness), settings);
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

/** Which texts are left out together decides the highest few scores: the middle one of so many partings counts. */
const PARTINGS = 3;

/** The middle one of the scores of each text over all partings. */
function familyScores(task: Task): Scored[] {
  const scores = new Map<Read, number[]>();
  for (let parting = 0; parting < PARTINGS; parting++)
    for (const { read, score } of heldOutScores(task, byFamily(parting)))
      scores.set(read, [...(scores.get(read) ?? []), score]);
  return [...scores].map(([read, all]) => ({
    read,
    score: all.sort((one, other) => one - other)[PARTINGS >> 1] ?? 0,
  }));
}

/** The score above which such a share of those benign texts come out. */
function scoreAbove(scores: readonly Scored[], benign: RegExp, share: number): number {
  const chosen = scores.filter(({ read }) => !read.isAttack && benign.test(read.group));
  const sorted = chosen.map(({ score }) => score).sort((a, b) => b - a);
  return sorted[Math.floor(share * sorted.length)] ?? 0;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const scriptOfRead = ({ text }: Read): Script => scriptOf(text, 0, text.length);

function cutsOf(task: Task, scores: readonly Scored[]): Record<Script, Cuts> {
  const cuts = SCRIPTS.map((script) => {
    const own = scores.filter(({ read }) => scriptOfRead(read) === script);
    const highest = (shares: readonly Cut[]): number =>
      Math.max(
        ...shares.map(({ benign, share }) =>
          scoreAbove(own, benign, typeof share === 'number' ? share : share[script]),
        ),
      );
    const threshold = Number(highest(task.threshold).toFixed(3));
    return [script, { threshold, certain: Number((highest(task.certain) - threshold).toFixed(3)) }];
  });
  return Object.fromEntries(cuts) as Record<Script, Cuts>;
}

/** How many are found, and with certainty. */
function foundOf(scores: readonly Scored[], cuts: Record<Script, Cuts>): string {
  const share = (isSure: boolean): string =>
    percent(
      scores.filter(({ read, score }) => {
        const { threshold, certain } = cuts[scriptOfRead(read)];
        return score > threshold + (isSure ? certain : 0);
      }).length / scores.length,
    );
  return `${share(false)} found, ${share(true)} with certainty`;
}

/** What is found of authors whose texts the weights have not seen, attacks and others; the measure by which changes are chosen. */
function tellAuthors(task: Task): void {
  const scores = heldOutScores(task, byAuthor(task.examples));
  const cuts = cutsOf(task, scores);
  const authors = [...new Set(scores.flatMap(({ read }) => read.author ?? []))];
  for (const author of authors)
    for (const script of SCRIPTS)
      for (const isAttack of [true, false]) {
        const own = scores.filter(
          ({ read }) => read.author === author && read.isAttack === isAttack && scriptOfRead(read) === script,
        );
        const what = `${own.length} ${isAttack ? 'attacks' : 'others'} (${script})`;
        if (own.length > 0) process.stdout.write(`${task.name}, ${author}: ${what}, ${foundOf(own, cuts)}\n`);
      }
}

function fit(task: Task): string {
  const { examples, likeness, settings } = task;
  const scores = familyScores(task);
  const cuts = cutsOf(task, scores);
  const { windows, around } = fitted(examples, likeness, settings);
  const kinds = trainKinds(examples, windows, likeness);
  const attacks = scores.filter(({ read }) => read.isAttack);
  process.stdout.write(
    `${task.name}: ${examples.length} texts, cuts ${JSON.stringify(cuts)}; families left out: ` +
      `${foundOf(attacks, cuts)} of ${attacks.length} attacks, ` +
      `their kind (families seen): ${percent(kindsFound(examples, windows, kinds))}\n`,
  );
  const sum = createHash('sha256').update(JSON.stringify(examples.map(({ group, text }) => [group, text])));
  return `/** Written by bench/fit-resembles.ts. Fitted to ${examples.length} texts with the SHA-256 ${sum.digest('hex')}. */
export const ${task.name} = {
  cuts: {
${SCRIPTS.map((script) => `    ${script}: { threshold: ${cuts[script].threshold}, certain: ${cuts[script].certain} },`).join('\n')}
  },
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
