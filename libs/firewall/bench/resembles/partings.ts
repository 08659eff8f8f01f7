import { createHash } from 'node:crypto';
import type { Read } from './train.js';

/** Families of both languages are left out together: one is written after the other. */
const nameOf = ({ group }: Read): string => group.split(':').slice(0, -1).join(':');

/** Of so many parts of the sources and families, each is scored by weights that have seen all others. */
const FOLDS = 8;

/** Sources and families in so many parts, in another way each time; a family more moves no other one. */
export function byFamily(parting: number): (read: Read) => number {
  const folds = new Map<string, number>();
  return (read) => {
    const name = nameOf(read);
    const fold =
      folds.get(name) ?? createHash('sha256').update(`${parting} ${name}`).digest().readUInt32BE() % FOLDS;
    folds.set(name, fold);
    return fold;
  };
}

/** Each author apart, with some of the sources. */
export function byAuthor(examples: readonly Read[]): (read: Read) => number {
  const authors = [...new Set(examples.flatMap(({ author }) => author ?? []))];
  const others = [...new Set(examples.filter(({ author }) => author === undefined).map(nameOf))];
  return (read) =>
    read.author === undefined ? others.indexOf(nameOf(read)) % authors.length : authors.indexOf(read.author);
}
