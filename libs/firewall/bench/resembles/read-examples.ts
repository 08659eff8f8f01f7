import { readFileSync } from 'node:fs';
import { canonicalText } from '../../src/canonical/canonical-text.js';
import { OF_DOCUMENTS, OF_QUESTIONS, type Likeness } from '../../src/resembles/score-window.js';
import { windowsOf, type Read } from './train.js';

/** Families in files of this folder, by the beginning of their name. */
const KIND_OF_FAMILY = ['inj', 'leak', 'jb'];
if (KIND_OF_FAMILY.length !== OF_QUESTIONS.kinds.length) throw new Error('a family for each kind');

/** Units of a text that are learnt from. */
const TEXT_MAX = 6_000;

export function readExample(likeness: Likeness, group: string, text: string, kind?: number): Read {
  const canonical = canonicalText(text.slice(0, TEXT_MAX)).text;
  const read = {
    group,
    isAttack: kind !== undefined,
    text: canonical,
    windows: windowsOf(canonical, likeness),
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
  readonly text: string;
}

/** Families of wordings: `# name`, then one a line. */
function readWordings(path: string): Wording[] {
  const wordings: Wording[] = [];
  let family = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const name = FAMILY.exec(line)?.[1];
    if (name !== undefined) family = name;
    else if (line !== '') for (const text of variantsOf(line)) wordings.push({ family, text });
  }
  return wordings;
}

/** Headings of documents have a blank after the mark as well, but no name of a family. */
const FAMILY = /^# ([a-z]+(?:-[a-z]+)*)$/;

export function readFamilies(path: string, isAttack: boolean, lang: string, likeness = OF_QUESTIONS): Read[] {
  return readWordings(path).map(({ family, text }) => {
    const kind = KIND_OF_FAMILY.indexOf(family.split('-')[0] ?? '');
    if (isAttack && kind < 0) throw new Error(`${path}: no kind of attack: ${family}`);
    return readExample(likeness, `own:${family}:${lang}`, text, isAttack ? kind : undefined);
  });
}

/** Lines of such a family surround orders, two of three of which stand in a document with others. */
const SURROUNDINGS = 'record-business';

/** Orders in documents, and what documents hold besides: lines as they stand, and behind the one before. */
export function readDocuments(orders: string, records: string, surroundings: string, lang: string): Read[] {
  const others = readWordings(records);
  const around = readWordings(surroundings)
    .filter(({ family }) => family === SURROUNDINGS)
    .map(({ text }) => text);
  const inDocument = (text: string, at: number): string =>
    `${around[at % around.length] ?? ''}\n${text}\n${around[(7 * at + 3) % around.length] ?? ''}`;
  return [
    ...readWordings(orders).map(({ family, text }, at) =>
      readExample(OF_DOCUMENTS, `own:${family}:${lang}`, at % 3 === 0 ? text : inDocument(text, at), 0),
    ),
    ...others.map(({ family, text }, at) =>
      readExample(
        OF_DOCUMENTS,
        `own:${family}:${lang}`,
        at % 2 === 0 ? text : `${others[at - 1]?.text ?? ''}\n${text}`,
      ),
    ),
  ];
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
