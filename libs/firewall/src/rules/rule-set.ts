/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { exactFold, Matcher, MatchList } from '@lorekeep/kit/matching';
import { readPattern, SETS_MAX, type PatternShape } from './read-pattern.js';
import type { Paranoia, Rule, TextRole } from './rule.js';

/** Matches of one rule that are reported; what comes after them adds nothing, unless exceptions spare them. */
export const MATCHES_MAX = 8;
/** Units beside a region that look-arounds of a pattern may need. */
const CONTEXT = 32;
const FROM_START = 1;
const TO_END = 2;

export interface RuleMatch {
  readonly rule: Rule;
  /** In the text that was read. */
  readonly start: number;
  readonly end: number;
}

/** One alternative of a rule's pattern. */
interface Part {
  readonly index: number;
  readonly rule: Rule;
  readonly shape: PatternShape;
  readonly pattern: RegExp;
}

/**
 * Rules behind one automaton. Every match of an alternative holds a string of each of its sets and is no longer than its
 * reach; so it is tried only around places where strings of all its sets stand within reach of each other.
 */
export class RuleSet {
  private readonly matcher: Matcher;
  /** The alternatives of all rules, in their order. */
  private readonly parts: readonly Part[];
  /** Sets of each string, as `part * SETS_MAX + set`, in the order of the matcher's entries. */
  private readonly owners: Int32Array[];
  private readonly setCounts: Uint8Array;
  private readonly reaches: Int32Array;
  private readonly edges: Uint8Array;
  private readonly masks = new Map<string, Uint8Array>();
  private readonly found = new MatchList();
  private readonly regions: Regions;

  constructor(readonly rules: readonly Rule[]) {
    this.parts = rules.flatMap(partsOf);
    const { parts } = this;
    this.setCounts = Uint8Array.from(parts, ({ shape }) => shape.sets.length);
    this.reaches = Int32Array.from(parts, ({ shape }) => shape.reach);
    this.edges = Uint8Array.from(
      parts,
      ({ shape }) => (shape.fromStart ? FROM_START : 0) | (shape.toEnd ? TO_END : 0),
    );
    const owners = new Map<string, number[]>();
    parts.forEach(({ shape }, part) => {
      shape.sets.forEach((set, at) => {
        for (const text of set) {
          const list = owners.get(text);
          if (list) list.push(part * SETS_MAX + at);
          else owners.set(text, [part * SETS_MAX + at]);
        }
      });
    });
    this.owners = [...owners.values()].map((list) => Int32Array.from(list));
    const entries = [...owners.keys()].map((text) => ({ id: text, text, wholeWord: false, holds: false }));
    // The text has been folded already.
    this.matcher = new Matcher(entries, exactFold());
    this.regions = new Regions(parts.length);
  }

  /** Matches in canonical text, rule by rule, at most `each` of a rule. */
  match(canonical: string, role: TextRole, paranoia: Paranoia, each = MATCHES_MAX): RuleMatch[] {
    const { found, regions } = this;
    found.clear();
    this.matcher.scan(canonical, found);
    if (found.count === 0) return [];
    this.findRegions(this.maskOf(role, paranoia), canonical.length);
    const matches: RuleMatch[] = [];
    let last = -1;
    let most = 0;
    for (const at of regions.parts()) {
      const part = this.parts[at]!;
      if (part.index !== last) most = matches.length + each;
      last = part.index;
      for (const [from, to] of regions.of(at)) collect(part, canonical, { from, to }, matches, most);
    }
    regions.clear();
    return matches;
  }

  private findRegions(mask: Uint8Array, length: number): void {
    const { found, regions, setCounts, reaches, edges } = this;
    for (let i = 0; i < found.count; i++) {
      const start = found.start(i);
      const end = found.end(i);
      for (const owner of this.owners[found.entry(i)]!) {
        const part = Math.trunc(owner / SETS_MAX);
        if (mask[part] === 0) continue;
        const reach = reaches[part]!;
        if ((edges[part]! & FROM_START) !== 0 && start > reach) continue;
        if ((edges[part]! & TO_END) !== 0 && length - end > reach) continue;
        if (setCounts[part]! > 1 && !regions.complete(owner, setCounts[part]!, start, end - reach)) continue;
        regions.add(part, end - reach, start + reach);
      }
    }
  }

  /** Parts of the rules of a role and level, as a byte each. */
  private maskOf(role: TextRole, paranoia: Paranoia): Uint8Array {
    const key = `${role} ${paranoia}`;
    let mask = this.masks.get(key);
    if (!mask) {
      mask = Uint8Array.from(this.parts, ({ rule }) =>
        (rule.paranoia ?? 1) <= paranoia && rule.roles.includes(role) ? 1 : 0,
      );
      this.masks.set(key, mask);
    }
    return mask;
  }
}

function collect(
  { rule, pattern }: Part,
  text: string,
  { from, to }: { from: number; to: number },
  matches: RuleMatch[],
  most: number,
): void {
  const offset = Math.max(0, from - CONTEXT);
  const region = text.slice(offset, Math.max(0, to) + CONTEXT);
  pattern.lastIndex = 0;
  while (matches.length < most) {
    const match = pattern.exec(region);
    if (!match) return;
    const start = offset + match.index;
    matches.push({ rule, start, end: start + match[0].length });
    if (match[0] === '') pattern.lastIndex += 1;
  }
}

/** Beyond any text. */
const EVERYWHERE = 2 ** 30;

/** An alternative without rare strings of its own is tried on all of every text that has one of its rule's literals. */
function partsOf(rule: Rule, index: number): Part[] {
  return readPattern(rule.pattern).map((shape) => {
    const isFound = shape.sets.length > 0;
    const bounded: PatternShape = {
      ...shape,
      reach: isFound ? Math.min(EVERYWHERE, shape.reach) : EVERYWHERE,
      sets: isFound ? shape.sets : [rule.literals],
    };
    return { index, rule, shape: bounded, pattern: new RegExp(shape.source, 'g') };
  });
}

/** Where the parts are to be tried; used again for every text. */
class Regions {
  /** Where each set of each part was seen last, plus one; 0 = not yet. */
  private readonly seen: Int32Array;
  private readonly spans: number[][];
  private readonly active = new Set<number>();
  private readonly touched: number[] = [];

  constructor(parts: number) {
    this.seen = new Int32Array(parts * SETS_MAX);
    this.spans = Array.from({ length: parts }, () => []);
  }

  /** Notes a string of a set; true if the part's other sets have been seen at `from` or behind it. */
  complete(owner: number, sets: number, start: number, from: number): boolean {
    const { seen } = this;
    if (seen[owner] === 0) this.touched.push(owner);
    if (start + 1 > seen[owner]!) seen[owner] = start + 1;
    const first = owner - (owner % SETS_MAX);
    for (let set = first; set < first + sets; set++)
      if (seen[set] === 0 || seen[set]! - 1 < from) return false;
    return true;
  }

  /** Strings arrive in the order in which they begin, so a span can only touch the last one, if any. */
  add(part: number, from: number, to: number): void {
    this.active.add(part);
    const spans = this.spans[part]!;
    const last = spans.length - 1;
    if (last < 0 || from > spans[last]! + 2 * CONTEXT) return void spans.push(from, to);
    spans[last - 1] = Math.min(spans[last - 1]!, from);
    spans[last] = Math.max(spans[last]!, to);
  }

  /** Parts with spans, in their order. */
  parts(): number[] {
    return [...this.active].sort((a, b) => a - b);
  }

  *of(part: number): Iterable<[from: number, to: number]> {
    const spans = this.spans[part]!;
    for (let i = 0; i < spans.length; i += 2) yield [spans[i]!, spans[i + 1]!];
  }

  clear(): void {
    for (const part of this.active) this.spans[part]!.length = 0;
    this.active.clear();
    for (const owner of this.touched) this.seen[owner] = 0;
    this.touched.length = 0;
  }
}
