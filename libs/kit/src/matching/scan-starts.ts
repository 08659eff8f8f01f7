/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { CHECK, OUT, PATTERN_LENGTH_LIMIT } from './automaton.js';
import type { EncodedText } from './encode-text.js';
import type { MatchList } from './match-list.js';
import { reportPattern, type WholeScan } from './report-pattern.js';
import {
  FILTER_AHEAD,
  FIRST_FACTOR,
  OWN_BIT_SHIFT,
  SECOND_FACTOR,
  type StartFilter,
} from './start-filter.js';

/** Places that are filtered at a time: they stay in the nearest cache. */
const BLOCK = 2048;
/** Steps that a block may take; ordinary text takes one or two for each place. */
const BLOCK_STEPS = 8 * BLOCK;

// Constants of this module, not exported: the engine then reads them faster than arguments, twice as fast in all.
const FIRST = FIRST_FACTOR;
const SECOND = SECOND_FACTOR;
const OWN_BIT = OWN_BIT_SHIFT;
/** Where the matches of a block may begin. */
const starts = new Int32Array(BLOCK);
/** What was found in a block: the pattern's state, the first and the last code of each match. */
const found = new Int32Array(3 * (BLOCK_STEPS + PATTERN_LENGTH_LIMIT));
let foundEnd = 0;

/**
 * Adds matches by following the trie from each place that may be a start. The fastest for ordinary text, but not linear:
 * gives up where entries overlap too much. Returns the first place that has not been tried.
 */
export function scanStarts(scan: WholeScan, encoded: EncodedText, list: MatchList): number {
  const { codes, length } = encoded;
  const { cells, own } = scan.tables.automaton;
  for (let from = 0; from < length; from += BLOCK) {
    const count = collectStarts(scan.filter, codes, from, Math.min(from + BLOCK, length));
    const tried = followStarts(codes, cells, count);
    for (let k = 0; k < foundEnd; k += 3) {
      reportPattern(scan, encoded, own[found[k]!]!, found[k + 1]!, found[k + 2]!, list);
    }
    if (tried < count) return starts[tried]!;
  }
  return length;
}

/**
 * Puts the places that pass into `starts`, in ascending order; returns how many there are. Without branches, each place
 * on its own: a processor that guesses wrong at every other place is what an automaton costs.
 */
function collectStarts(filter: StartFilter, codes: Uint16Array, from: number, to: number): number {
  const { rows, shift, alone } = filter;
  let count = 0;
  let first = codes[from]!;
  let second = codes[from + 1]!;
  for (let i = from; i < to; i++) {
    const third = codes[i + FILTER_AHEAD]!;
    // Written out: a call here that is not inlined costs more than all the rest.
    const hash = (Math.imul(first, FIRST) + Math.imul(second, SECOND)) | 0;
    const row = rows[hash >>> shift]!;
    starts[count] = i;
    // Shifts are by the lowest five bits.
    const goesOn = ((row >>> third) | (row >>> (hash >>> OWN_BIT))) & 1;
    // A sign: first <= alone, and not 0.
    const isAlone = ((first - alone - 1) & -first) >>> 31;
    count = (count + (goesOn | isAlone)) | 0;
    first = second;
    second = third;
  }
  return count;
}

/** Puts what begins at the first `count` starts into `found`; returns the number of those that were tried. */
function followStarts(codes: Uint16Array, cells: Int32Array, count: number): number {
  let end = 0;
  let steps = 0;
  let j = 0;
  for (; j < count && steps <= BLOCK_STEPS; j++) {
    const start = starts[j]!;
    let state = 0;
    let i = start;
    // Shifts, because the engine need not check them for overflow. A state's first cell is its base.
    for (let code = codes[i]!; code !== 0; code = codes[++i]!) {
      const child = (cells[state << 2]! + code) | 0;
      if (cells[(child << 2) | CHECK] !== state) break;
      state = child;
      if (cells[(state << 2) | OUT] === state) {
        found[end] = state;
        found[end + 1] = start;
        found[end + 2] = i;
        end += 3;
      }
    }
    steps += i - start;
  }
  foundEnd = end;
  return j;
}
