import { hasMarks, joined, withoutIdleMarks, withoutMarks } from './edges.js';
import { shareByUnits, shareOfText } from './share-of-text.js';

/** Of these strings every match holds one at least, begun and ended within so many units from where it begins. */
export interface StringSet {
  /** With marks at their edges, see edges.ts. */
  readonly strings: readonly string[];
  /** Units of a match before such a string at least, and up to its end at most. */
  readonly from: number;
  readonly until: number;
  /** How often one begins in ordinary text, about, as a share of its units. */
  readonly share: number;
  /** The same by units alone, without what is repeated beside the strings: whether it is reason enough to try. */
  readonly alone: number;
}

/** Longer ones are hardly rarer, and many are the same up to there. */
const LENGTH_MAX = 12;
/** Units that may be a part of what is seen as one: the matcher finds no part of it. */
const JOINED = /[\u1100-\u11ff\u3040-\u30ff\ud800-\udfff]/;

export function setOf(strings: readonly string[], from: number, until: number, alone?: number): StringSet {
  const kept = shortest(strings.map(withoutIdleMarks));
  return {
    strings: kept,
    from,
    until,
    share: sum(kept, shareOfText),
    alone: alone ?? (kept.some(hasMarks) ? shareAlone(strings) : sum(kept, shareByUnits)),
  };
}

export function shareAlone(strings: readonly string[]): number {
  return isRequired(strings) ? sum(shortest(strings.map(withoutMarks)), shareByUnits) : 1;
}

export function sum<Each>(each: readonly Each[], share: (one: Each) => number): number {
  let all = 0;
  for (const one of each) all += share(one);
  return all;
}

/** Strings are no longer than it takes to be rare. */
export function cut(set: StringSet): StringSet {
  const strings = set.strings.map((text) =>
    text.length > LENGTH_MAX && !JOINED.test(text) ? text.slice(0, LENGTH_MAX) : text,
  );
  return setOf(strings, set.from, set.until, set.alone);
}

export function isRequired(set: readonly string[]): boolean {
  return set.length > 0 && set.every((text) => withoutMarks(text) !== '');
}

export function longest(set: readonly string[]): number {
  return Math.max(...set.map((text) => withoutMarks(text).length));
}

/** Without the strings that hold another one of the set. */
export function shortest(set: readonly string[]): string[] {
  const kept: string[] = [];
  for (const text of [...new Set(set)].sort((a, b) => a.length - b.length))
    if (!kept.some((shorter) => text.includes(shorter))) kept.push(text);
  return kept;
}

export function joinedEach(before: readonly string[], after: readonly string[]): string[] {
  return before.flatMap((head) => after.map((tail) => joined(head, tail)));
}

export function rarest(sets: readonly StringSet[]): StringSet | undefined {
  return sets.reduce<StringSet | undefined>(
    (best, set) => (best && best.share <= set.share ? best : set),
    undefined,
  );
}
