/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { charSetOf } from './char-set.js';
import { KindSets } from './kind-sets.js';

/** Units at the beginning of a match that are looked at. */
export const DEPTH = 4;
/** Ways to begin that are told apart; where there are more, fewer units are looked at. */
const WAYS_MAX = 1_024;

/**
 * A way to begin: the numbers of sets of kinds, one for each unit, in one number, so that ways are compared at once. The
 * first unit's is in the lowest digits; 0 is no unit.
 */
export type Way = number;
/** Four of them are a number that is exact. */
const NUMBERS = 2 ** 13;
const PLACES = Array.from({ length: DEPTH + 1 }, (_, place) => NUMBERS ** place);

export function numberAt(way: Way, place: number): number {
  return Math.floor(way / PLACES[place]!) % NUMBERS;
}

function withNumber(way: Way, place: number, number: number): Way {
  return way + (number - numberAt(way, place)) * PLACES[place]!;
}

function lengthOf(way: Way): number {
  let length = 0;
  while (way >= PLACES[length]!) length++;
  return length;
}

function isFull(ways: Set<Way>, depth: number): boolean {
  for (const way of ways) if (way < PLACES[depth - 1]!) return false;
  return true;
}

/** What the first DEPTH units of every match of a pattern are, as far as it is known. */
export class WaysToBegin {
  readonly sets = new KindSets(NUMBERS);
  readonly ways: readonly Way[];
  private depth = DEPTH;

  constructor(source: string) {
    const { alternatives } = new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source);
    let ways: Set<Way> | undefined;
    for (; !ways; this.depth--)
      ways = this.depth === 0 ? new Set([0]) : this.ofAlternatives(alternatives, new Set([0]));
    this.ways = this.joined(new Set([...ways].map((way) => this.filled(way, DEPTH))));
  }

  /** Undefined where there are too many. */
  private ofAlternatives(alternatives: readonly AST.Alternative[], before: Set<Way>): Set<Way> | undefined {
    const ways = new Set<Way>();
    for (const { elements } of alternatives) {
      let own: Set<Way> | undefined = before;
      for (const element of elements) own &&= this.ofElement(element, own);
      if (!own) return undefined;
      for (const way of own) ways.add(way);
      if (ways.size > WAYS_MAX) return undefined;
    }
    return ways;
  }

  /** What ways become with an element behind them. */
  private ofElement(element: AST.Element, before: Set<Way>): Set<Way> | undefined {
    const { depth } = this;
    if (element.type === 'Assertion') return before;
    if (isFull(before, depth)) return before;
    if (element.type === 'Group' || element.type === 'CapturingGroup')
      return this.ofAlternatives(element.alternatives, before);
    if (element.type === 'Quantifier') return this.ofQuantifier(element, before);
    const set = charSetOf(element);
    // What a group holds may be anything, and nothing.
    if (!set) return new Set([...before].map((way) => this.filled(way, depth)));
    const number = this.sets.ofCharacters(set);
    const after = new Set<Way>();
    for (const way of before) {
      const length = lengthOf(way);
      after.add(length < depth ? way + number * PLACES[length]! : way);
    }
    return after;
  }

  private ofQuantifier({ min, max, element }: AST.Quantifier, before: Set<Way>): Set<Way> | undefined {
    const ways = new Set<Way>(min === 0 ? before : []);
    let own: Set<Way> | undefined = before;
    // Each time adds a unit, or may add none again.
    for (let times = 1; times <= Math.min(max, this.depth); times++) {
      own = this.ofElement(element, own);
      if (!own) return undefined;
      if (times >= Math.min(min, this.depth)) for (const way of own) ways.add(way);
    }
    return ways.size > WAYS_MAX ? undefined : ways;
  }

  private filled(way: Way, depth: number): Way {
    for (let length = lengthOf(way); length < depth; length++) way += this.sets.any * PLACES[length]!;
    return way;
  }

  /** Ways that differ in one unit alone are one: nothing is lost. */
  private joined(all: Iterable<Way>): Way[] {
    let ways = [...all];
    for (let place = DEPTH - 1; place >= 0; place--) {
      const alike = new Map<Way, number>();
      for (const way of ways) {
        const rest = withNumber(way, place, 0);
        const other = alike.get(rest);
        const own = numberAt(way, place);
        alike.set(rest, other === undefined ? own : this.sets.united(other, own));
      }
      ways = [...alike].map(([rest, number]) => rest + number * PLACES[place]!);
    }
    return ways;
  }
}
