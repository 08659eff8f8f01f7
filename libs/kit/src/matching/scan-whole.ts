/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { CHECK, FAIL, nextEnding, OUT } from './automaton.js';
import { EncodedText } from './encode-text.js';
import type { Fold } from './fold.js';
import type { MatchList } from './match-list.js';
import type { MatcherTables } from './matcher-tables.js';
import { OTHER } from './unit-class.js';

/** What a whole text is scanned with: a matcher under a policy without contextual folds and allowing entries. */
export interface WholeScan {
  readonly tables: MatcherTables;
  readonly fold: Fold;
  /** Rule of each entry; 0 = ignored. */
  readonly rules: Uint8Array;
  /** Of each pattern, its entry if that is the only one and matches wherever it stands; -1 for any other. */
  readonly direct: Int32Array;
}

export function wholeScan(tables: MatcherTables, fold: Fold, rules: Uint8Array): WholeScan {
  const { firstEntry, nextEntry, startMasks, endMasks } = tables;
  const direct = firstEntry.map((entry) => {
    const isFree = rules[entry] !== 0 && startMasks[entry] === 0 && endMasks[entry] === 0;
    return isFree && nextEntry[entry] === -1 ? entry : -1;
  });
  return { tables, fold, rules, direct };
}

/**
 * Adds all overlapping matches of a whole text to the list, in the order in which they end. Leaving out places where
 * the next codes begin no pattern (a filter of bits by hash) was tried and costs more than it saves.
 */
export function scanWhole(scan: WholeScan, text: string, list: MatchList): void {
  const encoded = new EncodedText(text, scan.fold, scan.tables);
  const { codes, length } = encoded;
  const { cells } = scan.tables.automaton;
  let state = 0;
  // Shifts, because the engine need not check them for overflow. A state's first cell is its base.
  for (let i = 0; i < length; i++) {
    const code = codes[i]!;
    if (code === 0) {
      state = 0;
      continue;
    }
    for (;;) {
      const child = (cells[state << 2]! + code) | 0;
      if (cells[(child << 2) | CHECK] === state) {
        state = child;
        break;
      }
      if (state === 0) break;
      state = cells[(state << 2) | FAIL]!;
    }
    const ending = cells[(state << 2) | OUT]!;
    if (ending !== 0) report(scan, encoded, i, ending, list);
  }
}

function report(scan: WholeScan, encoded: EncodedText, last: number, state: number, list: MatchList): void {
  const { cells, own, depth } = scan.tables.automaton;
  const end = encoded.endOf(last);
  for (let s = state; s !== 0; s = nextEnding(cells, s)) {
    const pattern = own[s]!;
    const first = last - depth[s]! + 1;
    const entry = scan.direct[pattern]!;
    if (entry >= 0) list.add(entry, encoded.startOf(first), end);
    else reportChecked(scan, encoded, pattern, first, last, list);
  }
}

function reportChecked(
  { tables, rules }: WholeScan,
  encoded: EncodedText,
  pattern: number,
  first: number,
  last: number,
  list: MatchList,
): void {
  const { firstEntry, nextEntry, startMasks, endMasks } = tables;
  const before = first > 0 ? encoded.classOf(first - 1) : OTHER;
  const after = last + 1 < encoded.length ? encoded.classOf(last + 1) : OTHER;
  for (let entry = firstEntry[pattern]!; entry >= 0; entry = nextEntry[entry]!) {
    const isFree = (startMasks[entry]! & before) === 0 && (endMasks[entry]! & after) === 0;
    if (isFree && rules[entry] !== 0) list.add(entry, encoded.startOf(first), encoded.endOf(last));
  }
}
