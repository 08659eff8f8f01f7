/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { exactFold, Matcher, MatchList } from '@lorekeep/kit/matching';
import { BEGINS, ENDS, isLetter, withoutMarks } from './edges.js';
import { SpanLists } from './span-lists.js';

/** What a match needs: of each set a string, begun and ended within so many units from where the match begins. */
export interface Part {
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
/** Windows that are so near each other are tried as one. */
const NEAR = 16;

/** Tells which parts can match in a text and where their matches can begin; all that is kept is used for every text. */
export class Prefilter {
  private readonly matcher: Matcher;
  /** Of each string, where its owners begin in `owners`; these are sets, as `part * SETS + set`. */
  private readonly ownersFrom: Int32Array;
  private readonly owners: Int32Array;
  /** Of each owner, the edges that must be no letters' (NONE_BEFORE, NONE_AFTER); of each string, those of any owner. */
  private readonly edges: Uint8Array;
  private readonly anyEdges: Uint8Array;
  private readonly froms: Int32Array;
  private readonly untils: Int32Array;
  /** Of each part, a bit for each set that it has, and for each of which a string was seen. */
  private readonly wanted: Uint8Array;
  private readonly seen: Uint8Array;
  private readonly seenParts: number[] = [];
  /** Of each string, a bit for each pair of edges with which it was seen. */
  private readonly seenStrings: Uint8Array;
  private readonly strings: number[] = [];
  private readonly found = new MatchList();
  private readonly spans: SpanLists;

  constructor(private readonly parts: readonly Part[]) {
    const slots = parts.length * SETS;
    this.froms = new Int32Array(slots);
    this.untils = new Int32Array(slots);
    this.wanted = Uint8Array.from(parts, ({ sets }) => 2 ** sets.length - 1);
    this.seen = new Uint8Array(parts.length);
    this.spans = new SpanLists(slots);
    const owners = new Map<string, number[]>();
    parts.forEach(({ sets }, part) => {
      sets.forEach(({ strings, from, until }, set) => {
        const owner = part * SETS + set;
        this.froms[owner] = from;
        this.untils[owner] = until;
        for (const marked of strings) {
          const text = withoutMarks(marked);
          const edges =
            (marked.startsWith(BEGINS) ? NONE_BEFORE : 0) | (marked.endsWith(ENDS) ? NONE_AFTER : 0);
          const packed = owner * 4 + edges;
          const list = owners.get(text);
          if (list) list.push(packed);
          else owners.set(text, [packed]);
        }
      });
    });
    const lists = [...owners.values()];
    this.ownersFrom = new Int32Array(lists.length + 1);
    lists.forEach((list, at) => (this.ownersFrom[at + 1] = this.ownersFrom[at]! + list.length));
    const packed = Int32Array.from(lists.flat());
    this.owners = packed.map((owner) => owner >> 2);
    this.edges = Uint8Array.from(packed, (owner) => owner & 3);
    this.anyEdges = Uint8Array.from(lists, (list) => list.reduce((any, owner) => any | (owner & 3), 0));
    this.seenStrings = new Uint8Array(lists.length);
    const entries = [...owners.keys()].map((text) => ({ id: text, text, wholeWord: false, holds: false }));
    // The text has been folded already.
    this.matcher = new Matcher(entries, exactFold());
  }

  /** Parts of those that `mask` has of which all sets stand in the text, in their order. */
  find(text: string, mask: Uint8Array): number[] {
    const { found, seen, wanted, seenParts } = this;
    for (const part of seenParts) seen[part] = 0;
    seenParts.length = 0;
    this.spans.clear();
    found.clear();
    this.matcher.scan(text, found);
    if (found.count === 0) return [];
    this.look(text, mask);
    const complete = seenParts.filter((part) => seen[part] === wanted[part]);
    if (complete.length > 0) this.place(text, mask);
    for (const string of this.strings) this.seenStrings[string] = 0;
    this.strings.length = 0;
    return complete.sort((a, b) => a - b);
  }

  /** Where matches of a part can begin: first and last place of each window, in order and apart. */
  windowsOf(part: number, length: number): number[] {
    const { sets, reach, fromStart, toEnd } = this.parts[part]!;
    const least = toEnd ? Math.max(0, length - reach) : 0;
    return this.spans.common(part * SETS, sets.length, least, fromStart ? 0 : length, NEAR);
  }

  /** Notes of which sets of which parts a string stands in the text. */
  private look(text: string, mask: Uint8Array): void {
    const { found, anyEdges, seenStrings, strings } = this;
    const { data, count } = found;
    for (let i = 0; i < 3 * count; i += 3) {
      const string = data[i]!;
      const edges = anyEdges[string] === 0 ? 0 : edgesOf(text, data[i + 1]!, data[i + 2]!);
      const before = seenStrings[string]!;
      const bit = 1 << edges;
      if ((before & bit) !== 0) continue;
      if (before === 0) strings.push(string);
      seenStrings[string] = before | bit;
      this.lookAt(string, edges, mask);
    }
  }

  private lookAt(string: number, free: number, mask: Uint8Array): void {
    const { owners, ownersFrom, edges, seen, seenParts } = this;
    const end = ownersFrom[string + 1]!;
    for (let k = ownersFrom[string]!; k < end; k++) {
      if ((edges[k]! & ~free) !== 0) continue;
      const owner = owners[k]!;
      const part = owner >> SETS_SHIFT;
      if (mask[part] === 0) continue;
      const before = seen[part]!;
      if (before === 0) seenParts.push(part);
      seen[part] = before | (1 << (owner & (SETS - 1)));
    }
  }

  /** Puts down where matches of the parts can begin whose sets were all seen. */
  private place(text: string, mask: Uint8Array): void {
    const { found, anyEdges, seenStrings, strings, owners, ownersFrom, edges, spans, froms, untils } = this;
    for (const string of strings) seenStrings[string] = this.isOfComplete(string, mask) ? 1 : 0;
    const { data, count } = found;
    for (let i = 0; i < 3 * count; i += 3) {
      const string = data[i]!;
      if (seenStrings[string] === 0) continue;
      const [start, end] = [data[i + 1]!, data[i + 2]!];
      const free = anyEdges[string] === 0 ? 0 : edgesOf(text, start, end);
      const last = ownersFrom[string + 1]!;
      for (let k = ownersFrom[string]!; k < last; k++) {
        const owner = owners[k]!;
        if ((edges[k]! & ~free) !== 0 || !this.isComplete(owner >> SETS_SHIFT, mask)) continue;
        spans.add(owner, end - untils[owner]!, start - froms[owner]!);
      }
    }
  }

  private isOfComplete(string: number, mask: Uint8Array): boolean {
    const { owners, ownersFrom } = this;
    const end = ownersFrom[string + 1]!;
    for (let k = ownersFrom[string]!; k < end; k++)
      if (this.isComplete(owners[k]! >> SETS_SHIFT, mask)) return true;
    return false;
  }

  private isComplete(part: number, mask: Uint8Array): boolean {
    return this.seen[part] === this.wanted[part] && mask[part] !== 0;
  }
}

/** The edges of a span beside which no letter stands. */
function edgesOf(text: string, start: number, end: number): number {
  const begins = start === 0 || !isLetter(text.charCodeAt(start - 1));
  const ends = end === text.length || !isLetter(text.charCodeAt(end));
  return (begins ? NONE_BEFORE : 0) | (ends ? NONE_AFTER : 0);
}
