import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { charSetOf, disjoint, type CharSet } from './char-set.js';
import { times, unitsOf } from './reach-of.js';

/** What a part of a pattern can cost from one position at most, whatever the text. */
interface Bound {
  /** Characters, assertions and choices that are tried. */
  readonly steps: number;
  /** Ways to get through it, each of which an engine may come back for. */
  readonly exits: number;
}

/** What stands behind a part. */
interface Follow {
  /** The characters with which it can go on; null where that is not known. */
  readonly first: CharSet | null;
  /** Steps until the first character of it is refused. */
  readonly entry: number;
}

/** Who gets here has a match, or an assertion that is never come back for: nothing goes on. */
const END: Follow = { first: [], entry: 1 };

/**
 * An upper bound of the steps of a backtracking engine for one attempt at one position; Infinity where a repetition has
 * no bound. Every path is counted, except for those that one character rules out: of alternatives that begin differently
 * one is taken, and a repetition is left at one place where what it repeats and what follows begin differently.
 * @throws SyntaxError for what is no regular expression
 */
export function boundSteps(source: string): number {
  const { alternatives } = new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source);
  return ofAlternatives(alternatives, END).steps;
}

function ofAlternatives(alternatives: readonly AST.Alternative[], follow: Follow): Bound {
  const bounds = alternatives.map(({ elements }) => ofSequence(elements, follow));
  const beginnings = alternatives.map(({ elements }) => beginningOf(elements, follow));
  let [steps, exits] = [0, 0];
  beginnings.forEach((one, index) => {
    // What can be taken where this one is taken; of the others the beginning is tried.
    let [tried, left] = [0, 0];
    beginnings.forEach((other, at) => {
      const bound = bounds[at] ?? { steps: Infinity, exits: Infinity };
      const isApart = at !== index && areApart(one, other);
      tried += 1 + (isApart ? Math.min(bound.steps, other.entry) : bound.steps);
      left += isApart ? 0 : bound.exits;
    });
    steps = Math.max(steps, tried);
    exits = Math.max(exits, left);
  });
  return { steps, exits };
}

interface Beginning {
  /** The characters that stand at its begin as they are. */
  readonly prefix: string;
  /** null where it can also be left without a character: then what follows is tried, and may fail there. */
  readonly first: CharSet | null;
  readonly entry: number;
}

function beginningOf(elements: readonly AST.Element[], follow: Follow): Beginning {
  const other = elements.findIndex(({ type }) => type !== 'Character');
  const characters = elements.slice(0, other === -1 ? elements.length : other) as AST.Character[];
  const prefix = String.fromCharCode(...characters.map(({ value }) => value));
  const { first, entry } = followOf(elements, follow);
  return { prefix, first: elements.some(isFilled) ? first : null, entry: entry + prefix.length };
}

function areApart(one: Beginning, other: Beginning): boolean {
  if (!one.prefix.startsWith(other.prefix) && !other.prefix.startsWith(one.prefix)) return true;
  return one.first !== null && other.first !== null && disjoint(one.first, other.first);
}

function ofSequence(elements: readonly AST.Element[], follow: Follow): Bound {
  let [steps, exits] = [0, 1];
  elements.forEach((element, at) => {
    const bound = ofElement(element, followOf(elements.slice(at + 1), follow));
    // What stands before it is come back for as often as it has exits.
    steps += times(exits, bound.steps);
    exits = times(exits, bound.exits);
  });
  return { steps, exits };
}

function ofElement(element: AST.Element, follow: Follow): Bound {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives, follow);
    case 'Quantifier':
      return ofQuantifier(element, follow);
    case 'Assertion': {
      if (element.kind !== 'lookahead' && element.kind !== 'lookbehind') return { steps: 1, exits: 1 };
      const { alternatives } = element.kind === 'lookahead' ? element : backwards(element);
      return { steps: 1 + ofAlternatives(alternatives, END).steps, exits: 1 };
    }
    case 'Backreference':
      return { steps: 1 + unitsOf(element), exits: 1 };
    default:
      return { steps: 1, exits: 1 };
  }
}

function ofQuantifier({ min, max, element }: AST.Quantifier, follow: Follow): Bound {
  const again: Follow = followOf([element], END);
  const inner = joined(again, follow);
  const part = ofElement(element, inner);
  if (max === Infinity) return { steps: Infinity, exits: Infinity };
  const once = again.first !== null && follow.first !== null && disjoint(again.first, follow.first);
  let [steps, exits, ways] = [0, 0, 1];
  for (let count = 0; count <= max; count++) {
    if (count >= min) exits = once ? Math.max(exits, ways) : exits + ways;
    if (count >= min && once) steps += times(ways, follow.entry);
    if (count === max) break;
    steps += times(ways, part.steps + 1);
    ways = times(ways, part.exits);
    if (steps === Infinity) return { steps, exits: Infinity };
  }
  return { steps, exits };
}

function joined(one: Follow, other: Follow): Follow {
  const first = one.first && other.first ? [...one.first, ...other.first] : null;
  return { first, entry: one.entry + other.entry };
}

/** With which characters elements and what stands behind them can begin. */
function followOf(elements: readonly AST.Element[], follow: Follow): Follow {
  const [element, ...rest] = elements;
  if (!element) return follow;
  if (element.type === 'Assertion') {
    const behind = followOf(rest, follow);
    return { first: behind.first, entry: behind.entry + ofElement(element, END).steps };
  }
  const set = charSetOf(element);
  if (set) return { first: set, entry: 1 };
  if (element.type === 'Quantifier') {
    const within = followOf([element.element], END);
    const one = { first: within.first, entry: within.entry + 1 };
    return element.min > 0 && isFilled(element.element) ? one : joined(one, followOf(rest, follow));
  }
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return { first: null, entry: Infinity };
  const behind = () => followOf(rest, follow);
  return element.alternatives
    .map(({ elements: own }) => (own.some(isFilled) ? followOf(own, END) : followOf(own, behind())))
    .reduce(joined, { first: [], entry: element.alternatives.length });
}

/** Whether it cannot match without a character. */
function isFilled(element: AST.Element): boolean {
  switch (element.type) {
    case 'Quantifier':
      return element.min > 0 && isFilled(element.element);
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives.every(({ elements }) => elements.some(isFilled));
    default:
      return charSetOf(element) !== null;
  }
}

/** Look-behinds are read from their end. */
function backwards<T extends AST.Node>(node: T): T {
  if ('alternatives' in node) return { ...node, alternatives: node.alternatives.map(backwards) };
  if (node.type === 'Quantifier') return { ...node, element: backwards(node.element) };
  if (node.type === 'Alternative') return { ...node, elements: node.elements.map(backwards).reverse() };
  return node;
}
