import { type AST, RegExpParser } from '@eslint-community/regexpp';

/**
 * Units of the longest match of a pattern; Infinity where a repetition has no bound.
 * @throws SyntaxError for what is no regular expression
 */
export function reachOf(source: string): number {
  return longestOf(new RegExpParser({ ecmaVersion: 2023 }).parsePattern(source).alternatives);
}

/** Units of the longest match of a part. */
export function unitsOf(element: AST.Element): number {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return longestOf(element.alternatives);
    case 'Quantifier':
      return times(unitsOf(element.element), element.max);
    case 'Assertion':
      return 0;
    case 'Backreference':
      return Math.max(...[element.resolved].flat().map(({ alternatives }) => longestOf(alternatives)));
    default:
      return 1;
  }
}

function longestOf(alternatives: readonly AST.Alternative[]): number {
  return Math.max(
    ...alternatives.map(({ elements }) => elements.reduce((sum, one) => sum + unitsOf(one), 0)),
  );
}

/** Nothing times anything is nothing. */
export const times = (one: number, other: number): number => (one === 0 || other === 0 ? 0 : one * other);
