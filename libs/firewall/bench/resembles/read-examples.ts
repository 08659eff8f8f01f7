import { readFileSync } from 'node:fs';
import { canonicalText } from '../../src/canonical/canonical-text.js';
import { OF_DOCUMENTS, OF_QUESTIONS, type Likeness } from '../../src/resembles/score-window.js';
import { windowsOf, type Read } from './train.js';

/** Families in files of this folder, by the beginning of their name. */
const KIND_OF_FAMILY = ['inj', 'leak', 'jb'];
if (KIND_OF_FAMILY.length !== OF_QUESTIONS.kinds.length) throw new Error('a family for each kind');

/** Units of a text that are learnt from. */
const TEXT_MAX = 6_000;

export function readExample(
  likeness: Likeness,
  group: string,
  text: string,
  kind?: number,
  author?: string,
): Read {
  const canonical = canonicalText(text.slice(0, TEXT_MAX)).text;
  const read = {
    group,
    ...(author !== undefined && { author }),
    isAttack: kind !== undefined,
    text: canonical,
    windows: windowsOf(canonical, likeness),
    arounds: new Map(),
  };
  return kind === undefined ? read : { ...read, kind };
}

const CHOICE = /\{([^{}"]*\|[^{}"]*)\}/g;

/** `\\n` in a line is the end of one. A line with `{a|b}` in it is as many texts as the longest choice is long; the n-th takes the n-th of each. */
export function variantsOf(line: string): string[] {
  const lengths = [...line.matchAll(CHOICE)].map(([, choice = '']) => choice.split('|').length);
  return Array.from({ length: Math.max(1, ...lengths) }, (_, n) => {
    let skipped = 0;
    return line.replaceAll('\\n', '\n').replace(CHOICE, (_all, choice: string) => {
      const choices = choice.split('|');
      return choices[(n + skipped++) % choices.length] ?? '';
    });
  });
}

interface Wording {
  readonly family: string;
  readonly author: string;
  readonly text: string;
}

/** The authors of the rules, or one of the others: by the end of the name of a family, and those of jailbreaks are others. */
function authorOf(path: string, family: string): string {
  const [, file] = /\/([a-z]+)-[a-z]+-..\.txt$/.exec(path) ?? [];
  if (file !== 'more') return file ?? 'rules';
  const again = /^(?:inj|jb)-.*-plain$/.test(family) ? '' : (/-(?:again|plain)$/.exec(family)?.[0] ?? '');
  return `${/^(?:jb|play)-/.test(family) ? 'jailbreaks' : 'first'}${again}`;
}

/** Families of wordings: `# name`, then one a line. */
function readWordings(path: string): Wording[] {
  const wordings: Wording[] = [];
  let family = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const name = FAMILY.exec(line)?.[1];
    if (name !== undefined) family = name;
    else if (line !== '') {
      const author = authorOf(path, family);
      for (const text of variantsOf(line)) wordings.push({ family, author, text });
    }
  }
  return wordings;
}

/** Headings of documents have a blank after the mark as well, but no name of a family. */
const FAMILY = /^# ([a-z]+(?:-[a-z]+)*)$/;

export function readFamilies(path: string, isAttack: boolean, lang: string, likeness = OF_QUESTIONS): Read[] {
  return readWordings(path).map(({ family, author, text }) => {
    const kind = KIND_OF_FAMILY.indexOf(family.split('-')[0] ?? '');
    if (isAttack && kind < 0) throw new Error(`${path}: no kind of attack: ${family}`);
    return readExample(likeness, `own:${family}:${lang}`, text, isAttack ? kind : undefined, author);
  });
}

/**
 * Lines before and after an order, of the same author, so that both are left out together: every third stands alone,
 * the others among two or five more.
 */
const AROUND = [
  [[], []],
  [[13], [7]],
  [
    [13, 5, 11],
    [7, 3],
  ],
] as const;
/** Lines before every second passage. */
const BEFORE = [[], [19], [], [19, 42, 65, 88, 111]] as const;

/** Orders in documents, and what documents hold besides. */
export function readDocuments(orders: string, records: string, lang: string): Read[] {
  const [wanted, others] = [readWordings(orders), readWordings(records)];
  return [...new Set(others.map(({ author }) => author))].flatMap((author) => {
    const [own, benign] = [wanted, others].map((list) => list.filter((one) => one.author === author));
    const line = (at: number): string => benign?.[at % benign.length]?.text ?? '';
    const read = (list: Wording[] | undefined, isOrder: boolean): Read[] =>
      (list ?? []).map(({ family, text }, at) => {
        const [before, after] = isOrder ? (AROUND[at % AROUND.length] ?? []) : [BEFORE[at % BEFORE.length]];
        const lines = (steps: readonly number[] = []): string[] =>
          steps.map((step, place) => line(step * at + place + 1));
        const whole = [...lines(before), text, ...lines(after)].join('\n');
        return readExample(OF_DOCUMENTS, `own:${family}:${lang}`, whole, isOrder ? 0 : undefined, author);
      });
    return [...read(own, true), ...read(benign, false)];
  });
}

/** Benign rows of public collections whose licences allow their use; others are kept for measuring. */
const SOURCES: readonly string[] = [
  'xquad_en',
  'xquad_zh',
  'self_instruct',
  'nl2bash',
  'nl2bash_cmd',
  'cyberseceval_frr',
  'awesome_prompts',
  'plexpt_zh',
  'plexpt_zh_q',
  'sysadmin_skills',
  'bipia',
  'gitleaks',
  'derived_encoded_benign',
  // What manuals hold is pasted into questions, too.
  'tidb_docs_zh',
];

const SOURCES_OF_DOCUMENTS: readonly string[] = [
  'xquad_en',
  'xquad_zh',
  'bipia',
  'tidb_docs_zh',
  'owasp_cheatsheets',
  'awesome_prompts',
  'plexpt_zh',
];

interface Row {
  readonly source: string;
  readonly label: string;
  readonly category: string;
  readonly lang: string;
  readonly text: string;
}

export function readRows(path: string, likeness = OF_QUESTIONS): Read[] {
  const sources = likeness === OF_DOCUMENTS ? SOURCES_OF_DOCUMENTS : SOURCES;
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
    .filter(({ label, source }) => label === 'benign' && sources.includes(source))
    .map(({ source, lang, text }) => readExample(likeness, `${source}:${lang}`, text));
}
