/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { LiteralFinder, MatchList } from '@lorekeep/kit/matching';
import { BEGINS, ENDS, isLetter, withoutMarks } from './edges.js';
import { SpanLists } from './span-lists.js';

/** What a match needs: of each set a string, begun and ended within so many units from where the match begins. */
export interface Part {
  /** Those that stand anywhere in the text, which have no `until`, come last. */
  readonly sets: readonly {
    readonly strings: readonly string[];
    readonly from: number;
    readonly until: number;
  }[];
  /** Units of the longest match. */
  readonly reach: number;
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

/** Sets of a part, at most, as a power of two. */
const SETS_SHIFT = 2;
const SETS = 2 ** SETS_SHIFT;
/** No letter may stand there. */
const NONE_BEFORE = 1;
const NONE_AFTER = 2;
const EDGES = NONE_BEFORE | NONE_AFTER;
const EDGES_SHIFT = 2;
/**
 * Facts of a string: where its owners begin in `owners`, and the edges of any of them (NONE_BEFORE, NONE_AFTER); a bit
 * for each pair of edges with which it was seen, and once all are, where its owners begin in `needed`.
 */
const FACTS_SHIFT = 1;
const OWNERS = 0;
const SEEN = 1;
const NEXT_OWNERS = 2 ** FACTS_SHIFT + OWNERS;
/** Of an owner: its string may stand anywhere. */
const ANYWHERE = 4;
const OWNER_SHIFT = 3;
/** Of a part whose sets were all seen. */
const COMPLETE = 2 ** SETS;
const NOT_NEEDED = -1;
/** Where alone matches of a part stand. */
const FROM_START = 1;
const TO_END = 2;
/** Owners below are kept in 16 bits. */
const NARROW = 2 ** 16;
/** Windows that are so near each other are tried as one. */
const NEAR = 16;

/** Tells which parts can match in a text and where their matches can begin; all that is kept is used for every text. */
export class Prefilter {
  /** Those of the text that `find` has read, and zeros behind them; until any text is read. */
  units: Uint16Array = new Uint16Array(0);
  private readonly finder: LiteralFinder;
  /** What is known of each string, side by side (OWNERS, SEEN): most are looked at once in a text. */
  private readonly facts: Int32Array;
  /** Sets, as `part * SETS + set`, with ANYWHERE and the edges that must be no letters'. */
  private readonly owners: Uint16Array | Int32Array;
  /** Of each set, how far behind the beginning of a match its strings begin at least and end at most. */
  private readonly bounds: Int32Array;
  /** Of each part, the sets whose strings must stand near a match: the first ones. */
  private readonly near: Uint8Array;
  /** Of each part, a bit for each set that it has, and for each of which a string was seen. */
  private readonly wanted: Uint8Array;
  private readonly seen: Uint8Array;
  private readonly seenParts: Int32Array;
  private seenCount = 0;
  private readonly strings: Int32Array;
  private stringCount = 0;
  /** Owners of complete parts that say where a match can begin, of each string with NOT_NEEDED behind them. */
  private readonly needed: Int32Array;
  private readonly complete: Int32Array;
  private completeCount = 0;
  /** Of each part, units of its longest match, and whether one stands at the start or at the end of a text alone. */
  private readonly reaches: Int32Array;
  private readonly ends: Uint8Array;
  private readonly found = new MatchList();
  private readonly spans: SpanLists;

  constructor(parts: readonly Part[]) {
    const slots = parts.length * SETS;
    this.reaches = Int32Array.from(parts, ({ reach }) => reach);
    this.ends = Uint8Array.from(
      parts,
      ({ fromStart, toEnd }) => (fromStart ? FROM_START : 0) | (toEnd ? TO_END : 0),
    );
    this.bounds = new Int32Array(2 * slots);
    this.wanted = Uint8Array.from(parts, ({ sets }) => 2 ** sets.length - 1);
    this.near = Uint8Array.from(parts, ({ sets }) => sets.filter(({ until }) => until < Infinity).length);
    this.seen = new Uint8Array(parts.length);
    this.seenParts = new Int32Array(parts.length);
    this.complete = new Int32Array(parts.length);
    this.spans = new SpanLists(slots);
    const owners = this.ownersByString(parts);
    // Short strings are frequent ones: what is known of them lies together.
    const strings = [...owners.keys()].sort((a, b) => a.length - b.length);
    this.facts = new Int32Array((strings.length + 1) << FACTS_SHIFT);
    const count = [...owners.values()].reduce((sum, { length }) => sum + length, 0);
    this.owners = slots << OWNER_SHIFT <= NARROW ? new Uint16Array(count) : new Int32Array(count);
    let end = 0;
    strings.forEach((string, at) => {
      const list = owners.get(string)!;
      const any = list.reduce((edges, owner) => edges | (owner & EDGES), 0);
      this.facts[(at << FACTS_SHIFT) + OWNERS] = (end << EDGES_SHIFT) | any;
      this.owners.set(list, end);
      end += list.length;
    });
    this.facts[(strings.length << FACTS_SHIFT) + OWNERS] = end << EDGES_SHIFT;
    this.strings = new Int32Array(strings.length);
    this.needed = new Int32Array(end + strings.length);
    this.finder = new LiteralFinder(strings);
  }

  private ownersByString(parts: readonly Part[]): Map<string, number[]> {
    const owners = new Map<string, number[]>();
    parts.forEach(({ sets }, part) => {
      sets.forEach(({ strings, from, until }, set) => {
        const owner = part * SETS + set;
        this.bounds[2 * owner] = from;
        this.bounds[2 * owner + 1] = until;
        const place = until < Infinity ? 0 : ANYWHERE;
        for (const marked of strings) {
          const text = withoutMarks(marked);
          const edges =
            (marked.startsWith(BEGINS) ? NONE_BEFORE : 0) | (marked.endsWith(ENDS) ? NONE_AFTER : 0);
          const packed = (owner << OWNER_SHIFT) | place | edges;
          const list = owners.get(text);
          if (list) list.push(packed);
          else owners.set(text, [packed]);
        }
      });
    });
    return owners;
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

  /** Where matches of a part can begin: first and last place of each window, in order and apart; until it is asked again. */
  windowsOf(part: number, length: number): readonly number[] {
    const ends = this.ends[part]!;
    const least = (ends & TO_END) === 0 ? 0 : Math.max(0, length - this.reaches[part]!);
    const most = (ends & FROM_START) === 0 ? length : 0;
    return this.spans.common(part * SETS, this.near[part]!, least, most, NEAR);
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
    const { owners, facts, seen, seenParts, wanted } = this;
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
    const { found, needed, facts, seen, spans, bounds } = this;
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
    const { strings, stringCount, owners, facts, seen, needed } = this;
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
