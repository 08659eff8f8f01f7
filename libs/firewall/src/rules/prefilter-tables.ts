/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { layOutFinder, type FinderTables } from '@lorekeep/kit/matching';
import { BEGINS, ENDS, withoutMarks } from './edges.js';

/** What a match needs: of each set a string, begun and ended within so many units from where the match begins. */
export interface Part {
  /** Those that stand anywhere in the text, which have no `until`, come last. */
  readonly sets: readonly {
    readonly strings: readonly string[];
    readonly from: number;
    readonly until: number;
  }[];
  /** Units of the longest match. */
  readonly reach: number;
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

/** Sets of a part, at most, as a power of two. */
export const SETS_SHIFT = 2;
export const SETS = 2 ** SETS_SHIFT;
/** No letter may stand there. */
export const NONE_BEFORE = 1;
export const NONE_AFTER = 2;
export const EDGES = NONE_BEFORE | NONE_AFTER;
export const EDGES_SHIFT = 2;
/**
 * Facts of a string: where its owners begin in `owners`, and the edges of any of them (NONE_BEFORE, NONE_AFTER); a bit
 * for each pair of edges with which it was seen, and once all are, where its owners begin in `needed`.
 */
export const FACTS_SHIFT = 1;
export const OWNERS = 0;
export const SEEN = 1;
/** Of an owner: its string may stand anywhere. */
export const ANYWHERE = 4;
export const OWNER_SHIFT = 3;
/** Where alone matches of a part stand. */
export const FROM_START = 1;
export const TO_END = 2;
/** Owners below are kept in 16 bits. */
const NARROW = 2 ** 16;

/** What a Prefilter reads; plain, so that it can be kept. */
export interface PrefilterTables {
  readonly finder: FinderTables;
  /** What is known of each string, side by side (OWNERS, SEEN): most are looked at once in a text. */
  readonly facts: Int32Array;
  /** Sets, as `part * SETS + set`, with ANYWHERE and the edges that must be no letters'. */
  readonly owners: Uint16Array | Int32Array;
  /** Of each set, how far behind the beginning of a match its strings begin at least and end at most. */
  readonly bounds: Int32Array;
  /** Of each part, the sets whose strings must stand near a match: the first ones. */
  readonly near: Uint8Array;
  /** Of each part, a bit for each set that it has. */
  readonly wanted: Uint8Array;
  /** Of each part, units of its longest match, and whether one stands at the start or at the end of a text alone. */
  readonly reaches: Int32Array;
  readonly ends: Uint8Array;
}

/** Strings of sets by numbers, so that each is looked up when its set is met for the first time, not at each layout. */
class NumberedStrings {
  /** Without marks. */
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly sets = new WeakMap<readonly string[], Int32Array>();

  /** Of each string of a set, its number and the edges that must be no letters'. */
  of(strings: readonly string[]): Int32Array {
    let numbers = this.sets.get(strings);
    if (!numbers) {
      numbers = Int32Array.from(strings, (marked) => this.numberOf(marked));
      this.sets.set(strings, numbers);
    }
    return numbers;
  }

  private numberOf(marked: string): number {
    const text = withoutMarks(marked);
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.numbers.set(text, number);
    }
    const edges = (marked.startsWith(BEGINS) ? NONE_BEFORE : 0) | (marked.endsWith(ENDS) ? NONE_AFTER : 0);
    return (number << EDGES_SHIFT) | edges;
  }
}

/** Patterns that are gone leave their strings: with so many they are numbered anew. */
const NUMBERED_MAX = 2 ** 18;
let numbered = new NumberedStrings();

export function layOutPrefilter(parts: readonly Part[]): PrefilterTables {
  if (numbered.texts.length > NUMBERED_MAX) numbered = new NumberedStrings();
  const held = heldBy(parts);
  const order = byLength(held.strings);
  const bounds = new Int32Array(2 * SETS * parts.length);
  parts.forEach(({ sets }, part) => {
    sets.forEach(({ from, until }, set) => {
      bounds[2 * (part * SETS + set)] = from;
      bounds[2 * (part * SETS + set) + 1] = until;
    });
  });
  return {
    finder: layOutFinder(order.map((string) => numbered.texts[string]!)),
    ...ownersByString(held, order, (parts.length * SETS) << OWNER_SHIFT <= NARROW),
    bounds,
    near: Uint8Array.from(parts, ({ sets }) => sets.filter(({ until }) => until < Infinity).length),
    wanted: Uint8Array.from(parts, ({ sets }) => 2 ** sets.length - 1),
    reaches: Int32Array.from(parts, ({ reach }) => reach),
    ends: Uint8Array.from(
      parts,
      ({ fromStart, toEnd }) => (fromStart ? FROM_START : 0) | (toEnd ? TO_END : 0),
    ),
  };
}

/** The strings of all sets, one after the other, and what owns each. */
interface Held {
  readonly strings: Int32Array;
  readonly owners: Int32Array;
}

function heldBy(parts: readonly Part[]): Held {
  const sets = parts.map((part) => part.sets.map(({ strings }) => numbered.of(strings)));
  const length = sets.reduce((sum, each) => each.reduce((most, strings) => most + strings.length, sum), 0);
  const [strings, owners] = [new Int32Array(length), new Int32Array(length)];
  let end = 0;
  sets.forEach((each, part) => {
    each.forEach((marked, set) => {
      const place = parts[part]!.sets[set]!.until < Infinity ? 0 : ANYWHERE;
      const owner = ((part * SETS + set) << OWNER_SHIFT) | place;
      for (let i = 0; i < marked.length; i++, end++) {
        strings[end] = marked[i]! >> EDGES_SHIFT;
        owners[end] = owner | (marked[i]! & EDGES);
      }
    });
  });
  return { strings, owners };
}

/** Short strings are frequent ones: what is known of them lies together. Of one length as they are met. */
function byLength(strings: Int32Array): number[] {
  const { texts } = numbered;
  const isMet = new Uint8Array(texts.length);
  const met: number[][] = [];
  for (let i = 0; i < strings.length; i++) {
    const string = strings[i]!;
    if (isMet[string] !== 0) continue;
    isMet[string] = 1;
    (met[texts[string]!.length] ??= []).push(string);
  }
  return met.flat();
}

/** The owners of each string together, those of a string as they come. */
function ownersByString(
  held: Held,
  order: readonly number[],
  isNarrow: boolean,
): Pick<PrefilterTables, 'facts' | 'owners'> {
  const { length } = held.owners;
  const counts = new Int32Array(numbered.texts.length);
  const edges = new Uint8Array(numbered.texts.length);
  for (let i = 0; i < length; i++) {
    counts[held.strings[i]!]!++;
    edges[held.strings[i]!]! |= held.owners[i]! & EDGES;
  }
  const facts = new Int32Array((order.length + 1) << FACTS_SHIFT);
  const ends = new Int32Array(numbered.texts.length);
  let end = 0;
  order.forEach((string, at) => {
    facts[(at << FACTS_SHIFT) + OWNERS] = (end << EDGES_SHIFT) | edges[string]!;
    ends[string] = end;
    end += counts[string]!;
  });
  facts[(order.length << FACTS_SHIFT) + OWNERS] = end << EDGES_SHIFT;
  const owners = isNarrow ? new Uint16Array(length) : new Int32Array(length);
  for (let i = 0; i < length; i++) owners[ends[held.strings[i]!]!++] = held.owners[i]!;
  return { facts, owners };
}
