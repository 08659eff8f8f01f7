/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { charSetOf, type CharSet } from './char-set.js';

/** Units at the beginning of a match that are looked at. */
const DEPTH = 4;
/** Kinds of units: each of ASCII is one, the others are told apart by their lowest bits. */
const KINDS = 256;
const KINDS_SHIFT = 8;
const ASCII = 128;
const WORDS = KINDS / 32;
/** Ways to begin that are told apart; where there are more, fewer units are looked at. */
const WAYS_MAX = 1_024;
const BITS = 32;

/** Kinds of units, a bit each. */
type Kinds = Uint32Array;
/** What the first units of a match may be, each for itself. */
type Way = readonly Kinds[];

const ANY: Kinds = new Uint32Array(WORDS).fill(0xffffffff);

/**
 * The places where matches of a pattern can begin, by their first units: ways to begin share 32 bits, and a place is one
 * where a bit is left of those that each unit allows. No match begins elsewhere.
 */
export class FirstUnits {
  private readonly masks: Int32Array;

  constructor(source: string) {
    const { alternatives } = new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source);
    let ways: readonly Way[] | undefined;
    for (let depth = DEPTH; !ways; depth--) ways = depth === 0 ? [[]] : waysOf(alternatives, depth);
    this.masks = masksOf(joinedWays(ways.map(filled)));
  }

  /** The first place from `from` to `last` where a match can begin, or -1. Behind the text stand DEPTH zeros. */
  next(units: Uint16Array, from: number, last: number): number {
    const { masks } = this;
    for (let at = from; at <= last; at++) {
      let bits = masks[kindOf(units[at]!)]!;
      if (bits === 0) continue;
      bits &= masks[(1 << KINDS_SHIFT) | kindOf(units[at + 1]!)]!;
      if (bits === 0) continue;
      bits &= masks[(2 << KINDS_SHIFT) | kindOf(units[at + 2]!)]!;
      if ((bits & masks[(3 << KINDS_SHIFT) | kindOf(units[at + 3]!)]!) !== 0) return at;
    }
    return -1;
  }
}

function kindOf(unit: number): number {
  return unit < ASCII ? unit : ASCII | (unit & (ASCII - 1));
}

/** All ways to begin, as far as `depth` units; undefined where they are too many. */
function waysOf(alternatives: readonly AST.Alternative[], depth: number): readonly Way[] | undefined {
  return ofAlternatives(alternatives, [[]], depth);
}

function ofAlternatives(
  alternatives: readonly AST.Alternative[],
  before: readonly Way[],
  depth: number,
): readonly Way[] | undefined {
  const ways: Way[] = [];
  for (const { elements } of alternatives) {
    let own: readonly Way[] | undefined = before;
    for (const element of elements) own &&= ofElement(element, own, depth);
    if (!own) return undefined;
    ways.push(...own);
  }
  return distinct(ways);
}

/** What `before` becomes with an element behind it. */
function ofElement(element: AST.Element, before: readonly Way[], depth: number): readonly Way[] | undefined {
  if (before.every((way) => way.length >= depth)) return before;
  switch (element.type) {
    case 'Assertion':
      return before;
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives, before, depth);
    case 'Quantifier':
      return ofQuantifier(element, before, depth);
    default: {
      const set = charSetOf(element);
      // What a group holds may be anything, and nothing.
      if (!set) return before.map((way) => filled(way).slice(0, depth));
      const kinds = kindsOf(set);
      return before.map((way) => (way.length < depth ? [...way, kinds] : way));
    }
  }
}

function ofQuantifier(
  { min, max, element }: AST.Quantifier,
  before: readonly Way[],
  depth: number,
): readonly Way[] | undefined {
  const ways: Way[] = min === 0 ? [...before] : [];
  let own: readonly Way[] | undefined = before;
  // Each time adds a unit, or may add none again.
  for (let times = 1; times <= Math.min(max, depth); times++) {
    own = ofElement(element, own, depth);
    if (!own) return undefined;
    if (times >= Math.min(min, depth)) ways.push(...own);
  }
  return distinct(ways);
}

function filled(way: Way): Way {
  return way.length < DEPTH ? [...way, ...Array<Kinds>(DEPTH - way.length).fill(ANY)] : way;
}

const keyOf = (kinds: Kinds): string => kinds.join();

function distinct(ways: readonly Way[]): readonly Way[] | undefined {
  const kept = new Map(ways.map((way) => [way.map(keyOf).join(';'), way]));
  return kept.size > WAYS_MAX ? undefined : [...kept.values()];
}

function kindsOf(set: CharSet): Kinds {
  const kinds = new Uint32Array(WORDS);
  for (const [low, high] of set) {
    if (high - low >= KINDS) return ANY;
    for (let unit = low; unit <= high; unit++) {
      const kind = kindOf(unit);
      kinds[kind >> 5]! |= 1 << (kind & 31);
    }
  }
  return kinds;
}

/** Ways that differ in one unit alone are one: nothing is lost. */
function joinedWays(ways: readonly Way[]): Way[] {
  let joined = [...ways];
  for (let place = DEPTH - 1; place >= 0; place--) {
    const alike = new Map<string, Kinds[]>();
    for (const way of joined) {
      const key = way.map((kinds, at) => (at === place ? '' : keyOf(kinds))).join(';');
      const other = alike.get(key);
      if (other) other[place] = other[place]!.map((word, at) => word | way[place]![at]!);
      else alike.set(key, [...way]);
    }
    joined = [...alike.values()];
  }
  return joined;
}

/** A bit for each way; those that begin alike share one where there are more than bits. */
function masksOf(ways: readonly Way[]): Int32Array {
  const masks = new Int32Array(DEPTH * KINDS);
  const first = (kinds: Kinds): number => {
    const word = kinds.findIndex((bits) => bits !== 0);
    return word < 0 ? 0 : 32 * word + 31 - Math.clz32(kinds[word]! & -kinds[word]!);
  };
  const sorted = [...ways].sort((a, b) => {
    const place = a.findIndex((kinds, at) => first(kinds) !== first(b[at]!));
    return place < 0 ? 0 : first(a[place]!) - first(b[place]!);
  });
  sorted.forEach((way, at) => {
    const bit = 1 << (sorted.length > BITS ? Math.floor((at * BITS) / sorted.length) : at);
    way.forEach((kinds, place) => {
      for (let kind = 0; kind < KINDS; kind++)
        if (((kinds[kind >> 5]! >>> (kind & 31)) & 1) !== 0) masks[(place << KINDS_SHIFT) | kind]! |= bit;
    });
  });
  return masks;
}
