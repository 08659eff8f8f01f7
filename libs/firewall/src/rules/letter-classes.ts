import type { AST } from '@eslint-community/regexpp';
import { BEGINS, EITHER, ENDS } from './edges.js';

const FIRST = 0x61;
const LAST = 0x7a;

/** What an assertion says of the letters beside it, as marks (see edges.ts). */
export function assertedEdges(assertion: AST.Assertion): string {
  switch (assertion.kind) {
    case 'start':
    case 'end':
      return EITHER;
    case 'word':
      return assertion.negate ? '' : EITHER;
    default: {
      if (!assertion.negate || !assertion.alternatives.some(isOneLetter)) return '';
      return assertion.kind === 'lookbehind' ? BEGINS : ENDS;
    }
  }
}

/** Whether an alternative is one unit, and every letter is such a unit. */
function isOneLetter({ elements }: AST.Alternative): boolean {
  const [element] = elements;
  if (elements.length !== 1 || element?.type !== 'CharacterClass' || element.negate) return false;
  return element.elements.some(
    (one) =>
      (one.type === 'CharacterClassRange' && one.min.value <= FIRST && one.max.value >= LAST) ||
      (one.type === 'CharacterSet' && one.kind === 'word' && !one.negate),
  );
}

/** Whether a class of characters has no letter from a to z. */
export function isWithoutLetters(element: AST.CharacterClass | AST.CharacterSet): boolean {
  if (element.type === 'CharacterSet') return isSetWithoutLetters(element);
  if (element.negate) return isOneLetterOf(element);
  return element.elements.every((one) => {
    if (one.type === 'Character') return one.value < FIRST || one.value > LAST;
    if (one.type === 'CharacterClassRange') return one.max.value < FIRST || one.min.value > LAST;
    return one.type === 'CharacterSet' && isSetWithoutLetters(one);
  });
}

function isOneLetterOf(element: AST.CharacterClass): boolean {
  return element.elements.some(
    (one) => one.type === 'CharacterClassRange' && one.min.value <= FIRST && one.max.value >= LAST,
  );
}

function isSetWithoutLetters(set: AST.CharacterSet): boolean {
  if (set.kind === 'word') return set.negate;
  return (set.kind === 'digit' || set.kind === 'space') && !set.negate;
}
