/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import { FAIL, MANY_CODE } from './automaton.js';
import { childOf, type MatchPolicy } from './match-policy.js';

const BLANK_UNIT = 0x20;

/**
 * Whether the sign at `i` may stand for the blank between two words of an entry, one of which ends in this state: the
 * other begins behind it. What evades there, or is none of the text, is asked about when it is read.
 */
export function mayJoin(
  policy: MatchPolicy,
  units: Uint16Array,
  i: number,
  end: number,
  state: number,
): boolean {
  if (i + 1 >= end) return true;
  const { automaton, codeOf } = policy.matcher;
  const { cells, codes } = automaton;
  const blank = codes[BLANK_UNIT]!;
  const next = codeOf[units[i + 1]!]!;
  const isKnown = next < MANY_CODE && policy.traits.raw[units[i + 1]!] === 0;
  for (let s = state; s !== 0; s = cells[4 * s + FAIL]!) {
    const child = childOf(cells, s, blank);
    if (child !== 0 && (!isKnown || childOf(cells, child, next) !== 0)) return true;
  }
  return false;
}
