import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromptPassage } from '../../src/driver.js';
import type { Case, Planted } from './case.js';

/**
 * The judge is changed for what it does on the first two; `unseen` was written after it and measured once. `kinds` are
 * errors of kinds that those do not have, written by somebody who had not seen the judge, and then mended for; `held`
 * are of the same kinds and hand, and only counted.
 */
export type Half = 'development' | 'test' | 'unseen' | 'kinds' | 'held';

export interface Example {
  readonly language: 'en' | 'zh';
  readonly half: Half;
  readonly text: string;
  readonly passage: PromptPassage;
  /** Null: true. */
  readonly planted: Planted | null;
}

/** Every so many true sentences one is planted with a passage that does not say it. */
const WRONG_EVERY = 3;
const WRONG_DISTANCE = 17;

/** What was written by hand in one language. */
interface Written {
  readonly cases: readonly Case[];
  readonly unseen: readonly Case[];
  readonly kinds: readonly Case[];
  readonly held: readonly Case[];
  /** Sentences that no section says, each with a section about something near to it. */
  readonly invented: readonly (readonly [file: string, heading: string, text: string])[];
}

const LANGUAGES = ['en', 'zh'] as const;

/** True sentences about the sample handbook, and the same with errors planted in them. */
export function makeSet(handbook: string): Example[] {
  return LANGUAGES.flatMap((language) => {
    const written = readFileSync(new URL(`cases-${language}.json`, import.meta.url), 'utf8');
    const { cases, invented, ...others } = JSON.parse(written) as Written;
    const later = (half: 'unseen' | 'kinds' | 'held') =>
      examplesOf(handbook, language, { cases: others[half], invented: [] }).map((one): Example => ({
        ...one,
        half,
      }));
    return [
      ...examplesOf(handbook, language, { cases, invented }),
      ...later('unseen'),
      ...later('kinds'),
      ...later('held'),
    ];
  });
}

function examplesOf(
  handbook: string,
  language: 'en' | 'zh',
  { cases, invented }: Pick<Written, 'cases' | 'invented'>,
): Example[] {
  const examples: Example[] = [];
  const passages = cases.map(([file, heading]) => sectionOf(handbook, file, heading));
  cases.forEach(([, , text, ...errors], at) => {
    const passage = passages[at];
    if (!passage) return;
    // Half by sentence, so that a sentence and its errors are in the same half.
    const half = at % 2 === 0 ? 'development' : 'test';
    examples.push({ language, half, text: cite(text), passage, planted: null });
    for (const [find, replacement, planted] of errors) {
      if (!text.includes(find)) throw new Error(`"${find}" is not in: ${text}`);
      examples.push({ language, half, text: cite(text.replace(find, replacement)), passage, planted });
    }
    const wrong = passages[(at + WRONG_DISTANCE) % passages.length];
    if (at % WRONG_EVERY === 0 && wrong && wrong.content !== passage.content)
      examples.push({ language, half, text: cite(text), passage: wrong, planted: 'wrong passage' });
  });
  invented.forEach(([file, heading, text], at) => {
    const half = at % 2 === 0 ? 'development' : 'test';
    const passage = sectionOf(handbook, file, heading);
    examples.push({ language, half, text: cite(text), passage, planted: 'invented' });
  });
  return examples;
}

/** With its citation before the full stop or behind it, as models write both. */
function cite(text: string): string {
  return text.length % 2 === 0 ? `${text.slice(0, -1)} [1]${text.slice(-1)}` : `${text} [1]`;
}

function sectionOf(handbook: string, file: string, heading: string): PromptPassage {
  const text = toMarkdown(readFileSync(join(handbook, file), 'utf8'));
  const [top = '', ...sections] = text.split(/^## /m);
  const title = /^# (.*)$/m.exec(top)?.[1] ?? file;
  const found =
    heading === ''
      ? `\n${top.replace(/^# .*$/m, '')}`
      : sections.find((one) => headingOf(one).includes(heading));
  const inText = found ?? sections.find((one) => one.includes(heading));
  if (!inText) throw new Error(`no section "${heading}" in ${file}`);
  const content = inText.slice(inText.indexOf('\n') + 1).trim();
  return { number: 1, id: `${file}#${heading}`, title, heading: headingOf(inText), page: null, content };
}

function headingOf(section: string): string {
  return section.slice(0, section.indexOf('\n')).trim();
}

/** The few elements that the handbook's pages are made of. */
function toMarkdown(text: string): string {
  if (!text.startsWith('<!doctype')) return text;
  return text
    .replace(/^[\s\S]*?<body>/, '')
    .replace(/<h1>(.*?)<\/h1>/g, '# $1\n')
    .replace(/<h2>(.*?)<\/h2>/g, '\n## $1\n')
    .replace(/<li>(.*?)<\/li>/g, '- $1')
    .replace(/<\/tr>/g, ' |\n')
    .replace(/<t[hd]>(.*?)<\/t[hd]>/g, '| $1 ')
    .replace(/ \|\n<\/thead>/g, ' |\n| --- | --- | --- |')
    .replace(/<[^>]+>/g, '')
    .replace(/\|\n+(?=\|)/g, '|\n');
}
