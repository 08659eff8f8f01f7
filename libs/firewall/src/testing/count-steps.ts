import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { charSetOf } from '../rules/char-set.js';

type Next = (at: number) => boolean;

class GivenUp extends Error {}

/**
 * Steps that a plain backtracking engine takes for one attempt at one position, by doing it: every character, assertion
 * and choice counts. Much slower than an engine, for comparing with a bound.
 * @param most after so many it is given up: `end` is then undefined
 */
export function countSteps(
  source: string,
  text: string,
  from: number,
  most = Infinity,
): { steps: number; end: number | null | undefined } {
  let steps = 0;
  let end: number | null = null;

  function count(): void {
    if (++steps > most) throw new GivenUp();
  }

  function alternatives(list: readonly AST.Alternative[], at: number, back: boolean, next: Next): boolean {
    return list.some(({ elements }) => {
      count();
      return sequence(back ? [...elements].reverse() : elements, at, back, next);
    });
  }

  function sequence(elements: readonly AST.Element[], at: number, back: boolean, next: Next): boolean {
    const [first, ...rest] = elements;
    return first ? one(first, at, back, (then) => sequence(rest, then, back, next)) : next(at);
  }

  function one(element: AST.Element, at: number, back: boolean, next: Next): boolean {
    if (element.type === 'Group' || element.type === 'CapturingGroup')
      return alternatives(element.alternatives, at, back, next);
    if (element.type === 'Quantifier') return repeat(element, 0, at, back, next);
    count();
    if (element.type === 'Assertion') return asserted(element, at) && next(at);
    const unit = text.charCodeAt(back ? at - 1 : at);
    const fits = charSetOf(element)?.some(([low, high]) => unit >= low && unit <= high) ?? false;
    return fits && next(back ? at - 1 : at + 1);
  }

  function repeat(quantifier: AST.Quantifier, done: number, at: number, back: boolean, next: Next): boolean {
    const { min, max, greedy, element } = quantifier;
    const more = () => {
      if (done === max) return false;
      count();
      return one(element, at, back, (then) =>
        done >= min && then === at ? false : repeat(quantifier, done + 1, then, back, next),
      );
    };
    const leave = () => done >= min && next(at);
    return greedy ? more() || leave() : leave() || more();
  }

  function asserted(assertion: AST.Assertion, at: number): boolean {
    if (assertion.kind === 'start') return at === 0;
    if (assertion.kind === 'end') return at === text.length;
    const isWord = (place: number) => /\w/.test(text.charAt(place));
    if (assertion.kind === 'word') return (isWord(at - 1) !== isWord(at)) !== assertion.negate;
    if (assertion.kind !== 'lookahead' && assertion.kind !== 'lookbehind') return false;
    const back = assertion.kind === 'lookbehind';
    return alternatives(assertion.alternatives, at, back, () => true) !== assertion.negate;
  }

  const { alternatives: all } = new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source);
  try {
    alternatives(all, from, false, (at) => {
      end = at;
      return true;
    });
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    return { steps, end: undefined };
  }
  return { steps, end };
}
