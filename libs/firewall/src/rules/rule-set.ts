/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { FirstUnits } from './first-units.js';
import { Prefilter, type Part } from './prefilter.js';
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
interface Alternative extends Part {
  readonly index: number;
  readonly rule: Rule;
  readonly source: string;
  readonly heads: readonly string[] | undefined;
  readonly beside: number;
}

/** The alternatives of the rules of a role and level, in their order, behind one automaton. */
interface Asked {
  readonly prefilter: Prefilter;
  /** Of each part of the prefilter, which of all alternatives it is. */
  readonly parts: Int32Array;
}

/**
 * Rules behind automata. Every match of an alternative holds a string of each of its sets, at places that are
 * known but for gaps; so it is tried only where strings of all its sets stand in such places.
 */
export class RuleSet {
  /** The alternatives of all rules, in their order. */
  private readonly parts: readonly Alternative[];
  /** Made when they are tried for the first time: most never are. */
  private readonly firsts: (FirstUnits | undefined)[];
  private readonly sticky: (RegExp | undefined)[];
  private readonly patterns: (RegExp | undefined)[];
  /** By role and level, made when a text is read so for the first time; those that ask the same share one. */
  private readonly asked = new Map<TextRole, Map<Paranoia, Asked>>();

  constructor(readonly rules: readonly Rule[]) {
    this.parts = rules.flatMap(alternativesOf);
    this.firsts = this.parts.map(() => undefined);
    this.sticky = this.parts.map(() => undefined);
    this.patterns = this.parts.map(() => undefined);
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
      const { index, rule } = this.parts[at]!;
      if (index !== last) most = matches.length + each;
      last = index;
      if (matches.length >= most || (without.size > 0 && without.has(rule.id))) continue;
      this.collect(at, canonical, prefilter.units, windows, matches, most);
    }
    return matches;
  }

  /** What the first text that needs it would wait for: how the matches of each part begin, and what each role asks for. */
  *preparing(): Generator<undefined> {
    for (const paranoia of PARANOIA_LEVELS)
      for (const role of TEXT_ROLES) {
        this.askedOf(role, paranoia);
        yield;
      }
    for (const [at, { source }] of this.parts.entries()) {
      this.firsts[at] ??= new FirstUnits(source);
      yield;
    }
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
    const { rule, source } = this.parts[at]!;
    const first = (this.firsts[at] ??= new FirstUnits(source));
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

  /** Of other roles and levels no string is looked for: many are frequent. */
  private askedOf(role: TextRole, paranoia: Paranoia): Asked {
    let ofRole = this.asked.get(role);
    if (!ofRole) this.asked.set(role, (ofRole = new Map()));
    let asked = ofRole.get(paranoia);
    if (!asked) ofRole.set(paranoia, (asked = this.newAsked(role, paranoia)));
    return asked;
  }

  private newAsked(role: TextRole, paranoia: Paranoia): Asked {
    const parts = Int32Array.from(this.parts.keys()).filter((at) => {
      const { rule } = this.parts[at]!;
      return (rule.paranoia ?? 1) <= paranoia && rule.roles.includes(role);
    });
    const all = [...this.asked.values()].flatMap((ofRole) => [...ofRole.values()]);
    const same = all.find((other) => other.parts.join() === parts.join());
    return same ?? { prefilter: new Prefilter(Array.from(parts, (at) => this.parts[at]!)), parts };
  }
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
function alternativesOf(rule: Rule, index: number): Alternative[] {
  return readPattern(rule.pattern).map(({ source, reach, heads, beside, sets, isRare, fromStart, toEnd }) => {
    const bounded = sets.map(({ strings, from, until }) => ({
      strings,
      from,
      until: Math.min(EVERYWHERE, until),
    }));
    const literals = { strings: rule.literals, from: 0, until: Infinity };
    return {
      index,
      rule,
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
