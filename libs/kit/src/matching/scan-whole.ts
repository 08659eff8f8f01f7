/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { CHECK, FAIL, nextEnding, OUT, type Automaton } from './automaton.js';
import { EncodedText } from './encode-text.js';
import type { Fold } from './fold.js';
import type { MatchList } from './match-list.js';
import type { MatcherTables } from './matcher-tables.js';
import { reportPattern, type WholeScan } from './report-pattern.js';
import { scanStarts } from './scan-starts.js';
import { StartFilter } from './start-filter.js';

export type { WholeScan };

const filters = new WeakMap<Automaton, StartFilter>();

export function wholeScan(tables: MatcherTables, fold: Fold, rules: Uint8Array): WholeScan {
  const { automaton, firstEntry, nextEntry, startMasks, endMasks } = tables;
  let filter = filters.get(automaton);
  if (!filter) filters.set(automaton, (filter = new StartFilter(automaton, firstEntry.length)));
  const isFree = Uint8Array.from(firstEntry, (entry) =>
    rules[entry] !== 0 && startMasks[entry] === 0 && endMasks[entry] === 0 && nextEntry[entry] === -1 ? 1 : 0,
  );
  return { tables, fold, filter, rules, isFree };
}

/**
 * Adds all overlapping matches of a whole text to the list, in the order in which they begin; the shorter first.
 * Where entries overlap too much for following the trie, the automaton reads the rest: linear time always.
 */
export function scanWhole(scan: WholeScan, text: string, list: MatchList): void {
  const encoded = new EncodedText(text, scan.fold, scan.tables);
  const before = list.count;
  const rest = scanStarts(scan, encoded, list);
  if (rest === encoded.length) return;
  scanOn(scan, encoded, rest, list);
  list.sortFrom(before);
}

/** All matches that begin at `from` or later, in linear time, in the order in which they end. */
function scanOn(scan: WholeScan, encoded: EncodedText, from: number, list: MatchList): void {
  const { codes, length } = encoded;
  const { cells, own, depth } = scan.tables.automaton;
  let state = 0;
  for (let i = from; i < length; i++) {
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
    for (let s = cells[(state << 2) | OUT]!; s !== 0; s = nextEnding(cells, s)) {
      reportPattern(scan, encoded, own[s]!, i - depth[s]! + 1, i, list);
    }
  }
}
