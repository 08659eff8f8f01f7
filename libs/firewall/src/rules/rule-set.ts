/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { FirstUnits, type Masks } from './first-units.js';
import { Prefilter } from './prefilter.js';
import { layOutPrefilter, type Part, type PrefilterTables } from './prefilter-tables.js';
import { readPattern } from './read-pattern.js';
import { PARANOIA_LEVELS, TEXT_ROLES, type Paranoia, type Rule, type TextRole } from './rule.js';

/** Matches of one rule that are reported; what comes after them adds nothing, unless exceptions spare them. */
export const MATCHES_MAX = 8;

export interface RuleMatch {
  readonly rule: Rule;
  /** In the text that was read. */
  readonly start: number;
  readonly end: number;
}

const NONE: ReadonlySet<string> = new Set();

type Found = Pick<RuleMatch, 'start' | 'end'>;

/** After so many attempts within a window, if one of so many places was one, the rest is tried in one go. */
const TRIES = 16;
const DENSE = 4;

/** One alternative of a rule's pattern. */
interface Alternative {
  /** Of its rule. */
  readonly index: number;
  readonly source: string;
  /** Units of the longest match. */
  readonly reach: number;
  readonly heads?: readonly string[] | undefined;
  readonly beside: number;
}

/** What is asked of the alternatives of the rules of a role and level, which of all they are, in their order. */
interface Asked<Filter> {
  readonly prefilter: Filter;
  readonly parts: Int32Array;
}

/** All that is made of rules before a text is read, which takes seconds for those of the product; plain, so that it can be kept. */
export interface RuleTables {
  readonly alternatives: readonly (Alternative & { readonly masks: Masks })[];
  readonly asked: readonly (Asked<PrefilterTables> & { readonly of: readonly string[] })[];
}

/**
 * Rules behind automata. Every match of an alternative holds a string of each of its sets, at places that are
 * known but for gaps; so it is tried only where strings of all its sets stand in such places.
 */
export class RuleSet {
  /** The alternatives of all rules, in their order, and what a match of each needs; nothing where that was kept. */
  private readonly parts: readonly Alternative[];
  private readonly needs: readonly Part[];
  /** Made when they are tried for the first time, unless they were kept: most never are. */
  private readonly firsts: (FirstUnits | undefined)[];
  private readonly sticky: (RegExp | undefined)[];
  private readonly patterns: (RegExp | undefined)[];
  /** By role and level, made when a text is read so for the first time; those that ask the same share one. */
  private readonly asked = new Map<string, Asked<Prefilter>>();

  /** @param kept the tables of a set of the same rules */
  constructor(
    readonly rules: readonly Rule[],
    kept?: RuleTables,
  ) {
    const made = kept ? [] : rules.flatMap(alternativesOf);
    this.parts = kept?.alternatives ?? made;
    this.needs = made;
    this.firsts = this.parts.map((_, at) => kept && new FirstUnits(kept.alternatives[at]!.masks));
    this.sticky = this.parts.map(() => undefined);
    this.patterns = this.parts.map(() => undefined);
    for (const { of, prefilter, parts } of kept?.asked ?? []) {
      const asked = { prefilter: new Prefilter(prefilter), parts };
      for (const each of of) this.asked.set(each, asked);
    }
  }

  /** For a set of the same rules that is to be ready at once. */
  tables(): RuleTables {
    const asked = new Map<Asked<Prefilter>, string[]>();
    for (const role of TEXT_ROLES)
      for (const paranoia of PARANOIA_LEVELS) {
        const one = this.askedOf(role, paranoia);
        asked.set(one, [...(asked.get(one) ?? []), nameOf(role, paranoia)]);
      }
    return {
      alternatives: this.parts.map(({ index, source, reach, heads, beside }, at) => ({
        ...{ index, source, reach, beside, masks: this.firstOf(at).masks },
        ...(heads && { heads }),
      })),
      asked: [...asked].map(([{ prefilter, parts }, of]) => ({ of, prefilter: prefilter.tables, parts })),
    };
  }

  /** Matches in canonical text, rule by rule, at most `each` of a rule; of the rules `without` none are looked for. */
  match(
    canonical: string,
    role: TextRole,
    paranoia: Paranoia,
    each = MATCHES_MAX,
    without: ReadonlySet<string> = NONE,
  ): RuleMatch[] {
    const { prefilter, parts } = this.askedOf(role, paranoia);
    const matches: RuleMatch[] = [];
    const { length } = canonical;
    const complete = prefilter.find(canonical);
    let last = -1;
    let most = 0;
    for (let i = 0; i < complete.length; i++) {
      const found = complete[i]!;
      const windows = prefilter.windowsOf(found, length);
      // Of most alternatives nothing more is looked at.
      if (windows.length === 0) continue;
      const at = parts[found]!;
      const { index } = this.parts[at]!;
      const rule = this.rules[index]!;
      if (index !== last) most = matches.length + each;
      last = index;
      if (matches.length >= most || (without.size > 0 && without.has(rule.id))) continue;
      this.collect(at, canonical, prefilter.units, windows, matches, most);
    }
    return matches;
  }

  /** Matches that begin within the windows, in order and apart. */
  private collect(
    at: number,
    text: string,
    units: Uint16Array,
    windows: readonly number[],
    matches: RuleMatch[],
    most: number,
  ): void {
    const rule = this.rules[this.parts[at]!.index]!;
    const first = this.firstOf(at);
    let from = 0;
    for (let i = 0; i < windows.length; i += 2) {
      const last = windows[i + 1]!;
      from = Math.max(from, windows[i]!);
      let tries = 0;
      const began = from;
      while (from <= last && matches.length < most) {
        const place = first.next(units, from, last);
        if (place < 0) break;
        const isDense = ++tries > TRIES && place - began < tries * DENSE;
        const match = isDense ? this.matchFrom(at, text, place, last) : this.matchAt(at, text, place);
        if (isDense && !match) break;
        from = place + 1;
        if (!match) continue;
        matches.push({ rule, ...match });
        from = Math.max(match.end, match.start + 1);
      }
    }
  }

  /** The match that begins at a place. */
  private matchAt(at: number, text: string, place: number): Found | undefined {
    const pattern = (this.sticky[at] ??= new RegExp(this.parts[at]!.source, 'y'));
    pattern.lastIndex = place;
    const match = pattern.exec(text);
    return match ? { start: place, end: place + match[0].length } : undefined;
  }

  /** The first match that begins in a row of places, where nearly each is one: one attempt costs less than as many. */
  private matchFrom(at: number, text: string, from: number, last: number): Found | undefined {
    const { reach, source, heads, beside } = this.parts[at]!;
    const pattern = (this.patterns[at] ??= compile(source, heads));
    const offset = Math.max(0, from - beside);
    pattern.lastIndex = from - offset;
    const match = pattern.exec(text.slice(offset, last + reach + beside));
    if (!match || offset + match.index > last) return undefined;
    const start = offset + match.index;
    return { start, end: start + match[0].length };
  }

  private firstOf(at: number): FirstUnits {
    return (this.firsts[at] ??= FirstUnits.of(this.parts[at]!.source));
  }

  /** Of other roles and levels no string is looked for: many are frequent. */
  private askedOf(role: TextRole, paranoia: Paranoia): Asked<Prefilter> {
    const name = nameOf(role, paranoia);
    let asked = this.asked.get(name);
    if (!asked) this.asked.set(name, (asked = this.newAsked(role, paranoia)));
    return asked;
  }

  private newAsked(role: TextRole, paranoia: Paranoia): Asked<Prefilter> {
    const parts = Int32Array.from(this.needs.keys()).filter((at) => {
      const rule = this.rules[this.parts[at]!.index]!;
      return (rule.paranoia ?? 1) <= paranoia && rule.roles.includes(role);
    });
    const same = [...this.asked.values()].find((other) => other.parts.join() === parts.join());
    if (same) return same;
    return { prefilter: new Prefilter(layOutPrefilter(Array.from(parts, (at) => this.needs[at]!))), parts };
  }
}

function nameOf(role: TextRole, paranoia: Paranoia): string {
  return `${role} ${paranoia}`;
}

/** The engine then need not begin with look-arounds and long alternatives where no match begins. */
function compile(source: string, heads: readonly string[] | undefined): RegExp {
  if (!heads) return new RegExp(source, 'g');
  const units = heads.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return new RegExp(`(?=[${units.join('')}])(?:${source})`, 'g');
}

/** Beyond any text. */
const EVERYWHERE = 2 ** 29;

/** An alternative without rare strings of its own is tried only on texts that have one of its rule's literals. */
function alternativesOf(rule: Rule, index: number): (Alternative & Part)[] {
  return readPattern(rule.pattern).map(({ source, reach, heads, beside, sets, isRare, fromStart, toEnd }) => {
    const bounded = sets.map(({ strings, from, until }) => ({
      strings,
      from,
      until: Math.min(EVERYWHERE, until),
    }));
    const literals = { strings: rule.literals, from: 0, until: Infinity };
    return {
      index,
      source,
      heads,
      fromStart,
      toEnd,
      reach: Math.min(EVERYWHERE, reach),
      beside: Math.min(EVERYWHERE, beside),
      sets: isRare ? bounded : [...bounded, literals],
    };
  });
}
