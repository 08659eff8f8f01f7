import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OF_DOCUMENTS, type Likeness } from '../../src/resembles/score-window.js';
import { readExample } from './read-examples.js';
import type { Read } from './train.js';

const LICENCES: readonly string[] = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  '0BSD',
];

/** Units of a paragraph that is prose, and of the beginning of a text. */
const PARAGRAPH_MIN = 80;
const PARAGRAPH_MAX = 900;
const BEGINNING = 4_000;
/** Of all paragraphs, one in so many; which, the paragraph itself decides, so that a package more changes no other choice. */
const ONE_IN = 4;

const PROSE = /[a-z]{3,} [a-z]{2,} [a-z]{2,}/;
const MANUAL = /\.md$/i;
const NOT_MANUAL = /licen[cs]e|change-?log|history/i;

interface Locked {
  readonly packages: Readonly<Record<string, { license?: string; optional?: boolean; link?: boolean }>>;
}

/**
 * Manuals of the installed packages that the lockfile pins on every platform: paragraphs as what people paste into
 * questions, beginnings as documents.
 */
export function readPackages(root: string, likeness: Likeness): Read[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Locked;
  const names = Object.entries(packages)
    .filter(
      ([path, { license = '', optional, link }]) => path && !optional && !link && LICENCES.includes(license),
    )
    .map(([path]) => path)
    .sort();
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const group = `package ${name.split('node_modules/').at(-1)?.split('/')[0] ?? ''}:en`;
    return manualsIn(join(root, name))
      .flatMap((path) => textsOf(readFileSync(path, 'utf8'), likeness))
      .filter((text) => !seen.has(text) && seen.add(text))
      .map((text) => readExample(likeness, group, text));
  });
}

function textsOf(manual: string, likeness: Likeness): string[] {
  if (likeness === OF_DOCUMENTS) return PROSE.test(manual) ? [manual.slice(0, BEGINNING)] : [];
  return manual
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(({ length }) => length >= PARAGRAPH_MIN && length <= PARAGRAPH_MAX)
    .filter((paragraph) => PROSE.test(paragraph) && digest(paragraph) % ONE_IN === 0);
}

function digest(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}

/** Not those of packages within it. */
function manualsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : manualsIn(path);
      return MANUAL.test(entry.name) && !NOT_MANUAL.test(entry.name) ? [path] : [];
    });
}
