import { readFileSync } from 'node:fs';
import { canonicalText } from '../../src/canonical/canonical-text.js';
import { KINDS } from '../../src/resembles/score-window.js';
import { windowsOf, type Read } from './train.js';

/** Families in files of this folder, by the beginning of their name. */
const KIND_OF_FAMILY = ['inj', 'leak', 'jb'];
if (KIND_OF_FAMILY.length !== KINDS.length) throw new Error('a family for each kind');

/** Units of a text that are learnt from. */
const TEXT_MAX = 6_000;

export function readExample(group: string, isAttack: boolean, text: string, kind?: number): Read {
  const canonical = canonicalText(text.slice(0, TEXT_MAX)).text;
  const read = { group, isAttack, text: canonical, windows: windowsOf(canonical) };
  return kind === undefined ? read : { ...read, kind };
}

const CHOICE = /\{([^{}"]*\|[^{}"]*)\}/g;

/** A line with `{a|b}` in it is as many texts as the longest choice is long; the n-th takes the n-th of each. */
export function variantsOf(line: string): string[] {
  const lengths = [...line.matchAll(CHOICE)].map(([, choice = '']) => choice.split('|').length);
  return Array.from({ length: Math.max(1, ...lengths) }, (_, n) => {
    let skipped = 0;
    return line.replace(CHOICE, (_all, choice: string) => {
      const choices = choice.split('|');
      return choices[(n + skipped++) % choices.length] ?? '';
    });
  });
}

/** Families of wordings: `# name`, then one a line. */
export function readFamilies(path: string, isAttack: boolean, lang: string): Read[] {
  const examples: Read[] = [];
  let family = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.startsWith('# ')) family = line.slice(2);
    else if (line !== '') {
      const kind = KIND_OF_FAMILY.indexOf(family.split('-')[0] ?? '');
      if (isAttack && kind < 0) throw new Error(`${path}: no kind of attack: ${family}`);
      for (const text of variantsOf(line))
        examples.push(readExample(`own:${family}:${lang}`, isAttack, text, isAttack ? kind : undefined));
    }
  }
  return examples;
}

/** Benign rows of public collections whose licences allow their use; others are kept for measuring. */
export const SOURCES: readonly string[] = [
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

interface Row {
  readonly source: string;
  readonly label: string;
  readonly category: string;
  readonly lang: string;
  readonly text: string;
}

export function readRows(path: string): Read[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
    .filter(({ label, source }) => label === 'benign' && SOURCES.includes(source))
    .map(({ source, lang, text }) => readExample(`${source}:${lang}`, false, text));
}
