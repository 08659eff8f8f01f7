/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import type { EncodedText } from './encode-text.js';
import type { Fold } from './fold.js';
import type { MatchList } from './match-list.js';
import type { MatcherTables } from './matcher-tables.js';
import type { StartFilter } from './start-filter.js';
import { OTHER } from './unit-class.js';

/** What a whole text is scanned with: a matcher under a policy without contextual folds and allowing entries. */
export interface WholeScan {
  readonly tables: MatcherTables;
  readonly fold: Fold;
  readonly filter: StartFilter;
  /** Rule of each entry; 0 = ignored. */
  readonly rules: Uint8Array;
  /** Of each pattern, 1 if it has one entry, which matches wherever it stands. */
  readonly isFree: Uint8Array;
}

/** Adds the entries of a pattern that stands at the codes from `first` to `last`, where their edges allow. */
export function reportPattern(
  scan: WholeScan,
  encoded: EncodedText,
  pattern: number,
  first: number,
  last: number,
  list: MatchList,
): void {
  const { firstEntry, nextEntry, startMasks, endMasks } = scan.tables;
  let entry = firstEntry[pattern]!;
  if (scan.isFree[pattern] === 1) {
    list.add(entry, encoded.startOf(first), encoded.endOf(last));
    return;
  }
  const before = first > 0 ? encoded.classOf(first - 1) : OTHER;
  const after = last + 1 < encoded.length ? encoded.classOf(last + 1) : OTHER;
  for (; entry >= 0; entry = nextEntry[entry]!) {
    const isBounded = (startMasks[entry]! & before) === 0 && (endMasks[entry]! & after) === 0;
    if (isBounded && scan.rules[entry] !== 0) list.add(entry, encoded.startOf(first), encoded.endOf(last));
  }
}
