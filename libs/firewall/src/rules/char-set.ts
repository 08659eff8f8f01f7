import type { AST } from '@eslint-community/regexpp';

/** Code units from and to, both included. */
export type CharSet = readonly (readonly [from: number, to: number])[];

const LAST = 0xffff;
const WORD: CharSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const DIGIT: CharSet = [[0x30, 0x39]];
const LINE_ENDS: CharSet = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const SPACE: CharSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** What an element of a pattern without flags matches as one character; null where it is no such element. */
export function charSetOf(element: AST.Element): CharSet | null {
  switch (element.type) {
    case 'Character':
      return [[element.value, element.value]];
    case 'CharacterSet':
      return ofEscape(element);
    case 'CharacterClass': {
      const set = (element.elements as readonly AST.ClassRangesCharacterClassElement[]).flatMap(ofMember);
      return element.negate ? negated(set) : set;
    }
    default:
      return null;
  }
}

function ofMember(member: AST.ClassRangesCharacterClassElement): CharSet {
  if (member.type === 'Character') return [[member.value, member.value]];
  if (member.type === 'CharacterClassRange') return [[member.min.value, member.max.value]];
  return ofEscape(member);
}

/** A property of Unicode has no meaning without the flag u; should there be one, it may be anything. */
function ofEscape(escape: AST.CharacterSet): CharSet {
  if (escape.kind === 'any') return negated(LINE_ENDS);
  if (escape.kind === 'property') return [[0, LAST]];
  const set = { word: WORD, digit: DIGIT, space: SPACE }[escape.kind];
  return escape.negate ? negated(set) : set;
}

function negated(set: CharSet): CharSet {
  const ranges: (readonly [number, number])[] = [];
  let from = 0;
  for (const [low, high] of [...set].sort((a, b) => a[0] - b[0])) {
    if (low > from) ranges.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= LAST) ranges.push([from, LAST]);
  return ranges;
}

export function disjoint(one: CharSet, other: CharSet): boolean {
  return one.every(([from, to]) => other.every(([low, high]) => to < low || high < from));
}
