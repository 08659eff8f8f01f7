import { INTERLEAVE } from './fold-names.js';
import { MARKED } from './markup-skip.js';
import * as f from './thread-list.js';
import { UNSPACED } from './unit-class.js';
import * as traits from './unit-traits.js';

/** Kinds of noise between two units of an entry. */
export const ANY = 0;
export const BLANK = 1;
export const LINE = 2;
export const CLAUSE = 3;
const BLANK_UNIT = 0x20;

/** The kind of a folded unit, for a reading with these facts that has left out `skip`. */
export function kindOf(unit: number, trait: number, facts: number, skip: number): number {
  const isClause = (trait & traits.CLAUSE) !== 0;
  if (unit !== BLANK_UNIT) return isClause ? CLAUSE : ANY;
  if (isClause) return LINE;
  // Behind the end of a line a mark and a blank may begin an item of a list.
  return (facts & f.LINE) !== 0 && skip >= MARKED ? ANY : BLANK;
}

/** Nothing but markup has come in the gap. */
export const isBare = (facts: number): boolean => (facts & (f.NOISE_BITS | f.LINE)) === 0;

/**
 * Whether what stands on the two sides of the gap are words of two clauses once this comes in it: one end of a line among
 * blanks alone is a blank, as Markdown has it; a second one, or one beside anything else, parts.
 */
export function parts(facts: number, kind: number): boolean {
  if (kind === CLAUSE) return true;
  return (facts & f.LINE) !== 0 ? kind !== BLANK : kind === LINE && (facts & f.SIGNED) !== 0;
}

/** Facts with this in the gap; what must be spelled out need not know. */
export function noted(facts: number, kind: number): number {
  if (kind === BLANK || (facts & f.MUST_SPREAD) !== 0) return facts;
  return facts | (kind === LINE ? f.LINE : f.SIGNED);
}

/** Facts of a reading that goes on as one to be spelled out. */
export const spelledOut = (facts: number): number => (facts & ~(f.LINE | f.SIGNED)) | f.MUST_SPREAD;

/**
 * Facts of a reading behind an end of a line that is a blank to it; 0 = to this one it is none.
 * @param isJoined blanks came directly before, with which it is one
 */
export function behindLine(facts: number, isJoined = false): number {
  const noise = ((facts & f.NOISE_BITS) >> f.NOISE_SHIFT) + (isJoined ? 0 : 1);
  if (noise === 0 || noise > f.NOISE_LIMIT || parts(facts, LINE)) return 0;
  const open = noted((facts & ~f.NOISE_BITS) | (noise << f.NOISE_SHIFT) | INTERLEAVE, LINE);
  if (f.lastClass(facts) === UNSPACED) return open;
  return (facts & f.MUST_SPREAD) === 0 ? open | f.TO_UNSPACED : 0;
}
