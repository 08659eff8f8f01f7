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

/** Maximal runs of units of an alphabet, of `least` units at least. */
export function runsOf(units: Uint16Array, alphabet: Uint8Array, least: number): Run[] {
  const runs: Run[] = [];
  let start = -1;
  for (let i = 0; i <= units.length; i++) {
    const isMember = i < units.length && units[i]! < 128 && alphabet[units[i]!] === 1;
    if (isMember && start < 0) start = i;
    if (isMember || start < 0) continue;
    if (i - start >= least) runs.push({ start, end: i });
    start = -1;
  }
  return runs;
}
