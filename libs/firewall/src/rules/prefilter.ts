/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { LiteralFinder, MatchList } from '@lorekeep/kit/matching';
import { isLetter } from './edges.js';
import * as packing from './prefilter-tables.js';
import { SpanLists } from './span-lists.js';

// Constants of this module: the engine looks imported ones up at each use.
const { SETS_SHIFT, SETS, NONE_BEFORE, NONE_AFTER, EDGES, EDGES_SHIFT } = packing;
const { FACTS_SHIFT, OWNERS, SEEN, ANYWHERE, OWNER_SHIFT, FROM_START, TO_END } = packing;
const NEXT_OWNERS = 2 ** FACTS_SHIFT + OWNERS;
/** Of a part whose sets were all seen. */
const COMPLETE = 2 ** SETS;
const NOT_NEEDED = -1;
/** Windows that are so near each other are tried as one. */
const NEAR = 16;

/** Tells which parts can match in a text and where their matches can begin; all that is kept is used for every text. */
export class Prefilter {
  /** Those of the text that `find` has read, and zeros behind them; until any text is read. */
  units: Uint16Array = new Uint16Array(0);
  private readonly finder: LiteralFinder;
  private readonly facts: Int32Array;
  /** Of each part, a bit for each set of which a string was seen. */
  private readonly seen: Uint8Array;
  private readonly seenParts: Int32Array;
  private seenCount = 0;
  private readonly strings: Int32Array;
  private stringCount = 0;
  /** Owners of complete parts that say where a match can begin, of each string with NOT_NEEDED behind them. */
  private readonly needed: Int32Array;
  private readonly complete: Int32Array;
  private completeCount = 0;
  private readonly found = new MatchList();
  private readonly spans: SpanLists;

  constructor(readonly tables: packing.PrefilterTables) {
    const { length } = tables.wanted;
    const strings = (tables.facts.length >> FACTS_SHIFT) - 1;
    this.facts = tables.facts.slice();
    this.seen = new Uint8Array(length);
    this.seenParts = new Int32Array(length);
    this.complete = new Int32Array(length);
    this.spans = new SpanLists(length * SETS);
    this.strings = new Int32Array(strings);
    this.needed = new Int32Array(tables.owners.length + strings);
    this.finder = new LiteralFinder(tables.finder);
  }

  /** Parts of which all sets stand in the text, in their order; until any text is read. */
  find(text: string): Int32Array {
    const { found, seen, seenParts, facts, strings } = this;
    for (let i = 0; i < this.seenCount; i++) seen[seenParts[i]!] = 0;
    for (let i = 0; i < this.stringCount; i++) facts[strings[i]! + SEEN] = 0;
    this.seenCount = this.stringCount = this.completeCount = 0;
    this.spans.clear();
    found.clear();
    this.units = this.finder.scan(text, found);
    this.look(this.units, text.length);
    if (this.completeCount > 0) this.place();
    return sorted(this.complete, this.completeCount);
  }

  /** Where matches of a part can begin: first and last place of each window, in order and apart. */
  windowsOf(part: number, length: number): readonly number[] {
    const { ends, reaches, near } = this.tables;
    const end = ends[part]!;
    const least = (end & TO_END) === 0 ? 0 : Math.max(0, length - reaches[part]!);
    const most = (end & FROM_START) === 0 ? length : 0;
    return this.spans.common(part * SETS, near[part]!, least, most, NEAR);
  }

  /** Notes of which sets of which parts a string stands in the text; strings found become places of facts, and edges. */
  private look(units: Uint16Array, length: number): void {
    const { facts, strings } = this;
    const { data, count } = this.found;
    let stringCount = 0;
    for (let i = 0; i < 3 * count; i += 3) {
      const at = data[i]!;
      const string = at << FACTS_SHIFT;
      let edges = 0;
      if ((facts[string + OWNERS]! & EDGES) !== 0) {
        const start = data[i + 1]!;
        const end = data[i + 2]!;
        if (start === 0 || !isLetter(units[start - 1]!)) edges = NONE_BEFORE;
        if (end === length || !isLetter(units[end]!)) edges |= NONE_AFTER;
      }
      data[i] = (at << EDGES_SHIFT) | edges;
      const before = facts[string + SEEN]!;
      const bit = 1 << edges;
      if ((before & bit) !== 0) continue;
      if (before === 0) strings[stringCount++] = string;
      facts[string + SEEN] = before | bit;
      this.lookAt(string, edges);
    }
    this.stringCount = stringCount;
  }

  private lookAt(string: number, free: number): void {
    const { facts, seen, seenParts } = this;
    const { owners, wanted } = this.tables;
    const end = facts[string + NEXT_OWNERS]! >> EDGES_SHIFT;
    for (let k = facts[string + OWNERS]! >> EDGES_SHIFT; k < end; k++) {
      const owner = owners[k]!;
      if ((owner & EDGES & ~free) !== 0) continue;
      const part = owner >> (OWNER_SHIFT + SETS_SHIFT);
      const before = seen[part]!;
      const now = before | (1 << ((owner >> OWNER_SHIFT) & (SETS - 1)));
      if (now === before) continue;
      if (before === 0) seenParts[this.seenCount++] = part;
      seen[part] = now;
      if (now === wanted[part]) this.complete[this.completeCount++] = part;
    }
  }

  /** Puts down where matches of the parts can begin whose sets were all seen. */
  private place(): void {
    const { found, needed, facts, seen, spans } = this;
    const { bounds } = this.tables;
    for (let i = 0; i < this.completeCount; i++) seen[this.complete[i]!]! |= COMPLETE;
    this.noteNeeded();
    const { data, count } = found;
    for (let i = 0; i < 3 * count; i += 3) {
      const string = data[i]!;
      let at = facts[((string >> EDGES_SHIFT) << FACTS_SHIFT) + SEEN]!;
      if (at === NOT_NEEDED) continue;
      for (let packed = needed[at]!; packed !== NOT_NEEDED; packed = needed[++at]!) {
        if ((packed & EDGES & ~string) !== 0) continue;
        const owner = packed >> OWNER_SHIFT;
        spans.add(owner, data[i + 2]! - bounds[2 * owner + 1]!, data[i + 1]! - bounds[2 * owner]!);
      }
    }
  }

  /** Lists for each string seen the owners of complete parts that say where a match can begin. */
  private noteNeeded(): void {
    const { strings, stringCount, facts, seen, needed } = this;
    const { owners } = this.tables;
    let end = 0;
    for (let i = 0; i < stringCount; i++) {
      const string = strings[i]!;
      const from = end;
      const last = facts[string + NEXT_OWNERS]! >> EDGES_SHIFT;
      for (let k = facts[string + OWNERS]! >> EDGES_SHIFT; k < last; k++) {
        const owner = owners[k]!;
        if ((owner & ANYWHERE) === 0 && (seen[owner >> (OWNER_SHIFT + SETS_SHIFT)]! & COMPLETE) !== 0)
          needed[end++] = owner;
      }
      facts[string + SEEN] = end > from ? from : NOT_NEEDED;
      if (end > from) needed[end++] = NOT_NEEDED;
    }
  }
}

/** Few numbers are put in order at once; native code takes longer to be called. */
const FEW = 64;

function sorted(list: Int32Array, count: number): Int32Array {
  const part = list.subarray(0, count);
  if (count > FEW) return part.sort();
  for (let i = 1; i < count; i++) {
    const one = list[i]!;
    let at = i;
    for (; at > 0 && list[at - 1]! > one; at--) list[at] = list[at - 1]!;
    list[at] = one;
  }
  return part;
}
