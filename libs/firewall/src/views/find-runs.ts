/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import type { ViewKind } from './view-kinds.js';

/** A piece of a text and what it stands for. */
export interface Decoded {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: ViewKind;
}

/** An alphabet as a table of ASCII units. */
export function alphabetOf(members: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, unit) => (members.test(String.fromCharCode(unit)) ? 1 : 0));
}

export interface Run {
  readonly start: number;
  readonly end: number;
}

/** Maximal runs of units of an alphabet, of `least` units at least: between those that are none most units are passed over. */
export function runsOf(units: Uint16Array, alphabet: Uint8Array, least: number): Run[] {
  const runs: Run[] = [];
  const { length } = units;
  // Before `from` no run begins that goes on there.
  for (let from = 0; from + least <= length;) {
    let at = from + least - 1;
    while (at >= from && isMember(units[at]!, alphabet)) at--;
    if (at >= from) {
      from = at + 1;
      continue;
    }
    let end = from + least;
    while (end < length && isMember(units[end]!, alphabet)) end++;
    runs.push({ start: from, end });
    from = end + 1;
  }
  return runs;
}

function isMember(unit: number, alphabet: Uint8Array): boolean {
  return unit < 128 && alphabet[unit] === 1;
}
