/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { BASE, CHECK, FAIL, nextEnding, OUT } from './automaton.js';
import { EncodedText } from './encode-text.js';
import type { Fold } from './fold.js';
import type { MatchList } from './match-list.js';
import type { MatcherTables } from './matcher-tables.js';
import { FIRST, type PrefixFilter, SECOND, THIRD } from './prefix-filter.js';

/** What a whole text is scanned with: a matcher without contextual folds and allowing entries. */
export interface WholeScan {
  readonly tables: MatcherTables;
  readonly fold: Fold;
  readonly filter: PrefixFilter;
  /** Rule of each entry; 0 = ignored. */
  readonly rules: Uint8Array;
}

/**
 * Adds all overlapping matches of a whole text to the list, in the order in which they end. Between matches the
 * automaton is left out wherever the next three codes begin no pattern.
 */
export function scanWhole(scan: WholeScan, text: string, list: MatchList): void {
  const encoded = new EncodedText(text, scan.fold, scan.tables);
  const { codes, length } = encoded;
  const { cells } = scan.tables.automaton;
  const { ones, twos, twosShift, threes, threesShift } = scan.filter;
  let state = 0;
  for (let i = 0; i < length;) {
    if (state === 0) {
      let second = codes[i]!;
      let first: number;
      do {
        first = second;
        second = codes[i + 1]!;
        const hash = (Math.imul(first, FIRST) + Math.imul(second, SECOND)) | 0;
        const two = hash >>> twosShift;
        const three = Math.imul(hash + codes[i + 2]!, THIRD) >>> threesShift;
        if (
          (((twos[two >>> 5]! >>> (two & 31)) | (threes[three >>> 5]! >>> (three & 31)) | ones[first]!) &
            1) !==
          0
        )
          break;
      } while (++i < length);
      if (i === length) return;
      state = first !== 0 && cells[4 * first + CHECK] === 0 ? first : 0;
    } else {
      const code = codes[i]!;
      let next = 0;
      if (code !== 0) {
        for (let s = state; s !== 0; s = cells[4 * s + FAIL]!) {
          const child = cells[4 * s + BASE]! + code;
          if (cells[4 * child + CHECK] === s) {
            next = child;
            break;
          }
        }
        state = next;
        // At the root again, which has not seen this code.
        if (next === 0) continue;
      } else state = 0;
    }
    if (cells[4 * state + OUT] !== 0) report(scan, encoded, i, state, list);
    i++;
  }
}

function report(
  { tables, rules }: WholeScan,
  encoded: EncodedText,
  last: number,
  state: number,
  list: MatchList,
): void {
  const { automaton, firstEntry, nextEntry, lengths, startMasks, endMasks } = tables;
  for (let s = automaton.cells[4 * state + OUT]!; s !== 0; s = nextEnding(automaton.cells, s)) {
    for (let entry = firstEntry[automaton.own[s]!]!; entry >= 0; entry = nextEntry[entry]!) {
      if (rules[entry] === 0) continue;
      const first = last - lengths[entry]! + 1;
      if (startMasks[entry] !== 0 && first > 0 && (encoded.classOf(first - 1) & startMasks[entry]!) !== 0)
        continue;
      const isInside = endMasks[entry] !== 0 && last + 1 < encoded.length;
      if (isInside && (encoded.classOf(last + 1) & endMasks[entry]!) !== 0) continue;
      list.add(entry, encoded.startOf(first), encoded.endOf(last));
    }
  }
}
